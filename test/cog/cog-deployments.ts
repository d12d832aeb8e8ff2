import type { CogDeployment } from "../../src/runtime/src/cog/index.js";
import type { LinkInput, RemoteFile } from "../../src/runtime/src/shapes/value-types.js";

/** What the models of these tests take. */
export interface Input {
  prompt: string;
  style?: "oil" | "ink";
  image?: LinkInput;
  seed?: number;
}

const shared = {
  title: "Painter",
  url: null,
  auth: [],
  inputs: {
    prompt: { shape: { type: "text" } },
    style: { shape: { type: "named", name: "style" }, optional: true },
    image: { shape: { type: "file", form: "uri" }, optional: true },
    seed: { shape: { type: "integer", min: 0, max: 100 }, optional: true },
  },
  shapes: { style: { type: "enum", values: ["oil", "ink"] } },
} as const;

const framing = { protocol: "cog", streams: false, model: null, version: null } as const;

/** The types that have names. */
export interface Shapes {
  style: "oil" | "ink";
}

/** Gives one text. */
export const single: CogDeployment<Input, string, string, Shapes> = {
  ...shared,
  framing: { ...framing, output: "value" },
  output: { type: "text" },
};

/** Gives one file. */
export const picture: CogDeployment<Input, RemoteFile, RemoteFile, Shapes> = {
  ...shared,
  framing: { ...framing, output: "value" },
  output: { type: "file", form: "uri" },
};

/** Gives pieces of one text. */
export const tokens: CogDeployment<Input, string, string, Shapes> = {
  ...shared,
  framing: { ...framing, output: "text" },
  output: { type: "text" },
};

/** Gives one number after another, and its server streams them. */
export const numbers: CogDeployment<Input, number[], number, Shapes> = {
  ...shared,
  framing: { ...framing, output: "list", streams: true },
  output: { type: "integer" },
};
