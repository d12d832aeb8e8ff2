/*
 * What the page of a generated client holds whose rows are carried by much code: what is loaded late is behind other
 * entries, as bundlers that split by files put into the page whatever its modules name.
 */
export { createLateClient } from "../client/late-client.js";
export type { LateParts } from "../client/late-client.js";
export { ndarray } from "../arrays/nd-array.js";
export { DeploymentError, DriftError, isDeploymentError } from "../errors.js";
export { ranked, topLabel } from "../labels.js";
