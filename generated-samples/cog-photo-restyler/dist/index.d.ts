/** Photo restyler. */
import type { Since } from "@gen-deploy/runtime";
import type {
  CogClient,
  CogClientOptions,
  CogDeployment,
  LinkInput,
  RemoteFile,
} from "@gen-deploy/runtime/cog";
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
export declare const labels: {
  readonly style: readonly ["oil", "ink", "charcoal"];
  readonly format: readonly ["png", "jpg"];
};
/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = {
  readonly [Set in keyof typeof labels]: (typeof labels)[Set][number];
};
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
/** What the description says of this model. */
export declare const deployment: CogDeployment<Input, Output, Item, Shapes>;
/**
 * Makes a client. `url` is the address of the model's own server; `model`, `version` or `deployment` and `token` are for
 * Replicate. Without any of them it is as the description says.
 */
export declare function createClient(options?: CogClientOptions): Client;
