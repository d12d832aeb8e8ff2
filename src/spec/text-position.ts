import type { TextPosition } from "../gen-deploy-error.js";

const frameWidth = 100;

/** The line and column of `offset` (UTF-16 units) in `text`, with the lines around it and a marker under it. */
export function textPosition(file: string, text: string, offset: number): TextPosition {
  const at = Math.max(0, Math.min(offset, text.length));
  const line = countLines(text, at);
  const start = lineStart(text, at);
  return { file, line, column: at - start + 1, frame: codeFrame(text, { line, start, column: at - start }) };
}

interface Spot {
  readonly line: number;
  readonly start: number;
  /** Counted from 0. */
  readonly column: number;
}

function codeFrame(text: string, { line, start, column }: Spot): string {
  const width = String(line + 1).length;
  // A description may be one line of megabytes: all lines of a frame show the same window.
  const from = column > frameWidth - 20 ? column - frameWidth / 2 : 0;
  const numbered = (number: number, begin: number, mark: string): string =>
    `${mark} ${String(number).padStart(width)} | ${windowOf(text, begin, from)}`.trimEnd();
  const next = text.indexOf("\n", start);
  const marker = `  ${" ".repeat(width)} | ${" ".repeat(column - from + (from > 0 ? 1 : 0))}^`;
  return [
    ...(line > 1 ? [numbered(line - 1, lineStart(text, start - 1), " ")] : []),
    numbered(line, start, ">"),
    marker,
    ...(next === -1 ? [] : [numbered(line + 1, next + 1, " ")]),
  ].join("\n");
}

function windowOf(text: string, begin: number, from: number): string {
  const newline = text.indexOf("\n", begin);
  const end = newline === -1 ? text.length : newline;
  const shown = text.slice(Math.min(begin + from, end), Math.min(begin + from + frameWidth, end));
  const cutAfter = begin + from + frameWidth < end;
  // Whatever would move the cursor or the marker takes one column.
  const plain = shown.replace(/\r$/, "").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ");
  return `${from > 0 ? "…" : ""}${plain}${cutAfter ? "…" : ""}`;
}

function countLines(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}
