import type { Options } from "prettier";

/*
 * Source text in, the same text laid out. The only file that imports prettier; its options are all explicit, so
 * that no configuration of the user's changes a byte.
 */

const options: Options = {
  printWidth: 100,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: "as-needed",
  trailingComma: "all",
  bracketSpacing: true,
  objectWrap: "preserve",
  arrowParens: "always",
  proseWrap: "preserve",
  endOfLine: "lf",
  embeddedLanguageFormatting: "auto",
};

const parsers: ReadonlyMap<string, string> = new Map([
  ["ts", "typescript"],
  ["md", "markdown"],
]);

/** Lays out one file by its extension; a kind that prettier is not asked for comes back as it is. */
export async function formatFile(path: string, text: string): Promise<string> {
  const parser = parsers.get(path.slice(path.lastIndexOf(".") + 1));
  if (parser === undefined) return text;
  const { format } = await import("prettier");
  return format(text, { ...options, parser });
}
