import fc from "fast-check";
import { expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readShaped } from "../../src/runtime/src/shapes/read-shape.js";
import { writeShaped } from "../../src/runtime/src/shapes/write-shape.js";
import { anyShape, anyShapes, anyValue } from "./any-shape.js";
import { hasShape } from "./shape-reference.js";

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
    fc.property(anyValue, anyShape, anyShapes, (given, of, shapes) => {
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
    fc.property(anyValue, anyShape, anyShapes, (given, of, shapes) => {
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
