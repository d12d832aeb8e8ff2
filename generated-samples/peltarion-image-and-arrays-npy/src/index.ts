/** Peltarion deployment. */
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
export type {
  DeploymentErrorCode,
  Image,
  ImageInput,
  NdArray,
  Probabilities,
} from "@gen-deploy/runtime";

/** The label sets of categorical features, in the description's order. */
export const labels = { digit: ["zero", "one", "other digit"] } as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** One row as the deployment takes it. */
export interface Input {
  /** A photo of one digit. */
  "Image Feature": ImageInput;
  "features.npy_0": TensorInput<"float32", [10, 10, 3]>;
  vector: TensorInput<"float32", [5]>;
  mask: TensorInput<"float32", [2, 2]>;
  caption: string;
}

/** One row as the deployment answers it. */
export interface Output {
  digit: Probabilities<Labels["digit"]>;
  "heat map": NdArray<"float32", [2, 3]>;
  cleaned: Image;
  "is blurred": number;
}

/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;

/** The names that the description gives to the features: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "input-row"]>;
type OutputName = WireNames<components, ["schemas", "output-row-batch", "rows"]>;

/** What the description says of this deployment. */
export const deployment: Deployment<Input, Output> = {
  title: "Peltarion deployment",
  url: null,
  auth: [{ kind: "bearer" }],
  description: {
    url: "openapi.json",
    inputs: "/components/schemas/input-row/properties",
    outputs: "/components/schemas/output-row-batch/properties/rows/properties",
    rest: { "/paths/~1deployment~1{deploymentId}~1forward/x-peltarion-tensorjson": "" },
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
          fingerprint: "9a20f627803cfffd",
        },
        "features.npy_0": {
          codec: { kind: "tensor", dtype: "float32", shape: [10, 10, 3], form: "npy" },
          fingerprint: "7b4e4e3ac0615252",
        },
        vector: {
          codec: { kind: "tensor", dtype: "float32", shape: [5], form: "npy" },
          fingerprint: "50ad0329902705aa",
        },
        mask: {
          codec: { kind: "tensor", dtype: "float32", shape: [2, 2], form: "npy" },
          fingerprint: "b7186c0154285dc6",
        },
        caption: { codec: { kind: "text" }, fingerprint: "c0be7d5bc809fe80" },
      },
      outputs: {
        digit: {
          codec: { kind: "probabilities", labels: labels.digit, size: 3 },
          fingerprint: "8887ef25ead23c7e",
        },
        "heat map": {
          codec: { kind: "tensor", dtype: "float32", shape: [2, 3], form: "npy" },
          fingerprint: "62a238d519c90960",
        },
        cleaned: {
          codec: {
            kind: "image",
            mediaTypes: ["image/png", "image/jpeg"],
            alpha: false,
            shape: [28, 28, 3],
          },
          fingerprint: "9a20f627803cfffd",
        },
        "is blurred": {
          codec: { kind: "number", min: 0, max: 1 },
          fingerprint: "1d8ea546216be0ae",
        },
      },
    },
  },
} satisfies Described<
  Described<Deployment<Input, Output>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
