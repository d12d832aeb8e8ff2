/*
 * Nodes of types come in, text goes out, laid out as TypeScript's own printer does it.
 */
import type { Literal, PropertyName, Statement, Token, TypeMember, TypeNode } from "./wire-nodes.js";

/** `statements` as a file. */
export function printStatements(statements: readonly Statement[]): string {
  return statements.map((statement) => `${statementText(statement)}\n`).join("");
}

function statementText(statement: Statement): string {
  switch (statement.kind) {
    case "InterfaceDeclaration":
      return `${modifiersText(statement.modifiers)}interface ${statement.name.text} ${membersText(statement.members, 0)}`;
    case "TypeAliasDeclaration":
      return `${modifiersText(statement.modifiers)}type ${statement.name.text} = ${typeText(statement.type, 0)};`;
    case "Verbatim":
      return statement.text;
  }
}

/** `type`, the lines of which begin at `level` steps from the edge. */
function typeText(type: TypeNode | Literal, level: number): string {
  switch (type.kind) {
    case "Identifier":
    case "StringLiteral":
    case "NumericLiteral":
      return nameText(type);
    case "PrefixUnaryExpression":
      return `-${type.operand.text}`;
    case "LiteralType":
      return typeText(type.literal, level);
    case "TypeReference":
      return `${type.typeName.text}${argumentsText(type.typeArguments, level)}`;
    case "ArrayType":
      return `${typeText(type.elementType, level)}[]`;
    case "TupleType":
      return tupleText(type.elements, level);
    case "UnionType":
      return type.types.map((part) => typeText(part, level)).join(" | ");
    case "IntersectionType":
      return type.types.map((part) => typeText(part, level)).join(" & ");
    case "ParenthesizedType":
      return `(${typeText(type.type, level)})`;
    case "IndexedAccessType":
      return `${typeText(type.objectType, level)}[${typeText(type.indexType, level)}]`;
    case "TypeLiteral":
      return type.members.length === 0 ? "{}" : membersText(type.members, level);
    default:
      return tokenText(type);
  }
}

function argumentsText(types: readonly TypeNode[], level: number): string {
  return types.length === 0 ? "" : `<${types.map((type) => typeText(type, level)).join(", ")}>`;
}

function tupleText(elements: readonly TypeNode[], level: number): string {
  const lines = elements.map((element) => `${margin(level + 1)}${typeText(element, level + 1)}`);
  return `[\n${lines.length === 0 ? "" : `${lines.join(",\n")}\n`}${margin(level)}]`;
}

function membersText(members: readonly TypeMember[], level: number): string {
  const lines = members.map((member) => memberText(member, level + 1));
  return `{\n${lines.join("")}${margin(level)}}`;
}

function memberText(member: TypeMember, level: number): string {
  const type = typeText(member.type, level);
  const modifiers = modifiersText(member.modifiers);
  if (member.kind === "IndexSignature") {
    const keys = member.parameters.map((key) => `${key.name.text}: ${typeText(key.type, level)}`);
    return `${margin(level)}${modifiers}[${keys.join(", ")}]: ${type};\n`;
  }
  const comments = member.comments.map((text) => commentText(`/*${text}*/`, level)).join("");
  const optional = member.questionToken === undefined ? "" : "?";
  return `${comments}${margin(level)}${modifiers}${nameText(member.name)}${optional}: ${type};\n`;
}

/** A comment on lines of its own; what stood before its second and further lines stays, beyond the margin. */
function commentText(text: string, level: number): string {
  const [first = "", ...others] = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const lines = others.map((line) => `${margin(level)}${" ".repeat(indentOf(line))}${line.trim()}\n`);
  return `${margin(level)}${first.trim()}\n${lines.join("")}`;
}

/** How many columns of white space a line begins with, a tab reaching to the next fourth. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (!white.test(character)) break;
    columns += character === "\t" ? 4 - (columns % 4) : 1;
  }
  return columns;
}

function margin(level: number): string {
  return "    ".repeat(level);
}

const white = /[ \t\v\f\u0085\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/;

function modifiersText(modifiers: readonly Token[]): string {
  return modifiers.map((modifier) => `${tokenText(modifier)} `).join("");
}

/** `BooleanKeyword` is called what it is; signs that are no words stand in other nodes. */
function tokenText({ kind }: Token): string {
  return kind.replace(/Keyword$/, "").toLowerCase();
}

function nameText({ kind, text }: PropertyName): string {
  return kind === "StringLiteral" ? `"${text.replace(special, escaped)}"` : text;
}

// oxlint-disable-next-line no-control-regex -- control characters are what is escaped
const special = /[\\"\u0000-\u001f\u0080-\uffff]/g;

const short: ReadonlyMap<string, string> = new Map([
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\b", "\\b"],
  ["\r", "\\r"],
  ["\n", "\\n"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

function escaped(character: string, at: number, text: string): string {
  if (character === "\0") return /[0-9]/.test(text[at + 1] ?? "") ? "\\x00" : "\\0";
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return short.get(character) ?? `\\u${code}`;
}
