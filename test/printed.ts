import { printer } from "prettier/doc";
import { newTypeDoc, typeDoc } from "../src/emit/layout-types.js";
import { valueDoc } from "../src/emit/layout-values.js";
import type { Doc } from "../src/emit/layout.js";
import type { NewType, TypeTree, Value } from "../src/plan/package-plan.js";

/** `doc` on one line, wherever a line may be as long as it likes. */
export function flat(doc: Doc): string {
  return printer.printDocToString(doc, { printWidth: Infinity, tabWidth: 2 }).formatted;
}

/** A planned value as source code on one line. */
export function printValue(value: Value): string {
  return flat(valueDoc(value));
}

/** A planned type as source code on one line. */
export function printType(type: TypeTree): string {
  return flat(typeDoc(type));
}

/** Planned declarations of types, each with a blank line behind it. */
export function printTypes(types: readonly NewType[]): string {
  return types.map((type) => `${flat(newTypeDoc(type))}\n\n`).join("");
}
