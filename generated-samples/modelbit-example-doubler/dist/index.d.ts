/**
 * Example doubler.
 *
 * Doubles a number.
 */
import type { Since } from "@gen-deploy/runtime";
import type {
  ModelbitClient,
  ModelbitClientOptions,
  ModelbitDeployment,
} from "@gen-deploy/runtime/modelbit";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/modelbit";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode } from "@gen-deploy/runtime";
/** What the function takes, by name. */
export interface Input {
  /** What is doubled. */
  half: number;
}
/** Twice as much. */
export type Output = number;
/** A client of this function. */
export type Client = Since<"0.1", ModelbitClient<Input, Output>>;
/** What holds the descriptor to the types. */
type Deployed = ModelbitDeployment<Input, Output>;
/** What the description says of this function. */
export declare const deployment: Deployed;
/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export declare function createClient(options?: ModelbitClientOptions): Client;
