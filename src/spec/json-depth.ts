import { GenDeployError, type TextPosition } from "../gen-deploy-error.js";
import { appendPointer } from "./pointer.js";

const deepest = 500;

/** What to say of a description that nests deeper than gen-deploy follows. */
export function tooDeep(position: TextPosition | undefined, pointer?: string): GenDeployError {
  return new GenDeployError("spec/too-deep", `The description nests deeper than ${deepest} levels.`, {
    position,
    pointer,
    hint: "Check that the file is a description and not data; move deep schemas to components/schemas.",
  });
}

/** What a walk over a tree found to be wrong, if anything. */
export type TreeFault =
  | { readonly kind: "deep"; readonly pointer: string }
  | { readonly kind: "large"; readonly pointer: string }
  | { readonly kind: "value"; readonly pointer: string; readonly value: string };

/**
 * The first place at which a tree is no JSON that later stages can walk: nested too deep, grown by aliases beyond
 * `limit` values, or a value that JSON has no text for. Never recurses.
 */
export function findTreeFault(root: unknown, limit: number): TreeFault | undefined {
  interface Step {
    readonly value: unknown;
    readonly parent: Step | undefined;
    readonly key: string;
    readonly depth: number;
  }
  const pointerOf = (step: Step): string => {
    const keys: string[] = [];
    for (let at: Step | undefined = step; at?.parent !== undefined; at = at.parent) keys.unshift(at.key);
    return keys.reduce(appendPointer, "");
  };
  const stack: Step[] = [{ value: root, parent: undefined, key: "", depth: 0 }];
  for (let seen = 0, step = stack.pop(); step !== undefined; seen += 1, step = stack.pop()) {
    const { value, depth } = step;
    if (depth > deepest) return { kind: "deep", pointer: pointerOf(step) };
    if (seen > limit) return { kind: "large", pointer: pointerOf(step) };
    if (value === null || typeof value === "string" || typeof value === "boolean") continue;
    if (typeof value !== "object") {
      if (typeof value === "number" && Number.isFinite(value)) continue;
      return {
        kind: "value",
        pointer: pointerOf(step),
        value: typeof value === "number" ? `the number ${value}` : `a ${typeof value}`,
      };
    }
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
    for (const [key, member] of entries) stack.push({ value: member, parent: step, key, depth: depth + 1 });
  }
  return undefined;
}
