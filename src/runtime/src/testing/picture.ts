import type { Draw } from "./seed.js";
import { encodeJpeg } from "./jpeg.js";
import { encodePng } from "./png.js";

/** A picture of even tiles: however large it is, few words say all of it. */
export interface Tiles {
  /** Pixels; the last tile of a row or column takes what is left over. */
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: 1 | 3;
  /** Row by row, each row with its tiles from the left, each tile with the levels of its channels from 0 to 255. */
  readonly levels: readonly (readonly (readonly number[])[])[];
}

/** The size of a picture: height, width and channels, as descriptions state it. */
export type PictureShape = readonly number[];

/** A picture's bytes, and what they are. */
export interface Picture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Tiles in a row and in a column, where there are as many pixels. */
const tilesInLine = 8;

/** What a description is taken to mean that states no size. */
const usualShape: PictureShape = [64, 64, 3];

/** JPEG has two bytes for a length (ITU-T T.81 §B.2.2). */
const longestJpeg = 65_535;

/**
 * A picture of the size that `shape` states, 64 by 64 where it states none, as the first of PNG and JPEG that
 * `mediaTypes` name; PNG where they name neither. Pictures have no alpha channel, and one channel means grey.
 */
export function drawPicture(draw: Draw, mediaTypes: readonly string[], shape?: PictureShape): Picture {
  const isJpeg = mediaTypes.find((type) => type === "image/png" || type === "image/jpeg") === "image/jpeg";
  const tiles = drawTiles(draw, shape?.length === 3 ? shape : usualShape, isJpeg ? longestJpeg : 2 ** 31 - 1);
  return isJpeg
    ? { mediaType: "image/jpeg", bytes: encodeJpeg(tiles) }
    : { mediaType: "image/png", bytes: encodePng(tiles) };
}

function drawTiles(draw: Draw, [height = 1, width = 1, depth = 3]: PictureShape, longest: number): Tiles {
  const channels = depth === 1 ? 1 : 3;
  const size = { width: lengthWithin(width, longest), height: lengthWithin(height, longest) };
  const tile = (): readonly number[] => Array.from({ length: channels }, () => draw.integer(0, 255));
  const line = (): readonly (readonly number[])[] =>
    Array.from({ length: Math.min(tilesInLine, size.width) }, tile);
  return { ...size, channels, levels: Array.from({ length: Math.min(tilesInLine, size.height) }, line) };
}

/** A length that is open is the usual one. */
function lengthWithin(length: number, longest: number): number {
  return length < 1 ? 64 : Math.min(length, longest);
}
