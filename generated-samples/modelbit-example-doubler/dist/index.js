import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/modelbit";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** What the description says of this function. */
export const deployment = {
  title: "Example doubler",
  url: "https://example.us-east-2.modelbit.com/v1/example_doubler/latest",
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["half"],
  inputs: { half: { shape: { type: "integer" } } },
  output: { type: "integer" },
};
/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createModelbitClient(deployment, options);
}
