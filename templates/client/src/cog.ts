/** The client of an imaginary Cog model. */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createCogClient } from "@gen-deploy/runtime/cog";
import type {
  CogClient,
  CogClientOptions,
  CogDeployment,
  FileInput,
  Image,
  ImageInput,
  LinkInput,
  Open,
  RemoteFile,
} from "@gen-deploy/runtime/cog";
import type { components } from "./wire.js";

export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/cog";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode } from "@gen-deploy/runtime";
export type { FileInput, Image, ImageInput, LinkInput, Open, RemoteFile } from "@gen-deploy/runtime/cog";

/** The label sets of the description, in its order. */
export const labels = {
  style: ["oil", "ink"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** What the model takes. */
export interface Input {
  photo: LinkInput;
  mask?: FileInput;
  sketch?: ImageInput;
  style?: Style;
}

/** One item of the output, as it comes from `stream`. */
export type Item = Page;

/** What the model gives. */
export type Output = Item[];

/** A label set. */
export type Style = Labels["style"];

/** One page. */
export interface Page {
  file: RemoteFile;
  thumbnail: Image;
  style: Open<Labels["style"]>;
}

/** The types to which the descriptor gives names. */
export interface Shapes {
  style: Style;
  page: Page;
}

/** A client of this model. */
export type Client = Since<"0.1", CogClient<Input, Output, Item, Shapes>>;

/** The names that the description gives to the inputs: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "Input"]>;
type Checked = Described<CogDeployment<Input, Output, Item, Shapes>, keyof Input, InputName>;

/** What the description says of this model. */
export const deployment: CogDeployment<Input, Output, Item, Shapes> = {
  title: "Imaginary",
  url: null,
  auth: [],
  framing: { protocol: "cog", output: "list", streams: false, model: null, version: null },
  inputs: {
    photo: { shape: { type: "file", form: "uri" } },
    mask: { shape: { type: "file", form: "base64" }, optional: true },
    sketch: { shape: { type: "file", form: "data-url" }, optional: true },
    style: { shape: { type: "named", name: "style" }, optional: true },
  },
  output: { type: "named", name: "page" },
  shapes: {
    style: { type: "enum", values: labels.style },
    page: {
      type: "object",
      members: {
        file: { shape: { type: "file", form: "uri" } },
        thumbnail: { shape: { type: "file", form: "data-url" } },
        style: { shape: { type: "enum", values: labels.style } },
      },
    },
  },
} as const satisfies Checked;

/**
 * Makes a client. `url` is the address of the model's own server; `model`, `version` or `deployment` and `token` are for
 * Replicate. Without any of them it is as the description says.
 */
export function createClient(options: CogClientOptions = {}): Client {
  return createCogClient<Input, Output, Item, Shapes>(deployment, options);
}
