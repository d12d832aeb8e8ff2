import { createBitWriter } from "./bit-writer.js";
import type { Tiles } from "./picture.js";
import { tileLengths } from "./tile-runs.js";

/** Pixels in the side of a block (ITU-T T.81 §A.1.1). */
const blockSide = 8;

/** How many Huffman codes of each length from 1 to 16 there are, and what they stand for: those of §K.3.1. */
const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] as const;
const dcCategories = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
const dcCodes = codesOf(dcCounts);

/** Nothing but the end of a block: even blocks have one coefficient, and the code of one bit is 0. */
const acCounts = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;

/**
 * The tiles as a baseline JPEG file (ITU-T T.81; JFIF 1.01), grey or YCbCr without subsampling. Tiles begin and end
 * where blocks do, so that each block is even and its level exact but for the change of colour space.
 */
export function encodeJpeg(tiles: Tiles): Uint8Array {
  const { width, height, channels } = tiles;
  const writer = createBitWriter({ first: "highest", afterFull: 0 });
  const ids = channels === 1 ? [1] : [1, 2, 3];
  writer.bytes([0xff, 0xd8]);
  const segment = (marker: number, content: readonly number[]): void => {
    writer.bytes([0xff, marker, ...word(content.length + 2), ...content]);
  };
  // JFIF 1.01, pixels of no stated density, no thumbnail.
  segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  // An even block's coefficient is eight times its level, so that division by eight leaves the level.
  segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]);
  segment(0xc0, [8, ...word(height), ...word(width), channels, ...ids.flatMap((id) => [id, 0x11, 0])]);
  segment(0xc4, [0x00, ...dcCounts, ...dcCategories]);
  segment(0xc4, [0x10, ...acCounts, 0]);
  segment(0xda, [channels, ...ids.flatMap((id) => [id, 0]), 0, 63, 0]);

  const before = ids.map(() => 0);
  for (const levels of blocks(tiles)) {
    for (const [channel, level] of levels.entries()) {
      const difference = level - (before[channel] ?? 0);
      before[channel] = level;
      const category = 32 - Math.clz32(Math.abs(difference));
      const code = dcCodes[category] ?? { bits: 0, length: 0 };
      writer.bits(code.bits, code.length);
      // Negative differences stand as one less (§F.1.2.1.1).
      if (category > 0) writer.bits(difference < 0 ? difference - 1 : difference, category);
      writer.bits(0, 1);
    }
  }
  writer.bytes([0xff, 0xd9], 1);
  return writer.finish();
}

/** The levels of all blocks, 0 in the middle, row by row. */
function* blocks({ width, height, levels }: Tiles): Generator<readonly number[], void, undefined> {
  const across = Math.ceil(width / blockSide);
  const down = Math.ceil(height / blockSide);
  const lines = levels.slice(0, down);
  for (const [row, many] of tileLengths(down, lines.length).entries()) {
    const line = (lines[row] ?? []).slice(0, across).map(toLuminance);
    const widths = tileLengths(across, line.length);
    for (let at = 0; at < many; at += 1) {
      for (const [column, tile] of line.entries()) {
        for (let block = 0; block < (widths[column] ?? 0); block += 1) yield tile;
      }
    }
  }
}

/** Red, green and blue as JFIF's luminance and chrominance, all with 0 in the middle. */
function toLuminance(tile: readonly number[]): readonly number[] {
  const [red = 0, green, blue] = tile;
  if (green === undefined || blue === undefined) return [red - 128];
  return [
    0.299 * red + 0.587 * green + 0.114 * blue - 128,
    -0.168736 * red - 0.331264 * green + 0.5 * blue,
    0.5 * red - 0.418688 * green - 0.081312 * blue,
  ].map((level) => Math.max(-128, Math.min(127, Math.round(level))));
}

function word(value: number): readonly number[] {
  return [value >>> 8, value & 0xff];
}

/** The codes of a table, in the order of what they stand for (§C.2). */
function codesOf(counts: readonly number[]): readonly { readonly bits: number; readonly length: number }[] {
  let next = 0;
  return counts.flatMap((count, index) => {
    const codes = Array.from({ length: count }, () => ({ bits: next++, length: index + 1 }));
    next <<= 1;
    return codes;
  });
}
