import { DeploymentError, shown } from "../errors.js";
import { readTextLines } from "./text-lines.js";

/**
 * The values of a body that has a JSON text in each line, each as soon as its line has ended; blank lines are passed
 * over, and the last line needs no end. Rejects with `bad-reply` where a line is no JSON, no UTF-8, or longer than
 * 16 Mi characters.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown, void, undefined> {
  let count = 0;
  for await (const { text } of readTextLines(chunks, { fatal: true })) {
    count += 1;
    if (/\S/.test(text)) yield parsed(text, count);
  }
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DeploymentError("bad-reply", `Line ${line} of the reply is no JSON: ${shown(text)}.`, {
      cause,
    });
  }
}
