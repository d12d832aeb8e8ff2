import type { BlobLike, FileSource, Image } from "../files/image.js";
import type { Scalar } from "./json-shape.js";

/** A file on its way out: its bytes, a Blob, a file of the disk, or one that a reply held. */
export type FileInput = Uint8Array | ArrayBuffer | BlobLike | FileSource | Image;

/** A file on its way out by its address: a file, which goes as a data URL, or the address itself, data URLs included. */
export type LinkInput = FileInput | URL | string;

/** A file of a reply that stands elsewhere; nothing is fetched before it is asked for. */
export interface RemoteFile {
  /** As the reply has it: an address, or a data URL. */
  readonly url: string;
  /** The file's bytes, fetched anew with each call and without the client's credentials. */
  bytes(options?: { readonly signal?: AbortSignal | undefined }): Promise<Uint8Array>;
  blob(options?: { readonly signal?: AbortSignal | undefined }): Promise<Blob>;
}

/** One of the values that a description states, or one of the same kind that it did not know yet. */
export type Open<V extends Scalar> =
  V | (V extends string ? string & {} : never) | (V extends number ? number & {} : never);
