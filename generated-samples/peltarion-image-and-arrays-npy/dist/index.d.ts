/** Peltarion deployment. */
import type { ClientOptions, Deployment, PredictClient, Since } from "@gen-deploy/runtime";
import type { Image, ImageInput, NdArray, Probabilities, TensorInput } from "@gen-deploy/runtime";
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
export declare const labels: { readonly digit: readonly ["zero", "one", "other digit"] };
/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = {
  readonly [Set in keyof typeof labels]: (typeof labels)[Set][number];
};
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
/** What the description says of this deployment. */
export declare const deployment: Deployment<Input, Output>;
/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export declare function createClient(options?: ClientOptions): Client;
