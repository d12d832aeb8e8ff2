import { base64Payload } from "../files/base64.js";
import type { BodyWriter } from "../json/body.js";
import { parseDataUrl } from "../files/data-url.js";
import { shown } from "../errors.js";
import { toRegisteredMediaType } from "../files/media-type.js";
import { createNdArray } from "../arrays/nd-array.js";
import type { NdArray } from "../arrays/nd-array.js";
import { decodeNpy, npyPayloadParts } from "../arrays/npy.js";
import { replyError, shownReply } from "./coder-error.js";
import type { PayloadSlice } from "../json/reply-document.js";
import { replyText } from "./reply-text.js";
import type { ExpectedArray } from "./tensor-flat.js";

/** What Peltarion calls a `.npy` file. */
export const npyMediaType = "application/x.peltarion.npy";

/** Writes the array as a data URL of a `.npy` file: format 1.0, C order, little-endian. */
export function encodeNpyUrl(array: NdArray, body: BodyWriter): void {
  body.text(`"data:${npyMediaType};base64,`);
  body.payload(base64Payload(npyPayloadParts(array)));
  body.text('"');
}

/** The array of a data URL of a `.npy` file; else `bad-reply`. Doubles become float32 where that is due. */
export function readNpyUrl(value: unknown, { dtype, feature, strict, reply }: ExpectedArray): NdArray {
  const source = replyText(value, reply);
  if (source === undefined) throw replyError(feature, `is ${shownReply(value, reply)}, not an array`);
  const { mediaType, array } = readFile(source, feature);
  if (toRegisteredMediaType(mediaType) !== npyMediaType) {
    throw replyError(feature, `has a data URL of ${shown(mediaType)}, but ${npyMediaType} is due`);
  }
  if (array.dtype === dtype) return array;
  // NumPy computes in doubles unless told otherwise, and servers forget to tell it.
  if (!strict && dtype === "float32" && array.dtype === "float64" && array.data instanceof Float64Array) {
    return createNdArray("float32", array.shape, Float32Array.from(array.data));
  }
  throw replyError(feature, `is of dtype ${array.dtype}, but ${dtype} is due`);
}

function readFile(source: PayloadSlice | string, feature: string): { mediaType: string; array: NdArray } {
  try {
    const { mediaType, bytes } = parseDataUrl(source);
    return { mediaType, array: decodeNpy(bytes) };
  } catch (cause) {
    const why = cause instanceof Error ? `: ${cause.message.replace(/\.$/, "")}` : "";
    throw replyError(feature, `is no .npy file that can be read${why}`, cause);
  }
}
