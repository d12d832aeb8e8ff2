import type { Member, NewInterface, TypeTree, Value } from "../plan/package-plan.js";
import { docComment, memberName, ownMemberName, stringLiteral } from "./safe-text.js";

/*
 * Prints the plan's values, types and members as TypeScript. Layout is prettier's business; what is printed here is
 * right, not pretty.
 */

/** `value` as an expression. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? stringLiteral(value.value) : printPlain(value.value);
    case "list":
      return `[${value.items.map(printValue).join(", ")}]`;
    case "object":
      return printObject(value.members);
    case "reference":
      return value.path.join(".");
    case "call":
      return `${value.callee}(${value.arguments.map(printValue).join(", ")})`;
    case "typed-array":
      return `new ${value.name}(${value.length})`;
    case "repeated":
      return value.length === 1
        ? `[${printValue(value.item)}]`
        : `Array.from({ length: ${value.length} }, () => ${printValue(value.item)})`;
  }
}

/** `type` as a type. */
export function printType(type: TypeTree): string {
  switch (type.kind) {
    case "name":
      return type.arguments.length === 0
        ? type.name
        : `${type.name}<${type.arguments.map(printType).join(", ")}>`;
    case "literal":
      return typeof type.value === "string" ? stringLiteral(type.value) : printPlain(type.value);
    case "tuple":
      return `[${type.items.map(printType).join(", ")}]`;
    case "array":
      return `${printType(type.item)}[]`;
    case "intersection":
      return type.parts.map(printType).join(" & ");
    case "keyof":
      return `keyof ${type.name}`;
    case "indexed":
      return `${type.object}[${stringLiteral(type.key)}]`;
  }
}

/** `members` as the inside of an interface, each with its comment. */
export function printMembers(members: readonly Member[]): string {
  return members
    .map(({ name, type, optional, doc }) => {
      return `${docComment(doc, "  ")}  ${memberName(name)}${optional ? "?" : ""}: ${printType(type)};\n`;
    })
    .join("");
}

/** Interfaces, exported, each with its comment. */
export function printInterfaces(interfaces: readonly NewInterface[]): string {
  return interfaces
    .map(
      ({ name, doc, members }) =>
        `${docComment(doc)}export interface ${name} {\n${printMembers(members)}}\n\n`,
    )
    .join("");
}

// One feature a line: prettier keeps an object open whose first member stands on a line of its own.
function printObject(members: readonly (readonly [string, Value])[]): string {
  if (members.length === 0) return "{}";
  const printed = members.map(([name, value]) => `${ownMemberName(name)}: ${printValue(value)}`);
  return `{ ${printed.join(", ")} }`;
}

function printPlain(value: number | boolean | null): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
