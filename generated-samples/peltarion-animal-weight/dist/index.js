/**
 * Animal weight.
 *
 * Estimates the weight of an animal from its kind, the sound it makes and its size.
 */
import { createDeploymentClient } from "@gen-deploy/runtime";
import { label, number } from "@gen-deploy/runtime/coders";
import { rows as protocol } from "@gen-deploy/runtime/protocols/rows";
export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
  ranked,
  topLabel,
} from "@gen-deploy/runtime";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** The label sets of categorical features, in the description's order. */
export const labels = {
  Type: ["animal", "human", "insect"],
  Sound: ["miaow", "woof", "moo", "tweet"],
};
/** What the description says of this deployment. */
export const deployment = {
  title: "Animal weight",
  url: "https://a.azure-eu-west.platform.example.com/deployment/5b6a3f70-6c5e-4d0c-9d4f-0d3a7d1c2e11/forward",
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
        Type: { codec: { kind: "label", labels: labels.Type }, fingerprint: "c31945dde9770c96" },
        Sound: { codec: { kind: "label", labels: labels.Sound }, fingerprint: "f02299bc8f648801" },
        Size: { codec: { kind: "number" }, fingerprint: "0940168421f06369" },
      },
      outputs: { Weight: { codec: { kind: "number" }, fingerprint: "0940168421f06369" } },
    },
  },
};
/** What carries the values of this deployment. */
const coders = { label: label, number: number };
/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createDeploymentClient(deployment, { protocol, coders }, options);
}
