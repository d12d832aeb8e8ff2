/*
 * Source code as prettier's own documents, and as text laid out as prettier would lay it out. The only file that
 * imports prettier when a package is made: its printer, and neither its parsers nor its rules, which `layout-*.ts`
 * have for the little that is ever printed here. A test holds them to prettier itself.
 */
import { builders, printer } from "prettier/doc";
import { sourceLayout } from "./source-layout.js";

/** What prettier's printer prints. */
export type Doc = builders.Doc;

const { printWidth, tabWidth, useTabs } = sourceLayout;
const { group, indent, indentIfBreak, line, lineSuffixBoundary, softline } = builders;

/** `doc` as text, from the first column on. */
export function layOut(doc: Doc): string {
  return printer.printDocToString(doc, { printWidth, tabWidth, useTabs }).formatted;
}

/** How many columns `text` takes, as prettier counts them. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let [low, high] = [0, 2 * text.length];
  while (low < high) {
    const width = Math.floor((low + high) / 2);
    const doc = group([text, softline]);
    const fits = !printer.printDocToString(doc, { printWidth: width, tabWidth: 2 }).formatted.includes("\n");
    if (fits) high = width;
    else low = width + 1;
  }
  return low;
}

/** How what stands behind `=` or `:` may break. */
export type Assigned =
  /** Words that cannot break: they go to a line of their own where they are too long, unless little is gained. */
  | "word"
  /** A number or boolean: it always follows at once. */
  | "short"
  /** What breaks inside. */
  | "fluid"
  /** A union: it starts on a line of its own where it breaks. */
  | "union";

/** `left`, an operator, and what is assigned. */
export function assignment(left: string, operator: string, { doc, as }: { doc: Doc; as: Assigned }): Doc {
  // A key of less than this wins nothing by a line of its own.
  const shortKey = operator === ":" && textWidth(left) < 5;
  if (as === "union" || (as === "word" && !shortKey))
    return group([group(left), operator, group(indent([line, doc]))]);
  if (as === "short" || shortKey) return group([group(left), operator, " ", doc]);
  const id = Symbol("assignment");
  return group([
    group(left),
    operator,
    group(indent(line), { id }),
    lineSuffixBoundary,
    indentIfBreak(doc, { groupId: id }),
  ]);
}

/** Items between brackets: on one line, or one below the other. */
export function bracketed(
  [open, close]: readonly [string, string],
  items: Doc,
  { spaced = false, shouldBreak = false }: { readonly spaced?: boolean; readonly shouldBreak?: boolean } = {},
): Doc {
  const edge = spaced ? line : softline;
  return group([open, indent([edge, items]), edge, close], { shouldBreak });
}
