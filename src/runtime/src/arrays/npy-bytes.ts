/**
 * The items of an array of `shape` in C order, from `source` in Fortran order (first index fastest), each of their
 * words of `swap` bytes turned around; 1 turns nothing around. `source` is left as it is.
 */
export function toCOrder(
  source: Uint8Array,
  shape: readonly number[],
  { itemSize, swap }: { readonly itemSize: number; readonly swap: number },
): Uint8Array {
  const target = new Uint8Array(source.length);
  let out = 0;
  const move = (axis: number, from: number, stride: number): void => {
    const length = shape[axis] ?? 0;
    for (let index = 0, at = from; index < length; index += 1, at += stride) {
      if (axis < shape.length - 1) move(axis + 1, at, stride * length);
      // Words are powers of two long, so their bytes turn around with their low bits.
      else
        for (let byte = 0; byte < itemSize; byte += 1) target[out++] = source[at + (byte ^ (swap - 1))] ?? 0;
    }
  };
  move(0, 0, itemSize);
  return target;
}

/**
 * The texts of fixed-width items, whose characters are bytes (latin-1) or UTF-32 words; the zeros that fill an item up
 * are dropped. Throws a `RangeError` where a word is no character.
 */
export function fixedTexts(points: Uint8Array | Uint32Array, count: number): readonly string[] {
  const width = points.length / count;
  return Array.from({ length: count }, (_, index) => {
    let end = (index + 1) * width;
    while (end > index * width && points[end - 1] === 0) end -= 1;
    let text = "";
    for (let at = index * width; at < end; at += 1) text += String.fromCodePoint(points[at] ?? 0);
    return text;
  });
}
