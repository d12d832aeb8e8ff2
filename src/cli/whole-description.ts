import type { SpecText } from "../spec/spec-types.js";

/**
 * Whether a package follows from this text alone: other files that it refers to are no part of the inputs' hash. It is
 * told without parsing: what could be a reference in some other spelling counts as one to another file.
 */
export function isWhole({ text }: SpecText): boolean {
  const references = text.match(/\$ref/g) ?? [];
  const local = text.match(/\$ref["']?\s*:\s*["']#/g) ?? [];
  return references.length === local.length && !/\\(?:u0024|x24|U00000024|\r?\n)/.test(text);
}
