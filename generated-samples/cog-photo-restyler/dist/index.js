import { createCogClient } from "@gen-deploy/runtime/cog";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/cog";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** The label sets of the description, in its order. */
export const labels = { style: ["oil", "ink", "charcoal"], format: ["png", "jpg"] };
/** What the description says of this model. */
export const deployment = {
  title: "Photo restyler",
  url: null,
  auth: [],
  framing: { protocol: "cog", output: "value", streams: false, model: null, version: null },
  inputs: {
    photo: { shape: { type: "file", form: "uri" } },
    style: { shape: { type: "named", name: "style" } },
    strength: { shape: { type: "number", min: 0, max: 1 }, optional: true },
    seed: { shape: { type: "integer" }, optional: true },
    format: { shape: { type: "named", name: "format" }, optional: true },
  },
  output: { type: "file", form: "uri" },
  shapes: {
    style: { type: "enum", values: labels.style },
    format: { type: "enum", values: labels.format },
  },
};
/**
 * Makes a client. `url` is the address of the model's own server; `model`, `version` or `deployment` and `token` are for
 * Replicate. Without any of them it is as the description says.
 */
export function createClient(options = {}) {
  return createCogClient(deployment, options);
}
