/**
 * Example dict doubler.
 *
 * Doubles the value of a dictionary.
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
/** What is doubled. */
export interface Half {
  /** Half as much. */
  value: number;
}

export interface Result {
  /** Twice as much. */
  value: number;
}

/** What the function takes, by name. */
export interface Input {
  /** What is doubled. */
  Half: Half;
}
/** What the function returns. */
export type Output = Result;
/** What the description names, each under its own name for it. */
export interface Shapes {
  Half: Half;
  Result: Result;
}
/** A client of this function. */
export type Client = Since<"0.1", ModelbitClient<Input, Output, Shapes>>;
/** What holds the descriptor to the types. */
type Deployed = ModelbitDeployment<Input, Output, Shapes>;
/** What the description says of this function. */
export declare const deployment: Deployed;
/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export declare function createClient(options?: ModelbitClientOptions): Client;
