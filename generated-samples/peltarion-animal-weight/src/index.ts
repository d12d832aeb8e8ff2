/**
 * Animal weight.
 *
 * Estimates the weight of an animal from its kind, the sound it makes and its size.
 */
import { createDeploymentClient } from "@gen-deploy/runtime";
import type {
  ClientOptions,
  Deployment,
  Described,
  PredictClient,
  Since,
  WireNames,
} from "@gen-deploy/runtime";
import { label, number } from "@gen-deploy/runtime/coders";
import { rows as protocol } from "@gen-deploy/runtime/protocols/rows";
import type { components } from "./wire.js";

export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
  ranked,
  topLabel,
} from "@gen-deploy/runtime";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type {
  DeploymentErrorCode,
  Image,
  ImageInput,
  NdArray,
  Probabilities,
} from "@gen-deploy/runtime";

/** The label sets of categorical features, in the description's order. */
export const labels = {
  Type: ["animal", "human", "insect"],
  Sound: ["miaow", "woof", "moo", "tweet"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** One row as the deployment takes it. */
export interface Input {
  /** What kind of creature it is. */
  Type: Labels["Type"];
  /** The sound that it makes. */
  Sound: Labels["Sound"];
  /** Height at the shoulder in metres. */
  Size: number;
}

/** One row as the deployment answers it. */
export interface Output {
  /** Weight in kilograms. */
  Weight: number;
}

/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;

/** The names that the description gives to the features: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "input-row"]>;
type OutputName = WireNames<components, ["schemas", "output-row-batch", "rows"]>;

/** What the description says of this deployment. */
export const deployment: Deployment<Input, Output> = {
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
} satisfies Described<
  Described<Deployment<Input, Output>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** What carries the values of this deployment. */
const coders = { label: label, number: number };

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createDeploymentClient(deployment, { protocol, coders }, options);
}
