/*
 * Reading a description's tree with a stranger's names in it: only own members count, whatever they are called,
 * and a value of the wrong kind is as good as none. Nothing here throws.
 */
import { isObject, ownMember } from "./pointer.js";
import type { Json, JsonObject, Located, ResolvedSpec } from "./spec-types.js";

/** The text at `key`, or empty text where there is none. */
export function ownText(value: Json | undefined, key: string): string {
  const text = ownMember(value, key);
  return typeof text === "string" ? text : "";
}

/** The object that stands behind `keys`, each step's reference followed; undefined where there is none. */
export function objectAt(
  spec: ResolvedSpec,
  start: Located | undefined,
  ...keys: readonly string[]
): Located<JsonObject> | undefined {
  let here = start;
  for (const key of keys) here = here && isObject(here.value) ? spec.member(here, key) : undefined;
  return here && isObject(here.value) ? { value: here.value, pointer: here.pointer } : undefined;
}

/** The description as a place to start from. */
export function rootOf(spec: ResolvedSpec): Located<JsonObject> {
  return { value: spec.root, pointer: "" };
}

/** The title of the description and its words about itself; each empty where `info` lacks it. */
export function titleAndDoc(spec: ResolvedSpec): { readonly title: string; readonly doc: string } {
  const info = objectAt(spec, rootOf(spec), "info")?.value;
  return { title: ownText(info, "title").trim(), doc: ownText(info, "description").trim() };
}
