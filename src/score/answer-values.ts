/*
 * What clients give beside what JSON has: arrays, pictures, and files that stand elsewhere. They are known by their
 * parts, whichever copy of the runtime made them.
 */

/** An array, which tells its elements as lists in lists. */
export interface ArrayValue {
  toNested(): unknown;
}

/** A picture or file whose bytes are there. */
export interface FileValue {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  toDataUrl(): string;
}

/** A file that is fetched when it is asked for. */
export interface RemoteValue {
  readonly url: string;
  blob(): Promise<Blob>;
}

/** Whether `value` is an array of the runtime. */
export function isArrayValue(value: object): value is ArrayValue {
  return "toNested" in value && typeof value.toNested === "function" && "dtype" in value;
}

/** Whether `value` is a picture or file whose bytes are there. */
export function isFileValue(value: object): value is FileValue {
  if (!("toDataUrl" in value && typeof value.toDataUrl === "function")) return false;
  return "bytes" in value && value.bytes instanceof Uint8Array && "mediaType" in value;
}

/** Whether `value` is a file that stands elsewhere. */
export function isRemoteValue(value: object): value is RemoteValue {
  return (
    "url" in value && typeof value.url === "string" && "blob" in value && typeof value.blob === "function"
  );
}
