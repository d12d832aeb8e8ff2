/** The client of an imaginary deployment. */
import { createDeploymentClient } from "@gen-deploy/runtime";
import type {
  ClientOptions,
  Deployment,
  Described,
  PredictClient,
  Since,
  WireNames,
} from "@gen-deploy/runtime";
import type { Image, ImageInput, NdArray, Probabilities, TensorInput } from "@gen-deploy/runtime";
import { image, label, number, probabilities, tensor, text } from "@gen-deploy/runtime/coders";
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
export type { DeploymentErrorCode, Image, ImageInput, NdArray, Probabilities } from "@gen-deploy/runtime";

/** The label sets of categorical features, in the description's order. */
export const labels = {
  Kind: ["cat", "dog"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** One row as the deployment takes it. */
export interface Input {
  Kind: Labels["Kind"];
  Photo: ImageInput;
  Grid: TensorInput<"float32", [2, 2]>;
}

/** One row as the deployment answers it. */
export interface Output {
  Kind: Probabilities<Labels["Kind"]>;
  Photo: Image;
  Grid: NdArray<"float32", [2, 2]>;
}

/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;

/** The names that the description gives to the features: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "input-row"]>;
type OutputName = WireNames<components, ["schemas", "output-row-batch", "rows"]>;

/** What the description says of this deployment. */
export const deployment: Deployment<Input, Output> = {
  title: "Imaginary",
  url: null,
  auth: [{ kind: "bearer" }],
  description: null,
  operations: {
    predict: {
      method: "POST",
      path: "",
      framing: { protocol: "rows", multipart: true },
      inputs: {
        Kind: { codec: { kind: "label", labels: labels.Kind } },
        Photo: { codec: { kind: "image", mediaTypes: ["image/png"], alpha: false } },
        Grid: { codec: { kind: "tensor", dtype: "float32", shape: [2, 2], form: "flat" } },
      },
      outputs: {
        Kind: { codec: { kind: "probabilities", labels: labels.Kind, size: 2 } },
        Photo: { codec: { kind: "image", mediaTypes: ["image/png"], alpha: true } },
        Grid: { codec: { kind: "tensor", dtype: "float32", shape: [2, 2], form: "flat" } },
      },
    },
  },
} satisfies Described<Described<Deployment<Input, Output>, keyof Input, InputName>, keyof Output, OutputName>;

/** What carries the values of this deployment. */
const coders = { image, label, number, probabilities, tensor, text };

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createDeploymentClient(deployment, { protocol, coders }, options);
}
