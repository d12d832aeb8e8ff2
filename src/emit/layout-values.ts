import { builders } from "prettier/doc";
import type { Value } from "../plan/package-plan.js";
import { assignment, bracketed, type Assigned, type Doc } from "./layout.js";
import { keyText } from "./layout-names.js";
import { quoted } from "./safe-text.js";

const { fill, group, ifBreak, indent, join, line, softline } = builders;

/** `value` as an expression. */
export function valueDoc(value: Value): Doc {
  switch (value.kind) {
    case "literal":
      return literalText(value.value);
    case "list":
      return listDoc(value.items);
    case "object":
      return objectDoc(value.members);
    case "reference":
      return value.path.join(".");
    case "call":
      return [value.callee, argumentsDoc(value.arguments)];
    case "typed-array":
      return `new ${value.name}(${value.length})`;
    case "repeated":
      return value.length === 1
        ? listDoc([value.item])
        : [`Array.from({ length: ${value.length} }, () => `, bodyOf(value.item), ")"];
  }
}

/** How `value` stands behind the name that it is given to. */
export function assignedValue(value: Value): Assigned {
  if (value.kind === "reference" || value.kind === "call") return "word";
  if (value.kind !== "literal" || value.value === null) return "fluid";
  return typeof value.value === "string" ? "word" : "short";
}

/** A JSON scalar as prettier writes it. */
export function literalText(value: string | number | boolean | null): string {
  if (typeof value === "string") return quoted(value);
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

function listDoc(items: readonly Value[]): Doc {
  if (items.length === 0) return "[]";
  if (items.length > 1 && items.every(isNumber)) return numbersDoc(items);
  const docs = items.map((item) => group(valueDoc(item)));
  const shouldBreak =
    items.length > 1 && items.every((item) => holdsMany(item) && item.kind === items[0]?.kind);
  return bracketed(["[", "]"], [join([",", line], docs), ifBreak(",")], { shouldBreak });
}

/** As many numbers on a line as there is room for. */
function numbersDoc(items: readonly Value[]): Doc {
  const id = Symbol("numbers");
  const last = items.length - 1;
  const parts = items.flatMap((item, index): Doc[] =>
    index === last ? [[valueDoc(item), ifBreak(",", "", { groupId: id })]] : [[valueDoc(item), ","], line],
  );
  return group(["[", indent([softline, fill(parts)]), softline, "]"], { id });
}

function objectDoc(members: readonly (readonly [string, Value])[]): Doc {
  if (members.length === 0) return "{}";
  const docs = members.map(([name, value]) =>
    group(
      assignment(name === "__proto__" ? '["__proto__"]' : keyText(name), ":", {
        doc: valueDoc(value),
        as: assignedValue(value),
      }),
    ),
  );
  return bracketed(["{", "}"], [join([",", line], docs), ifBreak(",")], { spaced: true });
}

/** What a function is called with, in its parentheses: an only object or list opens on the same line. */
export function argumentsDoc(values: readonly Value[]): Doc {
  const [only, ...others] = values;
  if (only === undefined) return "()";
  if (others.length === 0 && (only.kind === "object" || only.kind === "list"))
    return ["(", valueDoc(only), ")"];
  return bracketed(["(", ")"], [join([",", line], values.map(valueDoc)), ifBreak(",")]);
}

/** A value as all that a function has: braces alone would be its body. */
function bodyOf(value: Value): Doc {
  return value.kind === "object" ? ["(", valueDoc(value), ")"] : valueDoc(value);
}

function isNumber(value: Value): boolean {
  return value.kind === "literal" && typeof value.value === "number";
}

function holdsMany(value: Value): boolean {
  if (value.kind === "list") return value.items.length > 1;
  return value.kind === "object" && value.members.length > 1;
}
