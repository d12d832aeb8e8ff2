import type { FileShape } from "../shapes/json-shape.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import { drawPicture } from "./picture.js";
import type { Picture } from "./picture.js";
import type { Draw } from "./seed.js";
import { drawSound } from "./seeded-shapes-sound.js";
import { loremText } from "./seeded-shapes-text.js";

/** A file of the kind that `shape` states: a real picture or sound where it is one, or may be any file at an address. */
export function seededFile({ form, mediaType = "" }: FileShape, draw: Draw): Picture {
  const types = mediaType.split(",").map(toRegisteredMediaType);
  const isPicture = types.some((type) => type.startsWith("image/")) || (form === "uri" && mediaType === "");
  if (isPicture) return drawPicture(draw, types);
  if (types.some((type) => /^audio\/(?:\*|wave?|x-wav|vnd\.wave)$/.test(type)))
    return { mediaType: "audio/wav", bytes: drawSound(draw) };
  const stated = types.find((type) => /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) ?? "text/plain";
  const text = loremText(draw, 4);
  return {
    mediaType: stated,
    bytes: new TextEncoder().encode(/[/+]json$/.test(stated) ? JSON.stringify(text) : text),
  };
}
