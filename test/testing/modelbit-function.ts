import type { ModelbitDeployment } from "@gen-deploy/runtime/modelbit";

/** Where functions are. */
export const url = "https://acme.us-east-1.modelbit.com/v1/example/latest";

/** What a function of every kind of argument takes. */
export interface Call {
  kind: "cat" | "dog";
  weights: readonly number[];
  count: number;
  note?: string;
}
/** What it returns. */
export interface Answer {
  kind: string;
  score: number;
  scan: Uint8Array;
}
/** What its descriptor calls by name. */
export const shapes = {
  Answer: {
    type: "object",
    members: {
      kind: { shape: { type: "enum", values: ["cat", "dog"] } },
      score: { shape: { type: "number", min: 0, max: 1 } },
      scan: { shape: { type: "file", form: "base64" } },
    },
  },
} as const;
/** The function. */
export const animals: ModelbitDeployment<Call, Answer, { Answer: Answer }> = {
  title: "Animals",
  url,
  auth: [{ kind: "raw" }],
  form: "arguments",
  order: ["kind", "weights", "count", "note"],
  inputs: {
    kind: { shape: { type: "enum", values: ["cat", "dog"] } },
    weights: { shape: { type: "list", items: { type: "number" }, min: 1, max: 3 } },
    count: { shape: { type: "integer", min: 0, max: 9 } },
    note: { shape: { type: "text" }, optional: true },
  },
  output: { type: "named", name: "Answer" },
  shapes,
};
/** The same in DataFrame mode. */
export const frame: ModelbitDeployment<Call, Answer, { Answer: Answer }> = { ...animals, form: "rows" };

/** A call that is right. */
export const call: Call = { kind: "cat", weights: [1, 2.5], count: 3, note: "n" };
