import { mediaTypeOf } from "./media-type.js";

/**
 * How a picture carries an alpha channel, in words, or undefined where it carries none or is of a kind whose alpha
 * is not known here. PNG (ISO/IEC 15948): colour types 4 and 6 (§11.2.1), or a `tRNS` chunk (§11.3.1).
 */
export function alphaOf(bytes: Uint8Array): string | undefined {
  if (mediaTypeOf(bytes) !== "image/png") return undefined;
  const colourType = bytes[25];
  if (colourType === 4 || colourType === 6) return `PNG colour type ${colourType}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Chunks are length, type, data, CRC; transparency stands before the pixels (§5.6).
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x74524e53) return "a PNG tRNS chunk";
    if (type === 0x49444154) return undefined;
  }
  return undefined;
}
