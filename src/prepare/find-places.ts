/*
 * The text of a template comes in, the places in it where edits go come out. The only file that imports ts-morph; it
 * runs when gen-deploy is built.
 */
import { Node, Project, type SourceFile, type Statement } from "ts-morph";
import type { PlacedDeclaration, PlacedModule, PlacedText, Span } from "../emit/placed-template.js";

/** `text` with the places of its imports and of its top-level declarations; those whose shape no edit fits are left out. */
export function findPlaces(path: string, text: string, typed: boolean = true): PlacedText {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const file = project.createSourceFile(path, text);
  const [first] = file.getStatements();
  return {
    text,
    typed,
    head: first === undefined ? null : commentOf(first),
    modules: modulesOf(file),
    declarations: Object.fromEntries(file.getStatements().flatMap(declarationsOf)),
  };
}

function commentOf(statement: Statement): Span | null {
  const [comment] = statement.getLeadingCommentRanges();
  return comment === undefined ? null : { start: comment.getPos(), end: comment.getEnd() };
}

function modulesOf(file: SourceFile): readonly PlacedModule[] {
  return [...file.getImportDeclarations(), ...file.getExportDeclarations()]
    .flatMap((statement): readonly PlacedModule[] => {
      const module = statement.getModuleSpecifierValue();
      if (module === undefined) return [];
      const imported = Node.isImportDeclaration(statement);
      const specifiers = imported ? statement.getNamedImports() : statement.getNamedExports();
      const names = specifiers.map((one) => ({
        text: one.getText(),
        name: (one.getAliasNode() ?? one.getNameNode()).getText(),
      }));
      const word = imported ? "import" : "export";
      const keyword = statement.isTypeOnly() ? (`${word} type` as const) : word;
      return [{ start: statement.getStart(), end: statement.getEnd() + 1, keyword, names, module }];
    })
    .sort((a, b) => a.start - b.start);
}

function declarationsOf(statement: Statement): readonly (readonly [string, PlacedDeclaration])[] {
  const place = { start: statement.getStart(), end: statement.getEnd(), comment: commentOf(statement) };
  const text = statement.getText();
  const around = (value: Node): { readonly left: string; readonly tail: string } => ({
    left: text.slice(0, value.getStart() - place.start).replace(/\s*=?\s*$/, ""),
    tail: text.slice(value.getEnd() - place.start),
  });
  if (Node.isInterfaceDeclaration(statement)) {
    const left = text.slice(0, text.indexOf("{")).trimEnd();
    return [[statement.getName(), { ...place, kind: "interface", left, tail: "" }]];
  }
  if (Node.isTypeAliasDeclaration(statement)) {
    return [[statement.getName(), { ...place, kind: "alias", ...around(statement.getTypeNodeOrThrow()) }]];
  }
  if (Node.isFunctionDeclaration(statement)) {
    return [[statement.getNameOrThrow(), { ...place, kind: "function", left: text, tail: "" }]];
  }
  const [variable] = Node.isVariableStatement(statement) ? statement.getDeclarations() : [];
  if (variable === undefined) return [];
  const value = variable.getInitializer();
  if (value !== undefined)
    return [[variable.getName(), { ...place, kind: "value", ...around(literalIn(value)) }]];
  const type = variable.getTypeNode();
  return type !== undefined && Node.isTypeLiteral(type)
    ? [[variable.getName(), { ...place, kind: "constant", left: around(type).left, tail: around(type).tail }]]
    : [];
}

/** `x as const` and `x satisfies T` keep what stands behind the value. */
function literalIn(value: Node): Node {
  let found = value;
  while (Node.isAsExpression(found) || Node.isSatisfiesExpression(found)) found = found.getExpression();
  return found;
}
