import type { Draw } from "./seed.js";

/** The first words of the text that stands for text since the sixteenth century. */
const words: readonly string[] = [
  ...["lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod"],
  ...["tempor", "incididunt", "ut", "labore", "et", "dolore", "magna", "aliqua", "enim", "ad", "minim"],
  ...["veniam", "quis", "nostrud", "exercitation", "ullamco", "laboris", "nisi", "aliquip", "ex", "ea"],
];

/** So many words with spaces between. */
export function drawWords(draw: Draw, count: number): string {
  return Array.from({ length: count }, () => draw.pick(words)).join(" ");
}
