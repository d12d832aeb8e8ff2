/*
 * Source code as prettier's own documents, and as text laid out as prettier would lay it out. Of prettier only these
 * documents are there when a package is made, and neither its parsers nor its rules, which `layout-*.ts` have for the
 * little that is ever printed here. A test holds them to prettier itself.
 */
import { builders, printer } from "prettier/doc";
import { printDoc } from "./print-doc.js";
import { sourceLayout } from "./source-layout.js";

/** What `printDoc` prints, as does prettier. */
export type Doc = builders.Doc;

const { printWidth, tabWidth } = sourceLayout;
const { group, indent, indentIfBreak, line, lineSuffixBoundary, softline } = builders;

/** `doc` as text, from the first column on. */
export function layOut(doc: Doc): string {
  return printDoc(doc, { printWidth, tabWidth, widthOf: textWidth });
}

/** Letters of which prettier, whose emoji and other wide characters are many, is known to count one column each, or two. */
const [narrow, wide] = [
  "\\x20-\\x7e\\xc0-\\u024f\\u0386-\\u03ce\\u0400-\\u0481",
  "\\u3041-\\u3094\\u30a1-\\u30fa\\u4e00-\\u9fa5\\uac00-\\ud7a3",
];
const [plain, simple, double] = [
  /^[\x20-\x7e]*$/,
  new RegExp(`^[${narrow}${wide}]*$`),
  new RegExp(`[${wide}]`, "g"),
];

/** How many columns `text` takes, as prettier counts them. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  if (simple.test(text)) return text.length + (text.match(double)?.length ?? 0);
  let [low, high] = [0, 2 * text.length];
  while (low < high) {
    const width = Math.floor((low + high) / 2);
    const doc = group([text, softline]);
    const { formatted } = printer.printDocToString(doc, { printWidth: width, tabWidth });
    if (formatted === text) high = width;
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
