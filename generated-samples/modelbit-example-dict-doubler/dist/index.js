import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/modelbit";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** What the description says of this function. */
export const deployment = {
  title: "Example dict doubler",
  url: "https://example.us-east-2.modelbit.com/v1/example_dict_doubler/latest",
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["Half"],
  inputs: { Half: { shape: { type: "named", name: "Half" } } },
  output: { type: "named", name: "Result" },
  shapes: {
    Half: { type: "object", members: { value: { shape: { type: "integer" } } } },
    Result: { type: "object", members: { value: { shape: { type: "integer" } } } },
  },
};
/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createModelbitClient(deployment, options);
}
