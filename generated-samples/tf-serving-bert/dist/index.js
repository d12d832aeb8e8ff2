import { createTfServingClient } from "@gen-deploy/runtime/tf-serving";
export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
} from "@gen-deploy/runtime/tf-serving";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** What the description says of this model. */
export const deployment = {
  title: "bert",
  url: null,
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        attention_mask: { dtype: "int64", shape: [-1, -1] },
        input_ids: { dtype: "int64", shape: [-1, -1] },
        token_type_ids: { dtype: "int64", shape: [-1, -1] },
      },
      outputs: {
        attentions: { dtype: "float32", shape: [2, -1, 1, -1, -1] },
        logits: { dtype: "float32", shape: [-1, 2] },
      },
    },
  },
};
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createTfServingClient(deployment, options);
}
