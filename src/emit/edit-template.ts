/*
 * A prepared template and edits come in, source text goes out, laid out as prettier would have it. All edits are
 * applied to the text in one pass, so that cost grows with the text alone.
 */
import { builders } from "prettier/doc";
import type { Edit } from "../plan/package-plan.js";
import { assignedType, bodyDoc, constantDoc, membersDoc, newTypeDoc } from "./layout-types.js";
import { assignedValue, valueDoc } from "./layout-values.js";
import { assignment, bracketed, layOut, type Doc } from "./layout.js";
import type { PlacedDeclaration, PlacedModule, PlacedText, Span } from "./placed-template.js";
import { docComment } from "./safe-text.js";

const { hardline, ifBreak, join, line } = builders;

/** The edits that are about a declaration. */
type DeclarationEdit = Exclude<Edit, { readonly kind: "remove" | "set-module" }>;

interface Replacement extends Span {
  readonly text: string;
}

/**
 * `template` with `edits`. Those of what a built text has no more, such as types in JavaScript, change nothing; whether
 * every edit has its place in the source is for `checkEdits`.
 */
export function editTemplate(template: PlacedText, edits: readonly Edit[]): string {
  const removed = new Set(edits.flatMap((edit) => (edit.kind === "remove" ? [edit.target] : [])));
  const moves = edits.flatMap((edit) => (edit.kind === "set-module" ? [edit] : []));
  const gone = [...removed].flatMap((name) => {
    const place = declarationAt(template, name);
    return place === undefined
      ? []
      : [{ start: (place.comment ?? place).start, end: place.end + 1, text: "" }];
  });
  const replacements = [
    ...template.modules.flatMap((module) => moduleReplacement(module, removed, moves)),
    ...edits.flatMap((edit) =>
      edit.kind === "remove" || edit.kind === "set-module" ? [] : declarationReplacements(template, edit),
    ),
  ];
  // What is set in a declaration that goes as a whole goes with it.
  const kept = replacements.filter(
    ({ start, end }) => !gone.some((place) => place.start <= start && start < place.end && end <= place.end),
  );
  const text = splice(template.text, [...kept, ...gone]);
  return text.replace(/\n{3,}/g, "\n\n").replace(/^\n+/, "");
}

/** Throws where the source of a template lacks what one of `edits` changes: a fault of gen-deploy itself. */
export function checkEdits({ declarations }: PlacedText, edits: readonly Edit[]): void {
  for (const edit of edits) {
    if (edit.kind === "set-module" || edit.kind === "remove" || edit.target === null) continue;
    if (!Object.hasOwn(declarations, edit.target)) throw new Error(`the template has no ${edit.target}`);
  }
}

function declarationAt({ declarations }: PlacedText, name: string): PlacedDeclaration | undefined {
  return Object.hasOwn(declarations, name) ? declarations[name] : undefined;
}

function declarationReplacements(template: PlacedText, edit: DeclarationEdit): readonly Replacement[] {
  if (edit.kind === "set-doc" && edit.target === null) {
    return template.head === null ? [] : [commentReplacement(template.head, edit.doc)];
  }
  const place = edit.target === null ? undefined : declarationAt(template, edit.target);
  if (place === undefined) return [];
  const whole = (doc: () => Doc): readonly Replacement[] => [
    { start: place.start, end: place.end, text: declarationText(edit, place, doc) },
  ];
  switch (edit.kind) {
    case "set-value": {
      if (place.kind === "constant") return whole(() => [place.left, " ", constantDoc(edit.value)]);
      const as = assignedValue(edit.value);
      return whole(() => assignment(place.left, " =", { doc: valueDoc(edit.value), as }));
    }
    case "set-type":
      return whole(() => assignment(place.left, " =", assignedType(edit.type)));
    case "set-members":
      return whole(() => [place.left, " ", bodyDoc(membersDoc(edit.members))]);
    case "set-doc":
      return place.comment === null
        ? [{ start: place.start, end: place.start, text: docComment(edit.doc) }]
        : [commentReplacement(place.comment, edit.doc)];
    case "add-types": {
      if (!template.typed) return [];
      const { start } = place.comment ?? place;
      const text = edit.types.map((type) => `${layOut(newTypeDoc(type))}\n\n`).join("");
      return [{ start, end: start, text }];
    }
  }
}

/**
 * What stands between the name and the end of a declaration, where it is long: source, JavaScript and declarations have
 * the same, and to lay it out is most of the work.
 */
const long = new WeakMap<DeclarationEdit, string>();

function declarationText(
  edit: DeclarationEdit,
  { kind, left, tail }: PlacedDeclaration,
  doc: () => Doc,
): string {
  // A constant's type and its value are made by the same edit and differ.
  const shared = kind !== "constant" && /^[\x20-\x7e]{1,80}$/.test(left);
  const known = shared ? long.get(edit) : undefined;
  if (known !== undefined) return `${left}${known}${tail}`;
  const text = layOut([doc(), join(hardline, tail.split("\n"))]);
  const between = text.slice(left.length, text.length - tail.length);
  // What begins with a bracket at the end of its line goes on below it in the same way, whatever stands before it; and
  // this much has no room on one line, however short the name.
  if (shared && /^ (?:= )?[{[]\n/.test(between) && between.slice(0, 2_000).replace(/\s/g, "").length > 200)
    long.set(edit, between);
  return text;
}

function commentReplacement({ start, end }: Span, doc: string): Replacement {
  return { start, end, text: docComment(doc).trimEnd() };
}

/** An import of which nothing is left goes as a whole; what changes is laid out anew. */
function moduleReplacement(
  place: PlacedModule,
  removed: ReadonlySet<string>,
  moves: readonly Extract<Edit, { readonly kind: "set-module" }>[],
): readonly Replacement[] {
  const { start, end, keyword } = place;
  const imports = keyword.startsWith("import");
  const names = imports ? place.names.filter(({ name }) => !removed.has(name)) : place.names;
  const module = moves.reduce(movedModule, place.module);
  if (names.length === place.names.length && module === place.module) return [];
  if (names.length === 0) return [{ start, end, text: "" }];
  const listed = names.map(({ text }) => text);
  const [only, ...others] = listed;
  const list =
    only !== undefined && others.length === 0
      ? `{ ${only} }`
      : bracketed(["{", "}"], [join([",", line], listed), ifBreak(",")], { spaced: true });
  return [{ start, end, text: layOut([keyword, " ", list, ` from ${JSON.stringify(module)};`, hardline]) }];
}

function movedModule(
  module: string,
  { from, to, folders = [] }: Extract<Edit, { readonly kind: "set-module" }>,
): string {
  if (module !== from && !module.startsWith(`${from}/`)) return module;
  const below = module.slice(from.length);
  const path = below === "" || folders.includes(below.slice(1)) ? `${below}/index` : below;
  return `${to}${path}.js`;
}

function splice(text: string, replacements: readonly Replacement[]): string {
  const ordered = [...replacements].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: inserted } of ordered) {
    if (start < at) throw new Error("two edits of one place in a template");
    pieces.push(text.slice(at, start), inserted);
    at = end;
  }
  return [...pieces, text.slice(at)].join("");
}
