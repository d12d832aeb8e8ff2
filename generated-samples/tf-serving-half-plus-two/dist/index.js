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
  title: "half_plus_two",
  url: null,
  auth: [],
  main: { predict: "serving_default", classify: "classify_x_to_y", regress: "regress_x_to_y" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: { x: { dtype: "float32", shape: [-1, 1] } },
      outputs: { y: { dtype: "float32", shape: [-1, 1] } },
    },
    classify_x_to_y: {
      name: "classify_x_to_y",
      batched: true,
      inputs: { inputs: { dtype: "string", shape: null } },
      outputs: { scores: { dtype: "float32", shape: [-1, 1] } },
      verb: "classify",
      features: null,
    },
    regress_x2_to_y3: {
      name: "regress_x2_to_y3",
      batched: true,
      inputs: { inputs: { dtype: "float32", shape: [-1, 1] } },
      outputs: { outputs: { dtype: "float32", shape: [-1, 1] } },
    },
    regress_x_to_y: {
      name: "regress_x_to_y",
      batched: true,
      inputs: { inputs: { dtype: "string", shape: null } },
      outputs: { outputs: { dtype: "float32", shape: [-1, 1] } },
      verb: "regress",
      features: null,
    },
    regress_x_to_y2: {
      name: "regress_x_to_y2",
      batched: true,
      inputs: { inputs: { dtype: "string", shape: null } },
      outputs: { outputs: { dtype: "float32", shape: [-1, 1] } },
      verb: "regress",
      features: null,
    },
  },
};
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createTfServingClient(deployment, options);
}
