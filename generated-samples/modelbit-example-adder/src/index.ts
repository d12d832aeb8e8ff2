/** example_adder. */
import type { Since } from "@gen-deploy/runtime";
import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
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
  a: number;
  b: number;
  c: number;
}

/** What the function returns. */
export type Output = number;

/** A client of this function. */
export type Client = Since<"0.1", ModelbitClient<Input, Output>>;

/** What holds the descriptor to the types. */
type Deployed = ModelbitDeployment<Input, Output>;

/** What the description says of this function. */
export const deployment: Deployed = {
  title: "example_adder",
  url: null,
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["a", "b", "c"],
  inputs: {
    a: { shape: { type: "integer" } },
    b: { shape: { type: "integer" } },
    c: { shape: { type: "integer" } },
  },
  output: { type: "integer" },
} as const satisfies Deployed;

/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export function createClient(options: ModelbitClientOptions = {}): Client {
  return createModelbitClient(deployment, options);
}
