import type { Tiles } from "./picture.js";
import { tileLengths } from "./tile-runs.js";
import { zlibOfRuns } from "./zlib-runs.js";
import type { Run } from "./zlib-runs.js";

const signature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The filter types of scanlines: less what is left of it, and less what is above it (ISO/IEC 15948 §9.2). */
const sub = 1;
const up = 2;

/** The tiles as a PNG file (ISO/IEC 15948), eight bits a sample, grey or RGB. */
export function encodePng(tiles: Tiles): Uint8Array {
  const { width, height, channels } = tiles;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, channels === 1 ? 0 : 2);
  const chunks = [
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", zlibOfRuns(scanlines(tiles))),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, signature.length));
  file.set(signature);
  let at = signature.length;
  for (const each of chunks) {
    file.set(each, at);
    at += each.length;
  }
  return file;
}

/** Filtered, all but the left edge of each tile's first line is zero. */
function* scanlines({ width, height, channels, levels }: Tiles): Generator<Run, void, undefined> {
  const widths = tileLengths(width, levels[0]?.length ?? 1);
  const heights = tileLengths(height, levels.length);
  for (const [row, line] of levels.entries()) {
    yield Uint8Array.of(sub);
    let left: readonly number[] = [];
    for (const [column, tile] of line.entries()) {
      yield Uint8Array.from(tile, (level, channel) => level - (left[channel] ?? 0));
      yield ((widths[column] ?? 1) - 1) * channels;
      left = tile;
    }
    for (let at = 1; at < (heights[row] ?? 1); at += 1) {
      yield Uint8Array.of(up);
      yield width * channels;
    }
  }
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

const crcTable: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** The cyclic redundancy code of chunks (ISO/IEC 15948 §5.5, Annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
