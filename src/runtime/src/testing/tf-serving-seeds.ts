import { elementCount } from "../arrays/nd-shape.js";
import type { Column } from "../protocols/tensors.js";
import type { Seed } from "./seed.js";
import { createSeedHash } from "./seed-hash.js";
import type { SeedHash } from "./seed-hash.js";

/** Takes the row of that number into a hash. */
type TakeRow = (hash: SeedHash, row: number) => void;

/**
 * The seed of each of `count` rows of the columns: it follows from `own` and from the row's elements and shapes alone.
 * A column of one row stands for all of them; one without dimensions is part of each.
 */
export function rowSeeds(columns: readonly Column[], count: number, own: Seed): readonly Seed[] {
  const takers = columns.map(({ shape, ...column }) => {
    const rows = shape[0] ?? 1;
    return rowTaker({ ...column, shape }, { shape: shape.slice(1), fixed: rows === 1 });
  });
  return Array.from({ length: count }, (_, row) => seedBy(takers, row, own));
}

/** The seed of whole columns. */
export function wholeSeed(columns: readonly Column[], own: Seed): Seed {
  return seedBy(
    columns.map((column) => rowTaker(column, { shape: column.shape, fixed: true })),
    0,
    own,
  );
}

function seedBy(takers: readonly TakeRow[], row: number, own: Seed): Seed {
  const hash = createSeedHash(own);
  for (const take of takers) take(hash, row);
  return hash.finish();
}

/** `shape` is that of a row; where it is `fixed`, the first row stands for all. */
function rowTaker(
  column: Pick<Column, "data" | "shape">,
  { shape, fixed }: { readonly shape: readonly number[]; readonly fixed: boolean },
): TakeRow {
  const size = elementCount(shape);
  const take = elementTaker(column.data);
  return (hash, row) => {
    hash.word(shape.length);
    for (const length of shape) hash.word(length);
    const from = fixed ? 0 : row * size;
    for (let index = from; index < from + size; index += 1) take(hash, index);
  };
}

/** Whether this machine puts the low byte first. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function elementTaker(data: Column["data"]): TakeRow {
  if (!ArrayBuffer.isView(data)) return (hash, index) => takeText(hash, data[index] ?? "");
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = data;
  if (width === 1) {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    return (hash, index) => hash.word(bytes[index] ?? 0);
  }
  if (width === 2) {
    const halves = new Uint16Array(buffer, byteOffset, byteLength / 2);
    return (hash, index) => hash.word(halves[index] ?? 0);
  }
  const words = new Uint32Array(buffer, byteOffset, byteLength / 4);
  if (width === 4) return (hash, index) => hash.word(words[index] ?? 0);
  const low = littleEndian ? 0 : 1;
  return (hash, index) => {
    hash.word(words[2 * index + low] ?? 0);
    hash.word(words[2 * index + 1 - low] ?? 0);
  };
}

/** Text by its code units, bytes by themselves; never one as the other. */
function takeText(hash: SeedHash, element: string | Uint8Array): void {
  hash.word(element.length);
  if (typeof element === "string") {
    for (let at = 0; at < element.length; at += 1) hash.word(element.charCodeAt(at));
  } else {
    for (const byte of element) hash.word(byte | 0x10000);
  }
}
