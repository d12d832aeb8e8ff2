import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readShaped } from "../../src/runtime/src/shapes/read-shape.js";
import { readStrictly } from "../../src/runtime/src/testing/read-strictly.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { seededShape } from "../../src/runtime/src/testing/seeded-shapes.js";
import { heightOf, noValues } from "../../src/runtime/src/testing/seeded-shapes-height.js";
import { anyShape, anyShapes, anyValue } from "../shapes/any-shape.js";

const loc = ["body"] as const;

function taken(value: unknown, shape: JsonShape, shapes: Readonly<Record<string, JsonShape>>): unknown {
  try {
    return { value: readShaped(value, shape, { shapes, strict: true }) };
  } catch {
    return "refused";
  }
}

describe("values of requests", () => {
  test("are taken where a strict reader of replies takes them, and as it does", () => {
    let refused = 0;
    fc.assert(
      fc.property(anyValue, anyShape, anyShapes, fc.nat(), (any, shape, shapes, seed) => {
        const seeded: unknown = seededShape(shape, { shapes, draw: createDraw(seed) });
        for (const value of heightOf(shape, shapes) < noValues ? [any, seeded] : [any]) {
          const reading = readStrictly(value, shape, { shapes, loc });
          const want = taken(value, shape, shapes);
          if (reading.faults === undefined) expect({ value: reading.value }).toEqual(want);
          else {
            refused += 1;
            expect(want).toBe("refused");
            expect(reading.faults.length).toBeGreaterThan(0);
            for (const fault of reading.faults) expect(fault.loc[0]).toBe("body");
          }
        }
      }),
      { numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  const point: JsonShape = {
    type: "object",
    members: { x: { shape: { type: "number" } }, y: { shape: { type: "number" }, optional: true } },
    rest: false,
  };
  const cases: readonly { name: string; shape: JsonShape; given: unknown; want: readonly unknown[] }[] = [
    {
      name: "all that is wrong with an object",
      shape: point,
      given: { y: "1", z: 2 },
      want: [
        { type: "missing", loc: ["body", "x"], msg: "Field required", input: { y: "1", z: 2 } },
        {
          type: "float_parsing",
          loc: ["body", "y"],
          msg: "Input should be a valid number, unable to parse string as a number",
          input: "1",
        },
        { type: "extra_forbidden", loc: ["body", "z"], msg: "Extra inputs are not permitted", input: 2 },
      ],
    },
    {
      name: "the place inside of lists",
      shape: { type: "list", items: point },
      given: [{ x: 1 }, { x: true }],
      want: [
        { type: "float_type", loc: ["body", 1, "x"], msg: "Input should be a valid number", input: true },
      ],
    },
    {
      name: "a list that is too short",
      shape: { type: "list", items: point, min: 1 },
      given: [],
      want: [
        {
          type: "too_short",
          loc: ["body"],
          msg: "List should have at least 1 item after validation, not 0",
          input: [],
          ctx: { field_type: "List", min_length: 1, actual_length: 0 },
        },
      ],
    },
    {
      name: "a part of a whole",
      shape: { type: "integer" },
      given: 1.5,
      want: [
        {
          type: "int_from_float",
          loc: ["body"],
          msg: "Input should be a valid integer, got a number with a fractional part",
          input: 1.5,
        },
      ],
    },
    {
      name: "what may be null, and is something else",
      shape: { type: "union", of: [{ type: "boolean" }, { type: "null" }] },
      given: [],
      want: [{ type: "bool_type", loc: ["body"], msg: "Input should be a valid boolean", input: [] }],
    },
    {
      name: "of several alternatives, what each says",
      shape: {
        type: "union",
        of: [{ type: "integer" }, { type: "list", items: { type: "text" } }, { type: "null" }],
      },
      given: ["a", 2],
      want: [
        { type: "int_type", loc: ["body", "int"], msg: "Input should be a valid integer", input: ["a", 2] },
        {
          type: "string_type",
          loc: ["body", "list[str]", 1],
          msg: "Input should be a valid string",
          input: 2,
        },
      ],
    },
    {
      name: "none of a set",
      shape: { type: "enum", values: ["a", 2, null] },
      given: "b",
      want: [
        {
          type: "literal_error",
          loc: ["body"],
          msg: "Input should be 'a', 2 or None",
          input: "b",
          ctx: { expected: "'a', 2 or None" },
        },
      ],
    },
    {
      name: "no base64",
      shape: { type: "file", form: "base64" },
      given: "***",
      want: [
        {
          type: "base64_decode",
          loc: ["body"],
          msg: 'Base64 decoding error: "***" is not base64',
          input: "***",
        },
      ],
    },
  ];
  test.each(cases)("say $name", ({ shape, given, want }) => {
    expect(readStrictly(given, shape, { shapes: {}, loc }).faults).toEqual(want);
  });

  test("show neither what is large nor what is secret", () => {
    const text: JsonShape = { type: "text" };
    const large = { a: "x".repeat(2000) };
    expect(readStrictly(large, text, { shapes: {}, loc }).faults?.[0]).not.toHaveProperty("input");
    const secret = readStrictly(7, text, { shapes: {}, loc, secret: true });
    expect(secret.faults?.[0]).not.toHaveProperty("input");
  });

  test("come to an end: so many faults, and so deep a value", () => {
    const list: JsonShape = { type: "list", items: { type: "integer" } };
    const many = Array.from({ length: 1000 }, () => "x");
    expect(readStrictly(many, list, { shapes: {}, loc }).faults).toHaveLength(100);
    const shapes = { Deep: { type: "list", items: { type: "named", name: "Deep" } } } as const;
    let deep: unknown = [];
    for (let depth = 0; depth < 600; depth += 1) deep = [deep];
    const { faults } = readStrictly(deep, { type: "named", name: "Deep" }, { shapes, loc });
    expect(faults?.[0]?.msg).toBe("Value error, deeper than 500 levels");
  });

  test("are as callers give them: files as bytes and images, addresses as text", () => {
    const shapeOf = (form: "base64" | "data-url" | "uri"): JsonShape => ({ type: "file", form });
    const read = (value: unknown, shape: JsonShape): unknown => {
      const reading = readStrictly(value, shape, { shapes: {}, loc });
      return reading.faults ?? reading.value;
    };
    expect(read("AQI=", shapeOf("base64"))).toEqual(new Uint8Array([1, 2]));
    const image = { mediaType: "image/png", bytes: new Uint8Array([1, 2]) };
    expect(read("data:image/png;base64,AQI=", shapeOf("data-url"))).toMatchObject(image);
    expect(read("data:image/png;base64,AQI=", shapeOf("uri"))).toMatchObject(image);
    expect(read("s3://bucket/key", shapeOf("uri"))).toBe("s3://bucket/key");
    expect(read("no address", shapeOf("uri"))).toMatchObject([{ type: "url_parsing" }]);
  });
});
