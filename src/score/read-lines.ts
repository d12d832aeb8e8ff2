/*
 * Text that comes piece by piece, cut where records end: what is left of one is kept for the next piece. A record that
 * is longer than many pieces is not looked through anew with each of them.
 */

/** What was taken off the beginning of a text. */
export interface Taken<Block> {
  readonly block: Block;
  /** How many characters of the text are done with. */
  readonly length: number;
}

/** Blocks of records; `take` gets a text, and whether it is the last, which may be empty: all of it is to be taken. */
export async function* inBlocks<Block>(
  pieces: AsyncIterable<string>,
  take: (text: string, isLast: boolean) => Taken<Block>,
): AsyncGenerator<Block> {
  let waiting: string[] = [];
  let length = 0;
  let enough = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < enough) continue;
    const text = waiting.length === 1 ? piece : waiting.join("");
    const taken = take(text, false);
    const rest = text.slice(taken.length);
    waiting = rest === "" ? [] : [rest];
    length = rest.length;
    // Where nothing ended, the next look is worth it only when there is much more.
    enough = taken.length === 0 ? 2 * length : 0;
    yield taken.block;
  }
  yield take(waiting.join(""), true).block;
}

/** How many lines end in `text`. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
