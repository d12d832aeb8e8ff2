import { toFile } from "../coders/image-input.js";
import { DeploymentError, isDeploymentError } from "../errors.js";
import { isKnownMediaType, mediaTypeOf, toRegisteredMediaType } from "../files/media-type.js";
import { placeText } from "./place.js";
import type { Place } from "./place.js";

/** A file that has been read: nothing of it needs to be awaited. */
export interface ResolvedFile {
  readonly bytes: Uint8Array;
  /** As whoever made it says; empty where nobody does. */
  readonly mediaType: string;
  /** Its base name, where it has one. */
  readonly name: string | undefined;
}

const resolved = new WeakSet<object>();

/** Whether `readFiles` or `toResolvedFile` made `value`. */
export function isResolvedFile(value: unknown): value is ResolvedFile {
  return typeof value === "object" && value !== null && resolved.has(value);
}

/** Where a value stands, for messages. */
export interface FilePlace {
  readonly feature: string;
  readonly place: Place | undefined;
}

/** A file whose bytes are at hand, or the data URL of one; `wrong-type` or `bad-base64` for anything else. */
export function toResolvedFile(value: unknown, at: FilePlace): ResolvedFile {
  if (isResolvedFile(value)) return value;
  try {
    const { bytes, mediaType, name } = toFile(value, placeText(at.feature, at.place));
    const file: ResolvedFile = { bytes, mediaType, name };
    resolved.add(file);
    return file;
  } catch (error) {
    if (!isDeploymentError(error)) throw error;
    const feature = at.feature === "" ? undefined : at.feature;
    throw new DeploymentError(error.code, error.message, { feature, cause: error.cause });
  }
}

/** Whether `value` is a file of some kind, read or not; no text is one. */
export function isFile(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (isResolvedFile(value) || isBytes(value)) return true;
  if ("arrayBuffer" in value && typeof value.arrayBuffer === "function") return true;
  if ("read" in value && typeof value.read === "function") return true;
  return "bytes" in value && isBytes(value.bytes) && "mediaType" in value;
}

/**
 * What to call a file's type: what it says itself, or its bytes prove, or the description states, in that order;
 * `application/octet-stream` where nothing does.
 */
export function fileMediaType({ bytes, mediaType }: ResolvedFile, stated?: string): string {
  const declared = toRegisteredMediaType(mediaType);
  const proven = mediaTypeOf(bytes);
  // Bytes that would prove the type, and do not, are something else.
  if (declared !== "" && (proven === undefined ? !isKnownMediaType(declared) : proven === declared))
    return declared;
  return proven ?? completeType(stated) ?? "application/octet-stream";
}

/** `image/*` says too little. */
function completeType(stated: string | undefined): string | undefined {
  if (stated === undefined || stated.includes("*") || stated.includes(",")) return undefined;
  const type = toRegisteredMediaType(stated);
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : undefined;
}

function isBytes(value: unknown): boolean {
  return value instanceof ArrayBuffer || Object.prototype.toString.call(value) === "[object Uint8Array]";
}
