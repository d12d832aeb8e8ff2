/** The client of an imaginary function that Modelbit has deployed. */
import type { Since } from "@gen-deploy/runtime";
import { createModelbitClient } from "@gen-deploy/runtime/modelbit";
import type { ModelbitClient, ModelbitClientOptions, ModelbitDeployment } from "@gen-deploy/runtime/modelbit";
import type { FileInput, Image, ImageInput, Open } from "@gen-deploy/runtime";

export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/modelbit";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode } from "@gen-deploy/runtime";

/** The label sets of the function's values, in the description's order. */
export const labels = {
  kind: ["cat", "dog"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** A shape that the description names. */
export interface Answer {
  kind: Open<Labels["kind"]>;
  picture?: Image;
}

/** What the function takes, by name. */
export interface Input {
  kind: Labels["kind"];
  weights: readonly number[];
  scan: FileInput;
  picture: ImageInput;
}

/** What the function returns. */
export type Output = Answer;

/** What the description names, each under its own name for it. */
export interface Shapes {
  Answer: Answer;
}

/** A client of this function. */
export type Client = Since<"0.1", ModelbitClient<Input, Output, Shapes>>;

/** What holds the descriptor to the types. */
type Deployed = ModelbitDeployment<Input, Output, Shapes>;

/** What the description says of this function. */
export const deployment: Deployed = {
  title: "Imaginary",
  url: null,
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["kind", "weights", "scan", "picture"],
  inputs: {
    kind: { shape: { type: "enum", values: labels.kind } },
    weights: { shape: { type: "list", items: { type: "number" } } },
    scan: { shape: { type: "file", form: "base64" } },
    picture: { shape: { type: "file", form: "data-url" } },
  },
  output: { type: "named", name: "Answer" },
  shapes: {
    Answer: {
      type: "object",
      members: {
        kind: { shape: { type: "enum", values: labels.kind } },
        picture: { shape: { type: "file", form: "data-url" }, optional: true },
      },
    },
  },
} as const satisfies Deployed;

/** Makes a client. `branch` and `version` choose among the deployment's versions; `url` overrules the description's address. */
export function createClient(options: ModelbitClientOptions = {}): Client {
  return createModelbitClient(deployment, options);
}
