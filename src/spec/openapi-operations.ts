import { ownText } from "./openapi-tree.js";
import type { SpecOperation } from "./spec-types.js";

/** What the description calls an operation: its `operationId`, or `METHOD /path`. */
export function operationName(operation: SpecOperation): string {
  return ownText(operation.operation.value, "operationId") || methodAndPath(operation);
}

/** Whether the user means this operation by `name`: its `operationId`, or `METHOD /path` in any case of the method. */
export function isNamed(operation: SpecOperation, name: string): boolean {
  const id = ownText(operation.operation.value, "operationId");
  if (id !== "" && id === name) return true;
  const space = name.indexOf(" ");
  return (
    space > 0 && `${name.slice(0, space).toUpperCase()}${name.slice(space)}` === methodAndPath(operation)
  );
}

/** What an operation says about itself: its summary, then its description; empty where it says nothing. */
export function operationDoc({ operation }: SpecOperation): string {
  const words = [ownText(operation.value, "summary").trim(), ownText(operation.value, "description").trim()];
  return words.filter((text, index) => text !== "" && words.indexOf(text) === index).join("\n\n");
}

function methodAndPath({ method, path }: SpecOperation): string {
  return `${method.toUpperCase()} ${path}`;
}
