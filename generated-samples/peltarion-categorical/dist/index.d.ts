/** Hospital triage. */
import type { ClientOptions, Deployment, PredictClient, Since } from "@gen-deploy/runtime";
import type { ImageInput, Probabilities } from "@gen-deploy/runtime";
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
export declare const labels: { readonly severity: readonly ["mild", "moderate", "severe"] };
/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = {
  readonly [Set in keyof typeof labels]: (typeof labels)[Set][number];
};
/** One row as the deployment takes it. */
export interface Input {
  age: number;
  photo: ImageInput;
  ward: string;
}
/** One row as the deployment answers it. */
export interface Output {
  /** How urgent it is. */
  severity: Probabilities<Labels["severity"]>;
}
/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;
/** What the description says of this deployment. */
export declare const deployment: Deployment<Input, Output>;
/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export declare function createClient(options?: ClientOptions): Client;
