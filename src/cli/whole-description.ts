import type { SpecText } from "../spec/spec-types.js";

/** Whether a package follows from this text alone: other files that it refers to are no part of the inputs' hash. */
export function isWhole({ text }: SpecText): boolean {
  return !/\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text);
}
