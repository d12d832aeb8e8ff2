/** The same JSON text over several lines, for people; numbers keep all their digits, which no parser would leave them. */
export function indentJson(text: string): string {
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  return tokens
    .map((token, index) => {
      const next = tokens[index + 1];
      const isEmpty = (token === "[" && next === "]") || (token === "{" && next === "}");
      if (token === "[" || token === "{") {
        depth += 1;
        return isEmpty ? token : token + line();
      }
      if (token === "]" || token === "}") {
        depth -= 1;
        const before = tokens[index - 1];
        return before === "[" || before === "{" ? token : line() + token;
      }
      return token === "," ? token + line() : token === ":" ? ": " : token;
    })
    .join("");
}
