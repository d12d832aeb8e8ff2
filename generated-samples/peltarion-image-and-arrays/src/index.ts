/** Digits and grids. */
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
  /**
   * A photo of one digit.
   *
   * PNG or JPEG; any size.
   */
  "Image Feature": ImageInput;
  /** Three channels of a ten by ten grid. */
  "features.npy_0": TensorInput<"float32", [10, 10, 3]>;
  /** Five readings. */
  vector: TensorInput<"float32", [5]>;
  /** Where to look. */
  mask: TensorInput<"float32", [2, 2]>;
  /** What somebody wrote below it. */
  caption: string;
}

/** One row as the deployment answers it. */
export interface Output {
  /** Which digit the picture shows. */
  digit: Probabilities<Labels["digit"]>;
  /** How much each place of the grid mattered. */
  "heat map": NdArray<"float32", [2, 3]>;
  /** The photo without its noise. */
  cleaned: Image;
  /** Probability that the photo is blurred. */
  "is blurred": number;
}

/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;

/** The names that the description gives to the features: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "input-row"]>;
type OutputName = WireNames<components, ["schemas", "output-row-batch", "rows"]>;

/** What the description says of this deployment. */
export const deployment: Deployment<Input, Output> = {
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
} satisfies Described<
  Described<Deployment<Input, Output>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
