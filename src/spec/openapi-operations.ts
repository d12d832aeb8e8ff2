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

/**
 * What an operation says about itself: its summary, then its description; empty where it says nothing. A summary that
 * only spells the operation's name, as FastAPI writes it where there is none, or begins the description, says nothing.
 */
export function operationDoc({ operation }: SpecOperation): string {
  const [summary, description] = ["summary", "description"].map((key) =>
    ownText(operation.value, key).trim(),
  );
  const said = bareLetters(summary);
  const isName = said !== "" && bareLetters(ownText(operation.value, "operationId")).startsWith(said);
  const isSaid = isName || bareLetters(description).startsWith(said);
  return [isSaid ? "" : summary, description].filter((text) => text !== "").join("\n\n");
}

function bareLetters(text: string = ""): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function methodAndPath({ method, path }: SpecOperation): string {
  return `${method.toUpperCase()} ${path}`;
}
