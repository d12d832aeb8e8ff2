/*
 * The client of Python functions that Modelbit has deployed.
 */
export { createModelbitClient } from "./create-client.js";
export { DeploymentError, isDeploymentError } from "../errors.js";
export type {
  FunctionOptions,
  ModelbitClient,
  ModelbitClientOptions,
  ModelbitDeployment,
  NamedOrBare,
} from "./client-types.js";
export type { VersionOptions } from "./function-url.js";
export type { MembersFor, ShapeFor, ShapesOf } from "../shapes/shape-for.js";
