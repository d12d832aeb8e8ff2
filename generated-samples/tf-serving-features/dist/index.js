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
  title: "House prices",
  url: "https://models.example.com/tf/v1/models/houses",
  auth: [],
  main: { predict: "serving_default", regress: "price_of_example" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: true,
      inputs: {
        CRIM: { dtype: "float32", shape: [-1] },
        ZN: { dtype: "float32", shape: [-1] },
        INDUS: { dtype: "float32", shape: [-1] },
        CHAS: { dtype: "bool", shape: [-1] },
        NOX: { dtype: "float32", shape: [-1] },
        RM: { dtype: "float32", shape: [-1] },
        AGE: { dtype: "float32", shape: [-1] },
        DIS: { dtype: "float64", shape: [-1] },
        RAD: { dtype: "int32", shape: [-1] },
        TAX: { dtype: "int64", shape: [-1] },
        PTRATIO: { dtype: "float32", shape: [-1] },
        TOWN: { dtype: "string", shape: [-1] },
        LSTAT: { dtype: "float32", shape: [-1] },
      },
      outputs: {
        price: { dtype: "float32", shape: [-1] },
        codes: { dtype: "string", shape: [-1, 3] },
      },
    },
    embed: {
      name: "embed",
      batched: true,
      inputs: { table: { dtype: "float32", shape: [-1, 13] } },
      outputs: { embedding: { dtype: "float32", shape: [-1, 4] } },
    },
    price_of_example: {
      name: "price_of_example",
      verb: "regress",
      features: {
        CRIM: { type: "float", list: false },
        RM: { type: "float", list: false },
        TAX: { type: "int64", list: false },
        TOWN: { type: "bytes", list: false, optional: true },
        tags: { type: "bytes", list: true, optional: true },
        year: { type: "int64", list: false, optional: true },
      },
    },
  },
};
/** Makes a client of the latest version, or of the one that `version` or `label` names; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createTfServingClient(deployment, options);
}
