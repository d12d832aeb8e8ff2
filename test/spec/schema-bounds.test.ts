import type { JsonShape } from "@gen-deploy/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read, readAll } from "./schema-reading.js";

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const chain = (length: number, link: (next: object, index: number) => object): object =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      index + 1 < length ? link(ref(`S${index + 1}`), index) : { type: "string" },
    ]),
  );

describe("a description that is made to grow without end", () => {
  test.each([
    { name: "lists in lists by reference", schemas: chain(3000, (items) => ({ type: "array", items })) },
    {
      name: "objects in objects",
      schemas: chain(3000, (next) => ({ type: "object", properties: { next } })),
    },
    { name: "pairs of pairs", schemas: chain(200, (next) => ({ type: "array", prefixItems: [next, next] })) },
    {
      name: "alternatives of alternatives",
      schemas: chain(2000, (next) => ({ anyOf: [next, { type: "array", items: next }] })),
    },
    {
      name: "allOf of allOf",
      schemas: chain(2000, (next, index) => ({ allOf: [next, { properties: { [`m${index}`]: {} } }] })),
    },
    {
      name: "choices times choices",
      schemas: {
        S0: {
          allOf: Array.from({ length: 30 }, (_, index) => ({
            anyOf: [{ required: [`a${index}`] }, { required: [`b${index}`] }],
          })),
        },
      },
    },
    {
      name: "thousands of alternatives",
      schemas: {
        S0: {
          oneOf: Array.from({ length: 3000 }, (_, index) => ({
            type: "object",
            properties: { [`m${index}`]: {} },
          })),
        },
      },
    },
    {
      name: "members that multiply as they are merged",
      schemas: {
        S0: { allOf: [ref("S1"), ref("S2")] },
        S1: { properties: { x: { allOf: [ref("S0"), ref("S1")] }, y: ref("S2") } },
        S2: { properties: { x: { allOf: [ref("S2"), ref("S1")] }, y: ref("S0") } },
      },
    },
  ])("ends: $name", async ({ schemas }) => {
    const start = performance.now();
    const { shape, shapes } = await read(ref("S0"), { schemas });
    expect(JSON.stringify([shape, shapes]).length).toBeLessThan(3_000_000);
    expect(Math.max(depthOf(shape), ...shapes.map((one) => depthOf(one.shape)))).toBeLessThan(40);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("says what became of it", async () => {
    const oneOf = Array.from({ length: 600 }, (_, index) => ({
      type: "object",
      properties: { [`m${index}`]: {} },
    }));
    const { shape, notes } = await read({ oneOf });
    expect(shape).toEqual({ type: "any" });
    expect(notes).toMatchObject([
      { code: "schema/too-many", severity: "warning", pointer: "/x-read/0/schema" },
    ]);
  });
});

describe("any description at all", () => {
  const names = ["A", "B", "C", "__proto__", "constructor"];
  const { schema } = fc.letrec<{ schema: unknown; fields: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.boolean(),
      fc.constantFrom(...names).map(ref),
      fc.record(
        {
          type: fc.oneof(
            fc.constantFrom("string", "object", "array", "integer", "null", "wrong"),
            fc.jsonValue(),
          ),
        },
        { requiredKeys: [] },
      ),
      tie("fields"),
      fc.jsonValue(),
    ),
    fields: fc.record(
      {
        type: fc.constantFrom("object", "array", "string", ["object", "null"], ["array", "number"]),
        properties: fc.dictionary(fc.constantFrom("a", "b", "__proto__", "$ref"), tie("schema"), {
          maxKeys: 3,
        }),
        required: fc.array(fc.constantFrom("a", "c", "__proto__"), { maxLength: 2 }),
        additionalProperties: tie("schema"),
        items: tie("schema"),
        prefixItems: fc.array(tie("schema"), { maxLength: 2 }),
        allOf: fc.array(tie("schema"), { maxLength: 2 }),
        anyOf: fc.array(tie("schema"), { maxLength: 3 }),
        oneOf: fc.array(tie("schema"), { maxLength: 2 }),
        enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
        nullable: fc.boolean(),
        title: fc.string(),
        minimum: fc.double({ noNaN: true, noDefaultInfinity: true }),
        readOnly: fc.boolean(),
        default: fc.jsonValue({ maxDepth: 1 }),
      },
      { requiredKeys: [] },
    ),
  }));

  test("is read: shapes that are plain JSON, whose names all stand for one, the same each time", async () => {
    const description = fc.tuple(schema, schema, schema, schema, schema);
    await fc.assert(
      fc.asyncProperty(description, schema, async (components, root) => {
        const schemas = Object.fromEntries(names.map((name, index) => [name, components[index]]));
        const places = [
          { schema: root, side: "input" },
          { schema: root, side: "output" },
        ] as const;
        let readings: Awaited<ReturnType<typeof readAll>>;
        try {
          readings = await readAll(places, { schemas });
        } catch (error) {
          // References in circles are refused before any schema is read.
          expect(error).toMatchObject({ name: "GenDeployError" });
          return;
        }
        const [input, output] = readings;
        if (input === undefined || output === undefined) throw new Error("nothing was read");
        const known = output.shapes.map(({ name }) => name);
        expect(new Set(known).size).toBe(known.length);
        for (const shape of [input.shape, output.shape, ...output.shapes.map((one) => one.shape)]) {
          expect(JSON.parse(JSON.stringify(shape))).toStrictEqual(shape);
          expect(known).toEqual(expect.arrayContaining([...namesIn(shape)]));
          expect(
            hasBareObject(
              shape,
              output.shapes.map((one) => one.shape),
            ),
          ).toBe(false);
        }
        expect(await readAll(places, { schemas })).toEqual(readings);
      }),
      { numRuns: 300 },
    );
  });
});

function insideOf(shape: JsonShape): readonly JsonShape[] {
  if (shape.type === "list") return [shape.items];
  if (shape.type === "tuple") return [...shape.items, ...(shape.rest === undefined ? [] : [shape.rest])];
  if (shape.type === "record") return [shape.values];
  if (shape.type === "union") return shape.of;
  if (shape.type !== "object") return [];
  const members = Object.values(shape.members).map((member) => member.shape);
  return shape.rest === undefined || shape.rest === false ? members : [...members, shape.rest];
}

function depthOf(shape: JsonShape): number {
  return 1 + Math.max(0, ...insideOf(shape).map(depthOf));
}

function namesIn(shape: JsonShape): readonly string[] {
  return shape.type === "named" ? [shape.name] : insideOf(shape).flatMap(namesIn);
}

/** Whether an object stands anywhere but as the shape that a name stands for. */
function hasBareObject(shape: JsonShape, named: readonly JsonShape[]): boolean {
  if (shape.type === "object" && !named.includes(shape)) return true;
  return insideOf(shape).some((inside) => hasBareObject(inside, []));
}
