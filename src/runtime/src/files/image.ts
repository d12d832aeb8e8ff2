import { toDataUrl } from "./data-url.js";

/** A picture or file as a reply holds it. */
export interface Image {
  /** As the reply's data URL states it, such as `image/png`. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  toBlob(): Blob;
  /** As RFC 2397 writes it, in base64. */
  toDataUrl(): string;
}

/** Bytes that are read when they are needed: what `fromFile` of the package's `/node` entry gives. */
export interface FileSource {
  /** The file's base name, for forms. */
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/** What the platform's Blob and File have in common with every stand-in for them. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A picture or file on its way out: its bytes, a Blob, a data URL, a file, or an image that a reply held. */
export type ImageInput = Uint8Array | ArrayBuffer | BlobLike | FileSource | Image | string;

/** A picture or file of a reply; its methods do not show when it is printed. */
export function createImage(mediaType: string, bytes: Uint8Array): Image {
  const image: Image = {
    mediaType,
    bytes,
    // A copy: a Blob must not change when the bytes do.
    toBlob: () => new Blob([new Uint8Array(bytes)], { type: mediaType }),
    toDataUrl: () => toDataUrl(mediaType, bytes),
  };
  for (const method of ["toBlob", "toDataUrl"]) Object.defineProperty(image, method, { enumerable: false });
  return Object.freeze(image);
}
