/** The first wait and the longest, in milliseconds. */
const shortest = 500;
const longest = 5_000;

/** Milliseconds before a prediction is asked for once more, having been `asked` for: growing, some of it at random. */
export function pollDelay(asked: number): number {
  const whole = Math.min(longest, shortest * 1.5 ** asked);
  return Math.round(whole * (0.75 + Math.random() / 4));
}
