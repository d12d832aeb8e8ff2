import { DeploymentError } from "./errors.js";

/** The texts of fixed-width `S` items, one character a byte as latin-1 has it; the zeros that fill them up are dropped. */
export function byteStrings(items: Uint8Array, itemSize: number, count: number): readonly string[] {
  return texts(items, itemSize, count);
}

/** The texts of fixed-width `U` items: UTF-32 in this machine's order; the zeros that fill them up are dropped. */
export function wideStrings(items: Uint32Array, itemSize: number, count: number): readonly string[] {
  if (items.some((point) => point > 0x10ffff)) {
    throw new DeploymentError(
      "bad-npy",
      "The .npy file's text has a character above U+10FFFF, expected Unicode.",
    );
  }
  return texts(items, itemSize / 4, count);
}

function texts(points: Uint8Array | Uint32Array, width: number, count: number): readonly string[] {
  const found: string[] = [];
  for (let start = 0; found.length < count; start += width) {
    let end = start + width;
    while (end > start && points[end - 1] === 0) end -= 1;
    let text = "";
    for (let at = start; at < end; at += 1) text += String.fromCodePoint(points[at] ?? 0);
    found.push(text);
  }
  return found;
}
