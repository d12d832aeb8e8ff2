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
export const labels = { severity: ["mild", "moderate", "severe"] };
/** What the description says of this deployment. */
export const deployment = {
  title: "Hospital triage",
  url: "http://127.0.0.1:8080/deployment/triage/forward",
  auth: [{ kind: "bearer" }],
  description: {
    url: "openapi.json",
    inputs: "/components/schemas/input-row/properties",
    outputs: "/components/schemas/output-row-batch/properties/rows/properties",
    rest: {},
  },
  operations: {
    predict: {
      method: "POST",
      path: "",
      framing: { protocol: "rows", multipart: true },
      inputs: {
        age: { codec: { kind: "number" }, fingerprint: "658ed412de5274a5" },
        photo: {
          codec: {
            kind: "image",
            mediaTypes: ["image/png", "image/jpeg"],
            alpha: false,
            shape: [100, 100, 3],
          },
          fingerprint: "4ed0a70337c69a11",
        },
        ward: { codec: { kind: "text" }, fingerprint: "cb60b37c61f07254" },
      },
      outputs: {
        severity: {
          codec: { kind: "probabilities", labels: labels.severity, size: 3 },
          fingerprint: "b06938a6a329e76e",
        },
      },
    },
  },
};
/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
