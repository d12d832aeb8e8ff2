import type { Draw } from "./seed.js";

/** As many numbers from 0 to 1 that sum to 1, one of them mostly a clear winner. */
export function seededShares(count: number, draw: Draw): readonly number[] {
  if (count === 0) return [];
  const winner = draw.integer(0, count - 1);
  const weights = Array.from({ length: count }, () => draw.next() ** 2 + 1e-3);
  const others = weights.reduce((sum, weight, index) => (index === winner ? sum : sum + weight), 0);
  const left = count === 1 ? 0 : 0.05 + 0.4 * draw.next();
  // Digits enough that most of them are not 0; rounded down, so that the winner is not below what it was.
  const scale = 10 ** (4 + Math.ceil(Math.log10(count)));
  const shares = weights.map((weight) => Math.floor((weight / others) * left * scale));
  const rest = shares.reduce((sum, share, index) => (index === winner ? sum : sum + share), 0);
  return shares.map((share, index) => (index === winner ? scale - rest : share) / scale);
}
