import type { FileShape } from "../shapes/json-shape.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import { loremText } from "./seeded-shapes-text.js";
import type { Draw } from "./seed.js";

/** A file of the kind that `shape` states. */
export function seededFile(
  shape: FileShape,
  draw: Draw,
): { readonly mediaType: string; readonly bytes: Uint8Array } {
  const [stated = ""] = (shape.mediaType ?? "").split(",", 1);
  const given = toRegisteredMediaType(stated);
  const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(given) ? given : "text/plain";
  const text = mediaType.endsWith("json") ? JSON.stringify(loremText(draw, 4)) : loremText(draw, 4);
  return { mediaType, bytes: new TextEncoder().encode(text) };
}
