import type { Scalar } from "@gen-deploy/runtime";
import { freeName, toIdentifier } from "./names.js";
import { list, literal, object, type Value } from "./package-plan.js";

/** The label sets that a package exports. */
export interface ShapeLabels {
  /**
   * The key of the set of these values at the feature, member or shape `name`: the same for the same values and name,
   * be it that of a shape for one side.
   * Undefined for values whose type is written out: one alone, or not all text or all numbers.
   */
  readonly keyOf: (values: readonly Scalar[], name: string) => string | undefined;
  /** All of them that were asked for, in that order. */
  readonly value: () => Value;
}

/** Collects label sets; keys are identifiers. */
export function createShapeLabels(): ShapeLabels {
  const keys = new Map<string, string>();
  const sets = new Map<string, readonly Scalar[]>();
  return {
    keyOf: (values, name) => {
      if (!isLabelSet(values)) return undefined;
      const text = JSON.stringify([name, values]);
      // A set that goes both ways has two types, the second called after the first, and stands once.
      const known = keys.get(text) ?? keys.get(JSON.stringify([name.replace(/(?:In|Out)put$/, ""), values]));
      if (known !== undefined) return known;
      const key = freeName(toIdentifier(name), sets);
      keys.set(text, key);
      sets.set(key, values);
      return key;
    },
    value: () => object([...sets].map(([key, values]) => [key, list(values.map(literal))])),
  };
}

function isLabelSet(values: readonly Scalar[]): boolean {
  const [first, second] = values;
  return (
    second !== undefined &&
    (typeof first === "string" || typeof first === "number") &&
    values.every((value) => typeof value === typeof first)
  );
}
