import type * as Morph from "ts-morph";
import type { Edit } from "../plan/package-plan.js";
import { printMembers, printType, printTypes, printValue } from "./print.js";
import { docComment } from "./safe-text.js";

/*
 * Template and edits in, source text out. The only file that imports ts-morph: it finds the places in the template,
 * once, and all edits are applied to the text from back to front, so that cost grows with the text alone.
 */

/** Applies edits to one template after another. */
export type EditApplier = (template: string, edits: readonly Edit[]) => string;

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Loads ts-morph and gives what applies edits. An edit whose target the template lacks is a fault of gen-deploy. */
export async function createEditApplier(): Promise<EditApplier> {
  const { Project, Node } = await import("ts-morph");
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return (template, edits) => {
    const file = project.createSourceFile("template.ts", template, { overwrite: true });
    const removed = new Set(edits.flatMap((edit) => (edit.kind === "remove" ? [edit.target] : [])));
    const replacements = edits.flatMap((edit) => replacementsFor(edit, file, Node));
    const gone = [...withoutImports(file, removed), ...withoutDeclarations(file, removed)];
    // What is set in an import that goes as a whole goes with it.
    const kept = replacements.filter(
      ({ start, end }) => !gone.some((place) => place.start <= start && end <= place.end),
    );
    return splice(template, [...kept, ...gone]);
  };
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

function replacementsFor(
  edit: Edit,
  file: Morph.SourceFile,
  Node: typeof Morph.Node,
): readonly Replacement[] {
  switch (edit.kind) {
    case "set-value":
      return [over(valueNode(file.getVariableDeclarationOrThrow(edit.target), Node), printValue(edit.value))];
    case "set-type":
      return [over(file.getTypeAliasOrThrow(edit.target).getTypeNodeOrThrow(), printType(edit.type))];
    case "set-members":
      return [membersReplacement(file.getInterfaceOrThrow(edit.target), printMembers(edit.members))];
    case "set-doc":
      return [
        docReplacement(
          edit.target === null ? file.getStatements()[0] : declaration(file, edit.target),
          edit.doc,
        ),
      ];
    case "add-types":
      return [insertBefore(declaration(file, edit.target), printTypes(edit.types))];
    case "remove":
      return [];
    case "set-module":
      return moduleReplacements(file, edit);
  }
}

// `x as const` and `x satisfies T` keep what stands behind the value.
function valueNode(variable: Morph.VariableDeclaration, Node: typeof Morph.Node): Morph.Node {
  let value: Morph.Node = variable.getInitializerOrThrow();
  while (Node.isAsExpression(value) || Node.isSatisfiesExpression(value)) value = value.getExpression();
  return value;
}

function membersReplacement(target: Morph.InterfaceDeclaration, text: string): Replacement {
  const open = target.getFirstChildOrThrow((child) => child.getText() === "{").getEnd();
  const close = target.getEnd() - 1;
  return { start: open, end: close, text: `\n${text}` };
}

function insertBefore(target: Morph.Node, text: string): Replacement {
  const start = target.getLeadingCommentRanges()[0]?.getPos() ?? target.getStart();
  return { start, end: start, text };
}

function withoutDeclarations(file: Morph.SourceFile, removed: ReadonlySet<string>): readonly Replacement[] {
  const types = [...file.getInterfaces(), ...file.getTypeAliases()].filter((statement) =>
    removed.has(statement.getName()),
  );
  const values = file
    .getVariableStatements()
    .filter((statement) => statement.getDeclarations().some((one) => removed.has(one.getName())));
  return [...types, ...values].map((statement) => {
    const start = statement.getLeadingCommentRanges()[0]?.getPos() ?? statement.getStart();
    return { start, end: statement.getEnd(), text: "" };
  });
}

function declaration(file: Morph.SourceFile, name: string): Morph.Node {
  const found =
    file.getInterface(name) ??
    file.getTypeAlias(name) ??
    file.getFunction(name) ??
    file.getVariableStatement(name);
  if (found === undefined) throw new Error(`the template has no ${name}`);
  return found;
}

function docReplacement(target: Morph.Node | undefined, doc: string): Replacement {
  const [comment] = target?.getLeadingCommentRanges() ?? [];
  const text = docComment(doc);
  if (comment === undefined) return { start: target?.getStart() ?? 0, end: target?.getStart() ?? 0, text };
  return { start: comment.getPos(), end: comment.getEnd(), text: text.trimEnd() };
}

/** An import statement of which nothing is left goes too. */
function withoutImports(file: Morph.SourceFile, removed: ReadonlySet<string>): readonly Replacement[] {
  return file.getImportDeclarations().flatMap((statement) => {
    const names = statement.getNamedImports();
    const kept = names.filter(
      (specifier) => !removed.has((specifier.getAliasNode() ?? specifier.getNameNode()).getText()),
    );
    const [first] = names;
    if (first === undefined || kept.length === names.length) return [];
    if (kept.length === 0) return [{ start: statement.getStart(), end: statement.getEnd() + 1, text: "" }];
    return [over(first.getParentOrThrow(), `{ ${kept.map((specifier) => specifier.getText()).join(", ")} }`)];
  });
}

function moduleReplacements(
  file: Morph.SourceFile,
  { from, to, folders = [] }: Extract<Edit, { readonly kind: "set-module" }>,
): readonly Replacement[] {
  return [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap((statement) => {
    const specifier = statement.getModuleSpecifier();
    const module = specifier?.getLiteralValue();
    if (specifier === undefined || module === undefined) return [];
    if (module !== from && !module.startsWith(`${from}/`)) return [];
    const below = module.slice(from.length);
    const path = below === "" || folders.includes(below.slice(1)) ? `${below}/index` : below;
    return [over(specifier, JSON.stringify(`${to}${path}.js`))];
  });
}

function over(node: Morph.Node, text: string): Replacement {
  return { start: node.getStart(), end: node.getEnd(), text };
}
