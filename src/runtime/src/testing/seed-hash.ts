/** 128 bits from which values are drawn, as four unsigned words. */
export type Seed = readonly [a: number, b: number, c: number, d: number];

/** Takes words, and gives a seed that each of them and their order went into. */
export interface SeedHash {
  /** Takes the lower 32 bits of `value`. */
  word(value: number): void;
  /** The seed of all words so far; the last call. */
  finish(): Seed;
}

/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain) of words instead of bytes, begun from all four words of `seed`.
 * Whole-number arithmetic alone, so every platform gives the same.
 */
export function createSeedHash(seed: Seed): SeedHash {
  let [h1, h2, h3, h4] = seed;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  let length = 0;

  function takeBlock(k4: number): void {
    h1 = Math.imul(rotated(h1 ^ mixed1(k1), 19) + h2, 5) + 0x561ccd1b;
    h2 = Math.imul(rotated(h2 ^ mixed2(k2), 17) + h3, 5) + 0x0bcaa747;
    h3 = Math.imul(rotated(h3 ^ mixed3(k3), 15) + h4, 5) + 0x96cd1c35;
    h4 = Math.imul(rotated(h4 ^ mixed4(k4), 13) + h1, 5) + 0x32ac3b17;
  }

  return {
    word(value) {
      const place = length & 3;
      length += 1;
      if (place === 0) k1 = value;
      else if (place === 1) k2 = value;
      else if (place === 2) k3 = value;
      else takeBlock(value);
    },
    finish() {
      const rest = length & 3;
      if (rest > 2) h3 ^= mixed3(k3);
      if (rest > 1) h2 ^= mixed2(k2);
      if (rest > 0) h1 ^= mixed1(k1);
      return finished([h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length]);
    },
  };
}

function finished(words: Seed): Seed {
  const [a, b, c, d] = spread(words);
  return spread([avalanche(a), avalanche(b), avalanche(c), avalanche(d)]);
}

/** Each word with something of all others. */
function spread([a, b, c, d]: Seed): Seed {
  const first = a + b + c + d;
  return [first >>> 0, (b + first) >>> 0, (c + first) >>> 0, (d + first) >>> 0];
}

function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function mixed1(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
}

function mixed2(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xab0e9789), 16), 0x38b34ae5);
}

function mixed3(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93);
}

function mixed4(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xa1e38b93), 18), 0x239b961b);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
