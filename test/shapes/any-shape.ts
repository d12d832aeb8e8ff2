import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import type { JsonShape, MemberShape, ObjectShape } from "../../src/runtime/src/shapes/json-shape.js";

/** Few and small values, so that shapes meet values that they fit, or just do not. */
const names = ["a", "b", "__proto__", "constructor", "c d"];
const name = fc.constantFrom(...names);
const scalar = fc.oneof(
  fc.constantFrom("x", "y", 'z"', "x".repeat(3)),
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom(0.5, -0.25, 1e21, 2 ** 60),
  fc.boolean(),
  fc.constant(null),
);

/** Any JSON value of that kind. */
export const anyValue: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 3 }).map((entries) => ownObject(entries)),
  ),
})).value;

const bounds = fc.record(
  {
    min: fc.integer({ min: -2, max: 1 }),
    max: fc.integer({ min: 0, max: 3 }),
    above: fc.constant(-1),
    below: fc.constant(3),
  },
  { requiredKeys: [] },
);

/** Any shape that such values may have, which may call `One` and `Two` by name. */
export const anyShape: Arbitrary<JsonShape> = fc.letrec<{ shape: JsonShape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<JsonShape>({ type: "any" }, { type: "null" }, { type: "text" }, { type: "boolean" }),
    bounds.map((stated): JsonShape => ({ type: "integer", ...stated })),
    bounds.map((stated): JsonShape => ({ type: "number", ...stated })),
    fc
      .uniqueArray(scalar, { minLength: 1, maxLength: 4 })
      .map((values): JsonShape => ({ type: "enum", values })),
    fc.constantFrom("One", "Two").map((named): JsonShape => ({ type: "named", name: named })),
    fc
      .record(
        { items: tie("shape"), min: fc.integer({ min: 0, max: 2 }), max: fc.integer({ min: 1, max: 3 }) },
        { requiredKeys: ["items"] },
      )
      .map((stated): JsonShape => ({ type: "list", ...stated })),
    fc
      .record(
        { items: fc.array(tie("shape"), { maxLength: 2 }), rest: tie("shape") },
        { requiredKeys: ["items"] },
      )
      .map((stated): JsonShape => ({ type: "tuple", ...stated })),
    fc
      .record(
        { values: tie("shape"), keys: fc.uniqueArray(name, { maxLength: 2 }) },
        { requiredKeys: ["values"] },
      )
      .map((stated): JsonShape => ({ type: "record", ...stated })),
    fc
      .record(
        {
          members: fc.array(fc.tuple(name, tie("shape"), fc.boolean()), { maxLength: 3 }),
          rest: fc.oneof(fc.constant<false>(false), tie("shape")),
        },
        { requiredKeys: ["members"] },
      )
      .map(({ members, ...rest }): ObjectShape => ({ type: "object", members: membersOf(members), ...rest })),
    fc.array(tie("shape"), { minLength: 1, maxLength: 3 }).map((of): JsonShape => ({ type: "union", of })),
  ),
})).shape;

function membersOf(stated: readonly (readonly [string, JsonShape, boolean])[]): Record<string, MemberShape> {
  return ownObject(
    stated.map(([key, of, optional]) => [key, optional ? { shape: of, optional: true } : { shape: of }]),
  );
}

function ownObject<V>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  return Object.fromEntries(entries);
}

/** What those names stand for. */
export const anyShapes: Arbitrary<Readonly<Record<string, JsonShape>>> = fc.record({
  One: anyShape,
  Two: anyShape,
});
