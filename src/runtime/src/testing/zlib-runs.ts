import { createBitWriter } from "./bit-writer.js";

/** A stretch of bytes: as they are, or so many zeros. */
export type Run = Uint8Array | number;

/** The longest match of DEFLATE (RFC 1951 §3.2.5). */
const longestMatch = 258;
const adlerBase = 65_521;

/**
 * The runs as a zlib stream (RFC 1950) of one DEFLATE block with fixed codes (RFC 1951 §3.2.6). Zeros are never laid
 * out: what they cost does not depend on how many there are, but for two bytes in each 258.
 */
export function zlibOfRuns(runs: Iterable<Run>): Uint8Array {
  const writer = createBitWriter({ first: "lowest" });
  let a = 1;
  let b = 0;
  // Deflate with a window of 32 KB; the second byte makes the two a multiple of 31.
  writer.bytes([0x78, 0x01]);
  writer.bits(0b011, 3);

  function literal(byte: number): void {
    if (byte < 144) writer.bits(reversed(0x30 + byte, 8), 8);
    else writer.bits(reversed(0x190 + byte - 144, 9), 9);
  }

  /** The same byte again, `length` times: 3 to 258, at distance 1, the code 0 of five bits. */
  function repeat(length: number): void {
    const above = length - 3;
    const extra = length === longestMatch ? 0 : Math.max(0, 29 - Math.clz32(above));
    const code = length === longestMatch ? 285 : 257 + 4 * extra + (above >>> extra);
    if (code < 280) writer.bits(reversed(code - 256, 7), 7);
    else writer.bits(reversed(0xc0 + code - 280, 8), 8);
    writer.bits(above, extra);
    writer.bits(0, 5);
  }

  function zeros(count: number): void {
    literal(0);
    let left = count - 1;
    for (; left >= 3; left -= Math.min(left, longestMatch)) repeat(Math.min(left, longestMatch));
    for (; left > 0; left -= 1) literal(0);
  }

  for (const run of runs) {
    if (typeof run === "number") {
      if (run > 0) zeros(run);
      // A zero leaves the first sum as it is, and adds it to the second (RFC 1950 §8.2).
      b = (b + (run % adlerBase) * a) % adlerBase;
      continue;
    }
    for (const byte of run) {
      literal(byte);
      a = (a + byte) % adlerBase;
      b = (b + a) % adlerBase;
    }
  }
  // The end of the block is the code 256, seven zeros.
  writer.bits(0, 7);
  writer.bytes([b >>> 8, b & 0xff, a >>> 8, a & 0xff]);
  return writer.finish();
}

/** Huffman codes stand with their highest bit first (RFC 1951 §3.1.1). */
function reversed(code: number, length: number): number {
  let turned = 0;
  for (let at = 0; at < length; at += 1) turned |= ((code >>> at) & 1) << (length - 1 - at);
  return turned;
}
