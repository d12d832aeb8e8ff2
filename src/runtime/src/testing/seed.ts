import { hashValue, toSeed } from "./hash-value.js";
import type { Seed } from "./hash-value.js";

export { hashValue };
export type { Seed };

/** Draws values, one after another, always the same from the same seed. */
export interface Draw {
  /** The next number from 0 to below 1, a multiple of 2^-32. */
  next(): number;
  /** The next whole number from `min` to `max`, both inclusive and safe. */
  integer(min: number, max: number): number;
  /** The next number of a bell around 0 whose deviation is 1; it never leaves -4.3 to 4.3. */
  normal(): number;
  /** The next item of `list`, which must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** What draws for a part of that name: it is the same whatever has been drawn here, and changes nothing here. */
  fork(name: string | number): Draw;
}

/**
 * What draws from `seed` for the part that `path` names. The generator is sfc32 of PractRand (Chris Doty-Humphrey,
 * public domain), the arithmetic such that every platform draws the same.
 */
export function createDraw(seed: number | string | Seed, ...path: readonly (string | number)[]): Draw {
  const own = path.length === 0 ? toSeed(seed) : hashValue(seed, path);
  let [a, b, c, counter] = own;

  function word(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  // Its author lets twelve words pass before a seed has gone into all of the state.
  for (let passed = 0; passed < 12; passed += 1) word();

  function below(count: number): number {
    if (count <= 2 ** 32) return Math.floor((word() / 2 ** 32) * count);
    return Math.floor(((word() & 0x1fffff) / 2 ** 21 + word() / 2 ** 53) * count);
  }

  return {
    next: () => word() / 2 ** 32,
    integer: (min, max) => Math.min(max, min + below(max - min + 1)),
    normal() {
      // The sum of six: logarithms and cosines differ in their last digits between platforms.
      let sum = 0;
      for (let taken = 0; taken < 6; taken += 1) sum += word() / 2 ** 32;
      return (sum - 3) * Math.SQRT2;
    },
    pick(list) {
      const at = below(list.length);
      for (const item of list.slice(at, at + 1)) return item;
      throw new RangeError("There is nothing to pick from an empty list.");
    },
    fork: (name) => createDraw(own, name),
  };
}
