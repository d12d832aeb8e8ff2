import { shown } from "../errors.js";

/** Names shown, and names and characters compared: a message must not take long to make. */
const shownNames = 5;
const comparedNames = 1000;
const comparedLength = 40;

/** The few names out of `names` that are spelt most like `name`, quoted and in that order, for use in a message. */
export function nearestNames(name: string, names: readonly string[]): string {
  if (names.length === 0) return "there are none";
  const ranked = names
    .slice(0, comparedNames)
    .map((candidate) => ({ candidate, distance: distance(name, candidate) }))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, shownNames)
    .map(({ candidate }) => shown(candidate, comparedLength));
  return ranked.join(", ") + (names.length > ranked.length ? ", …" : "");
}

/** How many characters must be put in, taken out or replaced, case aside (Levenshtein). */
function distance(left: string, right: string): number {
  const from = left.slice(0, comparedLength).toLowerCase();
  const to = right.slice(0, comparedLength).toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let index = 1; index <= to.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (from[at - 1] === to[index - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
