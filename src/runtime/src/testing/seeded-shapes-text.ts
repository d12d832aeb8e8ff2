import type { Draw } from "./seed.js";

/** Words of Cicero, as printers have them. */
const words = [
  ...["lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod"],
  ...["tempor", "incididunt", "ut", "labore", "et", "dolore", "magna", "aliqua", "enim", "minim", "veniam"],
] as const;

/** Some words, `most` at most. */
export function loremText(draw: Draw, most: number): string {
  return Array.from({ length: draw.integer(1, most) }, () => draw.pick(words)).join(" ");
}

/** As many different names. */
export function loremNames(draw: Draw, count: number): readonly string[] {
  const first = draw.integer(0, words.length - 1);
  return Array.from({ length: count }, (_, index) => words[(first + index) % words.length] ?? `${index}`);
}
