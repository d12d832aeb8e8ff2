/** Turns each run of `word` bytes of `own` around, in place: `own` must belong to the caller and begin its buffer. */
export function swapWords(own: Uint8Array, word: number): void {
  if (word === 2) {
    const words = new Uint16Array(own.buffer, own.byteOffset, own.length >> 1);
    for (let i = 0; i < words.length; i += 1) {
      const value = words[i] ?? 0;
      words[i] = (value << 8) | (value >> 8);
    }
    return;
  }
  const words = new Uint32Array(own.buffer, own.byteOffset, own.length >> 2);
  for (let i = 0; i < words.length; i += 1) {
    const value = words[i] ?? 0;
    words[i] = (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
  }
  if (word === 4) return;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const low = words[i] ?? 0;
    words[i] = words[i + 1] ?? 0;
    words[i + 1] = low;
  }
}

/**
 * The items of an array of `shape` in C order, from `source` in Fortran order (first index fastest).
 * Items are moved bit for bit; `source` is left as it is.
 */
export function toCOrder(source: Uint8Array, shape: readonly number[], itemSize: number): Uint8Array {
  const target = new Uint8Array(source.length);
  const [from, to, units] = widest(source, target, itemSize);
  const strides: number[] = [];
  let stride = units;
  for (const length of shape) {
    strides.push(stride);
    stride *= length;
  }
  const rank = shape.length;
  const index = new Array<number>(rank).fill(0);
  let at = 0;
  for (let out = 0; out < to.length; out += units) {
    for (let unit = 0; unit < units; unit += 1) to[out + unit] = from[at + unit] ?? 0;
    for (let axis = rank - 1; axis >= 0; axis -= 1) {
      const step = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      at += step;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      at -= step * next;
      index[axis] = 0;
    }
  }
  return target;
}

interface Units {
  readonly length: number;
  [index: number]: number;
}

/** The same bytes in the widest units that `itemSize` and the place of `source` allow. */
function widest(source: Uint8Array, target: Uint8Array, itemSize: number): readonly [Units, Units, number] {
  const { buffer, byteOffset, length } = source;
  if (itemSize % 4 === 0 && byteOffset % 4 === 0) {
    return [new Uint32Array(buffer, byteOffset, length / 4), new Uint32Array(target.buffer), itemSize / 4];
  }
  if (itemSize % 2 === 0 && byteOffset % 2 === 0) {
    return [new Uint16Array(buffer, byteOffset, length / 2), new Uint16Array(target.buffer), itemSize / 2];
  }
  return [source, target, itemSize];
}
