import { createLateClient } from "@gen-deploy/runtime/late";
export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
  ranked,
  topLabel,
} from "@gen-deploy/runtime/late";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** The label sets of categorical features, in the description's order. */
export const labels = { digit: ["zero", "one", "other digit"] };
/** What the description says of this deployment. */
export const deployment = {
  title: "Digits and grids",
  url: null,
  auth: [{ kind: "bearer" }],
  description: {
    url: "openapi.json",
    inputs: "/components/schemas/input-row/properties",
    outputs: "/components/schemas/output-row-batch/properties/rows/items/properties",
    rest: {
      "/paths/~1deployment~1{deploymentId}~1forward/x-peltarion-tensorjson": "870bf5f412aca15c",
    },
  },
  operations: {
    predict: {
      method: "POST",
      path: "",
      framing: { protocol: "rows", multipart: true },
      inputs: {
        "Image Feature": {
          codec: {
            kind: "image",
            mediaTypes: ["image/png", "image/jpeg"],
            alpha: false,
            shape: [28, 28, 3],
          },
          fingerprint: "c198fe36b168d2db",
        },
        "features.npy_0": {
          codec: { kind: "tensor", dtype: "float32", shape: [10, 10, 3], form: "flat" },
          fingerprint: "5524a2f80e67e465",
        },
        vector: {
          codec: { kind: "tensor", dtype: "float32", shape: [5], form: "flat" },
          fingerprint: "f69ded23fe3eb03d",
        },
        mask: {
          codec: { kind: "tensor", dtype: "float32", shape: [2, 2], form: "npy" },
          fingerprint: "cca5abcf1be0e1a4",
        },
        caption: { codec: { kind: "text" }, fingerprint: "2c2671235cabc347" },
      },
      outputs: {
        digit: {
          codec: { kind: "probabilities", labels: labels.digit, size: 3 },
          fingerprint: "4f77401393758840",
        },
        "heat map": {
          codec: { kind: "tensor", dtype: "float32", shape: [2, 3], form: "flat" },
          fingerprint: "c175f09987207d36",
        },
        cleaned: {
          codec: {
            kind: "image",
            mediaTypes: ["image/png", "image/jpeg"],
            alpha: false,
            shape: [28, 28, 3],
          },
          fingerprint: "c198fe36b168d2db",
        },
        "is blurred": {
          codec: { kind: "number", min: 0, max: 1 },
          fingerprint: "0ffcd42eb3c1c8ab",
        },
      },
    },
  },
};
/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
