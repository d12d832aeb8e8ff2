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
  title: "flowers",
  url: "http://models.example.com:8501/v1/models/flowers",
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        image_bytes: { dtype: "binary", shape: [-1] },
        key: { dtype: "string", shape: [-1] },
      },
      outputs: {
        key: { dtype: "string", shape: [-1] },
        prediction: { dtype: "int64", shape: [-1] },
        scores: { dtype: "float32", shape: [-1, 6] },
      },
    },
  },
};
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createTfServingClient(deployment, options);
}
