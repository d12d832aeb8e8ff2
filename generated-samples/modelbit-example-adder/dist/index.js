import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/modelbit";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** What the description says of this function. */
export const deployment = {
  title: "example_adder",
  url: null,
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["a", "b", "c"],
  inputs: {
    a: { shape: { type: "integer" } },
    b: { shape: { type: "integer" } },
    c: { shape: { type: "integer" } },
  },
  output: { type: "integer" },
};
/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createModelbitClient(deployment, options);
}
