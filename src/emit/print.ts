import type { Member, NewType, TypeTree, Value } from "../plan/package-plan.js";
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
        : `Array.from({ length: ${value.length} }, () => ${printBody(value.item)})`;
  }
}

/** A value as all that a function has: braces alone would be its body. */
function printBody(value: Value): string {
  return value.kind === "object" ? `(${printValue(value)})` : printValue(value);
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
    case "tuple": {
      const items = [
        ...type.items.map(printType),
        ...(type.rest === undefined ? [] : [`...${operand(type.rest)}[]`]),
      ];
      return `${type.readonly === true ? "readonly " : ""}[${items.join(", ")}]`;
    }
    case "array":
      return `${type.readonly === true ? "readonly " : ""}${operand(type.item)}[]`;
    case "union":
      return type.parts.length === 0 ? "never" : type.parts.map(printType).join(" | ");
    case "intersection":
      return type.parts.map((part) => (part.kind === "union" ? operand(part) : printType(part))).join(" & ");
    case "object": {
      const members = [...type.members.map(printMember), ...restMember(type.rest)];
      return `{ ${members.map((member) => `${member}; `).join("")}}`;
    }
    case "keyof":
      return `keyof ${type.name}`;
    case "indexed":
      return `${type.object}[${stringLiteral(type.key)}]`;
  }
}

/** `members` as the inside of an interface, each with its comment. */
export function printMembers(members: readonly Member[]): string {
  return members.map((member) => `${docComment(member.doc, "  ")}  ${printMember(member)};\n`).join("");
}

/** Types, exported, each with its comment. */
export function printTypes(types: readonly NewType[]): string {
  return types
    .map((type) => {
      const head = `${docComment(type.doc)}export`;
      if (type.kind === "alias") return `${head} type ${type.name} = ${printType(type.type)};\n\n`;
      const rest = restMember(type.rest).map((member) => `  ${member};\n`);
      const bases = type.extends === undefined ? "" : ` extends ${type.extends.map(printType).join(", ")}`;
      return `${head} interface ${type.name}${bases} {\n${printMembers(type.members)}${rest.join("")}}\n\n`;
    })
    .join("");
}

function printMember({ name, type, optional }: Member): string {
  return `${memberName(name)}${optional ? "?" : ""}: ${printType(type)}`;
}

function restMember(rest: TypeTree | undefined): readonly string[] {
  return rest === undefined ? [] : [`[name: string]: ${printType(rest)}`];
}

/** A type where something follows that binds closer. */
function operand(type: TypeTree): string {
  const binds =
    type.kind === "array" || type.kind === "tuple" ? type.readonly !== true : !loose.has(type.kind);
  return binds ? printType(type) : `(${printType(type)})`;
}

const loose: ReadonlySet<TypeTree["kind"]> = new Set(["union", "intersection", "keyof"]);

// One feature a line: prettier keeps an object open whose first member stands on a line of its own.
function printObject(members: readonly (readonly [string, Value])[]): string {
  if (members.length === 0) return "{}";
  const printed = members.map(([name, value]) => `${ownMemberName(name)}: ${printValue(value)}`);
  return `{ ${printed.join(", ")} }`;
}

function printPlain(value: number | boolean | null): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
