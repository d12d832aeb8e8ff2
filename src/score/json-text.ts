/** What follows the string whose quote stands at `from`, or -1 where it does not end. */
export function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return -1;
}

/** What follows the value that begins at `from`, or -1 where it may go on. Whether it is JSON is not looked at. */
export function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== "{" && first !== "[") {
    scalarEnd.lastIndex = from;
    return scalarEnd.exec(text)?.index ?? -1;
  }
  let depth = 0;
  for (let at = from; at !== -1;) {
    marks.lastIndex = at;
    const found = marks.exec(text);
    if (found === null) return -1;
    const [mark] = found;
    if (mark === '"') {
      at = endOfString(text, found.index);
      continue;
    }
    depth += mark === "{" || mark === "[" ? 1 : -1;
    at = found.index + 1;
    if (depth === 0) return at;
  }
  return -1;
}

const scalarEnd = /[\s,\]}]/g;
const marks = /["{}[\]]/g;

/** Where the next character stands that is no blank; the length of the text where there is none. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}
