/*
 * The only door by which a description's words enter source code. Whatever the words are, what comes out is one
 * literal, one comment or one piece of Markdown: nothing in it can end early.
 */

/** `text` as a double-quoted string literal that is also safe inside HTML and JSON. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffd]/g, escaped);
}

/** `text` as a string literal in the quotes that need fewer backslashes, as prettier has it. */
export function quoted(text: string): string {
  const double = stringLiteral(text);
  if (!text.includes('"') || text.split('"').length <= text.split("'").length) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** `name` as a member of an object literal or interface: bare where it is a plain identifier, else quoted. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && name !== "__proto__" ? name : stringLiteral(name);
}

/** `name` as a member of an object literal that makes an own member of it, whatever it is. */
export function ownMemberName(name: string): string {
  return name === "__proto__" ? `["__proto__"]` : memberName(name);
}

/** `text` as a documentation comment, or the empty string where there is nothing to say. */
export function docComment(text: string, indent: string = ""): string {
  const lines = plainLines(text).map((line) => line.replace(/\*\//g, "*\\/").replace(/\/\*/g, "/\\*"));
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  const body = lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n");
  return `${indent}/**\n${body}\n${indent} */\n`;
}

/**
 * `text` inside a line of Markdown, with nothing left that Markdown or HTML would act on, but for plain code between two
 * backticks.
 */
export function markdownText(text: string): string {
  const line = plainLines(text).join(" ").replace(/ {2,}/g, " ");
  if (/^[A-Za-z][A-Za-z0-9 ,.;:()'"!?%/-]*$/.test(line)) return line;
  return line
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((piece, index) => (index % 2 === 1 && !/[\\|<>&]/.test(piece) ? piece : escapedMarkdown(piece)))
    .join("")
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[-+#=]/, "\\$&");
}

/** Inside a word `_` is nothing to Markdown. */
function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*[\]<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&");
}

/** `text` as inline code in Markdown, also inside a table. */
export function markdownCode(text: string): string {
  const line = plainLines(text).join(" ").replace(/\|/g, "\\|");
  if (/^[A-Za-z0-9_]+$/.test(line)) return `\`${line}\``;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * The lines of a text without control characters, blank lines at its ends, or white space at theirs; and without
 * U+FFFD, by which TypeScript 5.4 tells binary files.
 */
function plainLines(text: string): string[] {
  // Most texts are a line of plain letters.
  if (/^[\x20-\x7e]*$/.test(text)) return text.trim() === "" ? [] : [text.trimEnd()];
  const lines = text
    .toWellFormed()
    .split(/\r\n|[\n\r\u2028\u2029\u0085]/)
    // oxlint-disable-next-line no-control-regex -- that is what is taken out
    .map((line) =>
      line
        .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+/g, " ")
        .trimEnd(),
    );
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
