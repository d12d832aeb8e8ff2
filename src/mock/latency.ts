/** How long replies take, in milliseconds: as long as `least`, up to `most`. */
export interface Latency {
  readonly least: number;
  readonly most: number;
}

/** The latencies of one call after the other: anywhere in the range, the same again for the same seed. */
export function createLatencies({ least, most }: Latency, seed: string): () => number {
  if (most <= least) return () => least;
  // Any start will do: mulberry32, by Tommy Ettinger, steps through all 2³² states.
  let state = Buffer.from(seed).reduce((hash, byte) => Math.imul(hash ^ byte, 16_777_619), 1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (most - least);
  };
}
