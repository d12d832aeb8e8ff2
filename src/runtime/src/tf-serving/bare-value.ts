import { isList } from "../arrays/nd-data.js";
import { isNdArrayLike } from "../arrays/nd-array.js";
import { isRecord, setOwnMember } from "../own-member.js";

/**
 * A row of a signature with one input, which callers may give as its bare value: `{ [name]: value }` for that, the row
 * itself for anything that can only be one.
 */
export function rowOfBare(value: unknown, name: string): unknown {
  if (isByName(value, name)) return value;
  const row: Record<string, unknown> = {};
  setOwnMember(row, name, value);
  return row;
}

function isByName(value: unknown, name: string): boolean {
  if (!isRecord(value) || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return false;
  if (isNdArrayLike(value) || isSource(value)) return false;
  return Object.hasOwn(value, name) || !("bytes" in value || isList(value));
}

/** Whether `value` can only be bytes: a Blob, a file, or an image that a reply held. */
function isSource(value: object): boolean {
  if ("arrayBuffer" in value && typeof value.arrayBuffer === "function") return true;
  if ("read" in value && typeof value.read === "function") return true;
  return "bytes" in value && "mediaType" in value && typeof value.mediaType === "string";
}
