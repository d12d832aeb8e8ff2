/** The client of an imaginary deployment whose rows are carried by much code. */
import type {
  ClientOptions,
  Deployment,
  Described,
  PredictClient,
  Since,
  WireNames,
} from "@gen-deploy/runtime";
import type { Image, ImageInput, NdArray, Probabilities, TensorInput } from "@gen-deploy/runtime";
import { createLateClient } from "@gen-deploy/runtime/late";
import type { components } from "./wire.js";

export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
  ranked,
  topLabel,
} from "@gen-deploy/runtime/late";
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
  Age: number;
  Words: string;
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
        Age: { codec: { kind: "number", min: 0, max: 30 } },
        Words: { codec: { kind: "text" } },
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

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
