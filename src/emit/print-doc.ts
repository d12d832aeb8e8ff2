/*
 * One of prettier's documents in, its text out, the same as of prettier's own printer, which takes several times as long:
 * it goes through a document for what must break before it prints it, and through what fits on a line twice. Here what
 * fits is printed while it is measured. It knows what `layout-*.ts` make their documents of; a test holds it to prettier.
 */
import type { builders } from "prettier/doc";

type Doc = builders.Doc;

/** What has not been printed yet, and may break: its first `from` parts have been. */
interface Rest {
  readonly doc: Doc;
  readonly indent: number;
  readonly from: number;
}

/** How a document is printed. */
export interface PrintOptions {
  readonly printWidth: number;
  readonly tabWidth: number;
  /** How many columns a text takes. */
  readonly widthOf: (text: string) => number;
}

/** `doc` as text, from the first column on. */
export function printDoc(doc: Doc, { printWidth, tabWidth, widthOf }: PrintOptions): string {
  const rest: Rest[] = [{ doc, indent: 0, from: 0 }];
  const broken = new Set<symbol>();
  const lines: string[] = [];
  let current = "";
  // Of most lines nothing need be measured: their ends are certain. How far the present one has been, and its width.
  let measured = 0;
  let column = 0;
  // What is tried on one line: its text, the room that is left behind it, and whether a space is due before its next word.
  let flat = "";
  let room = 0;
  let isSpaceDue = false;

  const measure = (text: string): boolean => {
    if (text === "") return room >= 0;
    if (isSpaceDue) room -= 1;
    isSpaceDue = false;
    room -= widthOf(text);
    return room >= 0;
  };

  /** Puts `part` at the end of what is tried; false where it has no room or must break. */
  const tryFlat = (part: Doc): boolean => {
    if (typeof part === "string") {
      flat += part;
      return measure(part);
    }
    if (Array.isArray(part)) return part.every(tryFlat);
    switch (part.type) {
      case "group":
        return !part.break && tryFlat(part.contents);
      case "indent":
      case "align":
      case "indent-if-break":
        return tryFlat(contentsOf(part));
      case "fill":
        return part.parts.every(tryFlat);
      case "if-break":
        return tryFlat(isBroken(part, false) ? part.breakContents : part.flatContents);
      case "line":
        if (part.hard === true) return false;
        if (part.soft === true) return true;
        flat += " ";
        isSpaceDue = true;
        return true;
      case "break-parent":
        return false;
      default:
        return ignored(part);
    }
  };

  /** Whether what follows on the same line has room too; undefined where the line goes on behind `part`. */
  const followsWell = (part: Doc, from = 0): boolean | undefined => {
    if (typeof part === "string") return measure(part) ? undefined : false;
    if (Array.isArray(part)) return firstOf(part, from);
    switch (part.type) {
      case "group":
      case "indent":
      case "align":
      case "indent-if-break":
        return followsWell(contentsOf(part));
      case "fill":
        return firstOf(part.parts, from);
      case "if-break":
        return followsWell(isBroken(part, true) ? part.breakContents : part.flatContents);
      case "line":
        return true;
      case "break-parent":
        return undefined;
      default:
        return ignored(part) ? undefined : false;
    }
  };
  const firstOf = (parts: readonly Doc[], from: number): boolean | undefined => {
    for (let index = from; index < parts.length; index += 1) {
      const verdict = followsWell(parts[index] ?? "");
      if (verdict !== undefined) return verdict;
    }
    return undefined;
  };

  const isBroken = (part: builders.IfBreak, otherwise: boolean): boolean =>
    "groupId" in part && typeof part.groupId === "symbol" ? broken.has(part.groupId) : otherwise;

  /** Whether `part` fits on the line, with what follows it there where `behind` says so. */
  const fits = (part: Doc, behind: boolean): boolean => {
    column += widthOf(current.slice(measured));
    measured = current.length;
    flat = "";
    room = printWidth - column;
    isSpaceDue = false;
    if (!tryFlat(part)) return false;
    if (!behind) return true;
    let verdict: boolean | undefined;
    for (let index = rest.length - 1; index >= 0 && verdict === undefined; index -= 1) {
      const next = rest[index];
      if (next !== undefined) verdict = followsWell(next.doc, next.from);
    }
    return verdict ?? true;
  };

  /** As much on each line as there is room for. */
  const fillLines = (part: builders.Fill, { indent, from }: Rest): void => {
    const [content, space, second] = part.parts.slice(from, from + 3);
    if (content === undefined) return;
    const fitsAlone = fits(content, false);
    const text = flat;
    const fitsBoth = space !== undefined && second !== undefined && fits([content, space, second], false);
    if (space !== undefined && second !== undefined) rest.push({ doc: part, indent, from: from + 2 });
    const staysFlat = fitsBoth || (second === undefined && fitsAlone);
    if (space !== undefined && !staysFlat) rest.push({ doc: space, indent, from: 0 });
    if (!fitsAlone) rest.push({ doc: content, indent, from: 0 });
    else current += text;
    if (space === undefined || !staysFlat) return;
    fits(space, false);
    current += flat;
  };

  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { doc: part, indent } = next;
    if (typeof part === "string") {
      current += part;
      continue;
    }
    if (Array.isArray(part)) {
      for (let index = part.length - 1; index >= 0; index -= 1)
        rest.push({ doc: part[index] ?? "", indent, from: 0 });
      continue;
    }
    switch (part.type) {
      case "group":
        if (fits(part, true)) current += flat;
        else {
          if (part.id !== undefined) broken.add(part.id);
          rest.push({ doc: part.contents, indent, from: 0 });
        }
        break;
      case "indent":
        rest.push({ doc: part.contents, indent: indent + tabWidth, from: 0 });
        break;
      case "align":
        rest.push({ doc: part.contents, indent: indent + Number(part.n), from: 0 });
        break;
      case "fill":
        fillLines(part, next);
        break;
      case "if-break":
        rest.push({ doc: isBroken(part, true) ? part.breakContents : part.flatContents, indent, from: 0 });
        break;
      case "indent-if-break": {
        const isIndented = "groupId" in part && typeof part.groupId === "symbol" && broken.has(part.groupId);
        rest.push({ doc: contentsOf(part), indent: isIndented ? indent + tabWidth : indent, from: 0 });
        break;
      }
      case "line":
        lines.push(/[ \t]$/.test(current) ? current.replace(/[ \t]+$/, "") : current);
        current = " ".repeat(indent);
        measured = indent;
        column = indent;
        break;
      case "break-parent":
        break;
      default:
        ignored(part);
    }
  }
  return [...lines, current].join("\n");
}

/** What stands in it; prettier's types do not say so of all that have something. */
function contentsOf(part: builders.Group | builders.Indent | builders.Align | builders.IndentIfBreak): Doc {
  if ("contents" in part && isDoc(part.contents)) return part.contents;
  throw new Error(`a document without contents: ${part.type}`);
}

function isDoc(value: unknown): value is Doc {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** There are no comments at the ends of lines, so that nothing need wait for such an end. */
function ignored({ type }: builders.DocCommand): true {
  if (type === "line-suffix-boundary") return true;
  throw new Error(`no document that is printed here: ${type}`);
}
