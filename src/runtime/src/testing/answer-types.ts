import type { Image } from "../files/image.js";
import type { FileInput, LinkInput, RemoteFile } from "../shapes/value-types.js";

/** What stands for a value of type `Output` where a test gives it: files of any kind for those that clients get. */
export type Answered<Output> = unknown extends Output
  ? Output
  : Output extends RemoteFile
    ? RemoteFile | LinkInput
    : Output extends Image
      ? FileInput
      : Output extends Uint8Array
        ? FileInput
        : Output extends object
          ? { readonly [Name in keyof Output]: Answered<Output[Name]> }
          : Output;
