import { DeploymentError } from "../errors.js";

/** The most characters that a line, or what a reader collects of several, may have. */
export const longestItem: number = 16 * 1024 * 1024;

/** One line of a reply, without its end. */
export interface TextLine {
  readonly text: string;
  /** False for what stands behind the last end of a line. */
  readonly ended: boolean;
}

/**
 * The lines of UTF-8 text that comes in pieces, each as soon as it has ended: by LF, CRLF or CR, wherever the pieces are
 * cut. A byte order mark at the beginning is passed over. Rejects with `bad-reply` where a line is longer than
 * `longestItem`, or, if the text is to be `fatal`, where it is no UTF-8; bytes that are none read as U+FFFD otherwise.
 */
export async function* readTextLines(
  chunks: AsyncIterable<Uint8Array>,
  { fatal }: { readonly fatal: boolean },
): AsyncGenerator<TextLine, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal });
  // Parts of a line that has not ended yet: joined once, so that a long line in many pieces takes no more time.
  let parts: string[] = [];
  let length = 0;
  let afterReturn = false;
  const keep = (part: string): void => {
    length += part.length;
    if (length > longestItem) throw tooLong();
    parts.push(part);
  };
  const take = (part: string): TextLine => {
    keep(part);
    const text = parts.join("");
    parts = [];
    length = 0;
    return { text, ended: true };
  };
  for await (const chunk of chunks) {
    const text = decoded(decoder, chunk);
    if (text === "") continue;
    // The other half of a CRLF whose first half ended the piece before.
    let from = afterReturn && text.startsWith("\n") ? 1 : 0;
    afterReturn = text.endsWith("\r");
    const ends = /\r\n?|\n/g;
    ends.lastIndex = from;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      yield take(text.slice(from, end.index));
      from = ends.lastIndex;
    }
    if (from < text.length) keep(text.slice(from));
  }
  keep(decoded(decoder));
  if (length > 0) yield { ...take(""), ended: false };
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new DeploymentError("bad-reply", "The reply is not UTF-8.", { cause });
  }
}

function tooLong(): DeploymentError {
  return new DeploymentError(
    "bad-reply",
    `The reply has an item of more than ${longestItem} characters; no more is kept in memory.`,
  );
}
