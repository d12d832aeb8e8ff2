import { parseDataUrl } from "../files/data-url.js";
import { typedArrayTag } from "../arrays/dtype-storage.js";
import { DeploymentError, shown } from "../errors.js";
import { inputError } from "./coder-error.js";

/** A picture or file whose bytes are at hand. */
export interface FileBytes {
  readonly bytes: Uint8Array;
  /** As whoever made it says; empty where nobody does. */
  readonly mediaType: string;
  readonly name: string | undefined;
  readonly isDataUrl: boolean;
}

/** The files that `prepareFile` has read: their names and types are not to be looked for in foreign objects. */
const prepared = new WeakMap<object, FileBytes>();

/** Reads what must be awaited, Blobs and files; anything else comes back as it is. */
export function prepareFile(value: unknown, feature: string): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if ("arrayBuffer" in value && typeof value.arrayBuffer === "function") return readBlob(value, feature);
  if ("read" in value && typeof value.read === "function") return readFile(value, feature);
  return value;
}

/** The bytes of a value that needs not be awaited; `wrong-type` where it has none. */
export function toFile(value: unknown, feature: string): FileBytes {
  if (typeof value === "string") return fromText(value, feature);
  const known = typeof value === "object" && value !== null ? prepared.get(value) : undefined;
  if (known !== undefined) return known;
  const bytes = toBytes(value);
  if (bytes !== undefined) return { bytes, mediaType: "", name: undefined, isDataUrl: false };
  if (typeof value === "object" && value !== null && "bytes" in value) {
    const inner = toBytes(value.bytes);
    const mediaType = "mediaType" in value && typeof value.mediaType === "string" ? value.mediaType : "";
    if (inner !== undefined) return { bytes: inner, mediaType, name: undefined, isDataUrl: false };
  }
  throw inputError("wrong-type", feature, `is ${shown(value)}, not bytes, a Blob, a data URL or a file`);
}

function fromText(text: string, feature: string): FileBytes {
  if (!/^data:/i.test(text)) {
    const what = `is the string ${shown(text)}, not a data URL; to send a file, give fromFile(path) of the package's /node entry`;
    throw inputError("wrong-type", feature, what);
  }
  try {
    const { mediaType, bytes } = parseDataUrl(text);
    return { bytes, mediaType, name: undefined, isDataUrl: true };
  } catch (cause) {
    const why = cause instanceof DeploymentError ? `: ${cause.message}` : "";
    throw inputError(
      "bad-base64",
      feature,
      `is no data URL that can be read${why.replace(/\.$/, "")}`,
      cause,
    );
  }
}

/** `value` as bytes without a copy, if it is an array or buffer of bytes. */
function toBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  // Those of another realm, such as a test runner's.
  if (ArrayBuffer.isView(value) && typedArrayTag(value) === "Uint8Array") {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return undefined;
}

async function readBlob(blob: object & { arrayBuffer: unknown }, feature: string): Promise<unknown> {
  const mediaType = "type" in blob && typeof blob.type === "string" ? blob.type : "";
  const name = "name" in blob && typeof blob.name === "string" ? blob.name : undefined;
  return readAll(blob.arrayBuffer, { holder: blob, mediaType, name, feature });
}

async function readFile(file: object & { read: unknown }, feature: string): Promise<unknown> {
  const name = "name" in file && typeof file.name === "string" ? file.name : undefined;
  return readAll(file.read, { holder: file, mediaType: "", name, feature });
}

interface Reading {
  readonly holder: object;
  readonly mediaType: string;
  readonly name: string | undefined;
  readonly feature: string;
}

async function readAll(read: unknown, { holder, mediaType, name, feature }: Reading): Promise<object> {
  let content: unknown;
  try {
    content = typeof read === "function" ? await Reflect.apply(read, holder, []) : undefined;
  } catch (cause) {
    const what = name === undefined ? "cannot be read" : `cannot be read from the file ${shown(name)}`;
    throw inputError("wrong-type", feature, what, cause);
  }
  const bytes = toBytes(content);
  if (bytes === undefined)
    throw inputError("wrong-type", feature, `reads as ${shown(content)}, not as bytes`);
  const file: FileBytes = { bytes, mediaType, name, isDataUrl: false };
  prepared.set(file, file);
  return file;
}
