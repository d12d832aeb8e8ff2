/** Photo restyler. */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createCogClient } from "@gen-deploy/runtime/cog";
import type {
  CogClient,
  CogClientOptions,
  CogDeployment,
  LinkInput,
  RemoteFile,
} from "@gen-deploy/runtime/cog";
import type { components } from "./wire.js";

export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/cog";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode } from "@gen-deploy/runtime";
export type {
  FileInput,
  Image,
  ImageInput,
  LinkInput,
  Open,
  RemoteFile,
} from "@gen-deploy/runtime/cog";

/** The label sets of the description, in its order. */
export const labels = { style: ["oil", "ink", "charcoal"], format: ["png", "jpg"] } as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** What the model takes. */
export interface Input {
  /** The photo to paint anew. */
  photo: LinkInput;
  /** The manner of painting. */
  style: Style;
  /**
   * How far the picture may go from the photo.
   *
   * Default: 0.6.
   */
  strength?: number;
  /** Leave out for a different picture each time. */
  seed?: number;
  /**
   * What kind of file to give back.
   *
   * Default: "png".
   */
  format?: Format;
}

/** What comes from `stream`: the output, once. */
export type Item = Output;

/** The painted picture. */
export type Output = RemoteFile;

export type Style = Labels["style"];

export type Format = Labels["format"];

/** The types to which the descriptor gives names. */
export interface Shapes {
  style: Style;
  format: Format;
}

/** A client of this model. */
export type Client = Since<"0.1", CogClient<Input, Output, Item, Shapes>>;

/** The names that the description gives to the inputs: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "Input"]>;
type Checked = Described<CogDeployment<Input, Output, Item, Shapes>, keyof Input, InputName>;

/** What the description says of this model. */
export const deployment: CogDeployment<Input, Output, Item, Shapes> = {
  title: "Photo restyler",
  url: null,
  auth: [],
  framing: { protocol: "cog", output: "value", streams: false, model: null, version: null },
  inputs: {
    photo: { shape: { type: "file", form: "uri" } },
    style: { shape: { type: "named", name: "style" } },
    strength: { shape: { type: "number", min: 0, max: 1 }, optional: true },
    seed: { shape: { type: "integer" }, optional: true },
    format: { shape: { type: "named", name: "format" }, optional: true },
  },
  output: { type: "file", form: "uri" },
  shapes: {
    style: { type: "enum", values: labels.style },
    format: { type: "enum", values: labels.format },
  },
} as const satisfies Checked;

/**
 * Makes a client. `url` is the address of the model's own server; `model`, `version` or `deployment` and `token` are for
 * Replicate. Without any of them it is as the description says.
 */
export function createClient(options: CogClientOptions = {}): Client {
  return createCogClient<Input, Output, Item, Shapes>(deployment, options);
}
