import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { JsonShape, MemberShape, ObjectShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readShaped } from "../../src/runtime/src/shapes/read-shape.js";
import { writeShaped } from "../../src/runtime/src/shapes/write-shape.js";
import { hasShape } from "./shape-reference.js";

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

const value: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
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

const shape: Arbitrary<JsonShape> = fc.letrec<{ shape: JsonShape }>((tie) => ({
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

const set = fc.record({ One: shape, Two: shape });

/** Names that lead to themselves alone have no values; the judge would look for their end. */
function endless(shapes: Readonly<Record<string, JsonShape>>): boolean {
  const open = Object.values(shapes).map((one) => ({ one, path: [""] }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { one, path } = next;
    if (one.type === "named") {
      if (path.includes(one.name)) return true;
      const named = shapes[one.name];
      if (named !== undefined) open.push({ one: named, path: [...path, one.name] });
    } else if (one.type === "union") open.push(...one.of.map((inner) => ({ one: inner, path })));
  }
  return false;
}

function written(
  given: unknown,
  of: JsonShape,
  shapes: Readonly<Record<string, JsonShape>>,
): string | undefined {
  try {
    return writeShaped(given, of, { shapes, feature: "f", validate: true });
  } catch (error) {
    if (isDeploymentError(error)) return undefined;
    throw error;
  }
}

test("what goes out is what the judge lets out, and comes back as it was", () => {
  let accepted = 0;
  fc.assert(
    fc.property(value, shape, set, (given, of, shapes) => {
      fc.pre(!endless(shapes));
      const text = written(given, of, shapes);
      expect(text !== undefined).toBe(hasShape(given, of, shapes));
      if (text === undefined) return;
      accepted += 1;
      expect(JSON.parse(text)).toEqual(given);
      for (const strict of [true, false])
        expect(readShaped(JSON.parse(text), of, { shapes, strict })).toEqual(given);
    }),
    { numRuns: 4000 },
  );
  expect(accepted).toBeGreaterThan(200);
});

test("what comes in is what the judge lets in, where it is held to all of it", () => {
  fc.assert(
    fc.property(value, shape, set, (given, of, shapes) => {
      fc.pre(!endless(shapes));
      const fits = hasShape(given, of, shapes);
      const taken = taking(() => readShaped(given, of, { shapes, strict: true }));
      expect(taken).toBe(fits);
      if (fits) expect(taking(() => readShaped(given, of, { shapes }))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

function taking(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (isDeploymentError(error, "bad-reply")) return false;
    throw error;
  }
}
