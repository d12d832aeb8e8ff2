import { GenDeployError } from "../gen-deploy-error.js";
import { follow, localPointer, type Followed } from "./follow.js";
import { placeIn } from "./place-in.js";
import { appendPointer, isArray, isObject } from "./pointer.js";
import { listReferences, type Reference } from "./references.js";
import { suggest } from "./suggest.js";
import type { JsonObject, Located, SpecDocument } from "./spec-types.js";

/** Throws where a reference of the tree leads nowhere (`spec/broken-ref`) or in a circle (`spec/circular-ref`). */
export function checkReferences(document: SpecDocument, root: JsonObject): void {
  const known = new Map<string, Followed>();
  for (const reference of listReferences(root)) {
    const target = localPointer(reference.ref);
    if (target === undefined)
      throw broken(document, reference, "it is no JSON pointer", `Write it as "#/components/schemas/Name".`);
    const followed = known.get(target) ?? follow(root, target);
    known.set(target, followed);
    if (followed.kind === "circle") throw circular(document, reference);
    if (followed.kind === "nowhere") throw leadsNowhere(document, reference, followed);
  }
}

function circular(document: SpecDocument, { ref, pointer }: Reference): GenDeployError {
  const at = appendPointer(pointer, "$ref");
  return new GenDeployError(
    "spec/circular-ref",
    `The $ref ${quoted(ref)} leads back to itself and never to a value.`,
    {
      ...placeIn(document, at),
      hint: "Let one of the references in the circle be a schema of its own.",
    },
  );
}

/** What to say of a reference of `document` that leads nowhere, in that document or in another file. */
export function leadsNowhere(
  document: SpecDocument,
  reference: Reference,
  { parent, key }: Extract<Followed, { kind: "nowhere" }>,
): GenDeployError {
  const where = parent.pointer === "" ? "the root" : quoted(parent.pointer);
  if (!isObject(parent.value) && !isArray(parent.value)) {
    return broken(
      document,
      reference,
      `${where} is no object and has no member ${quoted(key)}`,
      "Correct the reference.",
    );
  }
  return broken(document, reference, `${where} has no member ${quoted(key)}`, remedy(parent, key));
}

function remedy(parent: Located, key: string): string {
  const keys = isArray(parent.value) ? [] : Object.keys(parent.value ?? {});
  const [nearest] = suggest(key, keys);
  if (nearest !== undefined) return `Did you mean ${quoted(appendPointer(parent.pointer, nearest))}?`;
  if (isArray(parent.value)) return `It has ${parent.value.length} items, counted from 0.`;
  if (keys.length === 0) return "It is empty: add the member, or correct the reference.";
  const shown = keys.slice(0, 8).map(quoted).join(", ");
  return `It has ${shown}${keys.length > 8 ? ` and ${keys.length - 8} more` : ""}.`;
}

function broken(
  document: SpecDocument,
  { ref, pointer }: Reference,
  reason: string,
  hint: string,
): GenDeployError {
  const at = appendPointer(pointer, "$ref");
  return new GenDeployError("spec/broken-ref", `The $ref ${quoted(ref)} leads nowhere: ${reason}.`, {
    ...placeIn(document, at),
    hint,
  });
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
