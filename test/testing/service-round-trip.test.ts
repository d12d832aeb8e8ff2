import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import type { HttpPlace, HttpReply } from "../../src/runtime/src/deployment.js";
import { createServiceClient } from "../../src/runtime/src/service/index.js";
import type { ServiceOperation } from "../../src/runtime/src/service/index.js";
import type { AnyOperationDescriptor } from "../../src/runtime/src/service/service-operation.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { mockTransport } from "../../src/runtime/src/testing/service.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { seededShape } from "../../src/runtime/src/testing/seeded-shapes.js";
import { heightOf, noValues } from "../../src/runtime/src/testing/seeded-shapes-height.js";
import { anyShape, anyShapes } from "../shapes/any-shape.js";

/*
 * What the generated client writes, the mock reads as it was: any value, in any place, in any style.
 */

/** A value of a shape. */
interface Sample {
  readonly shape: JsonShape;
  readonly value: unknown;
}

const ok: HttpReply = { status: "200", form: "json", mediaType: "application/json", shape: { type: "any" } };

type Ops = { predict: ServiceOperation<unknown, unknown> };

/** What the mock took the call for. */
async function seen(
  operation: Partial<AnyOperationDescriptor>,
  given: unknown,
  shapes: Readonly<Record<string, JsonShape>> = {},
): Promise<unknown> {
  const blank = {
    method: "POST",
    path: "/x",
    stream: false,
    parameters: {},
    body: null,
    replies: [ok],
  } as const;
  const whole = Object.assign({}, blank, operation);
  const own = { title: "t", url: "http://service.test/v1", auth: [], shapes, operations: { predict: whole } };
  const inputs: unknown[] = [];
  const transport = mockTransport<Ops>(own, { answers: (input) => inputs.push(input) });
  await createServiceClient<Ops>(own, { transport, retry: false }).predict(given);
  expect(inputs).toHaveLength(1);
  return inputs[0];
}

function scalar(text: Arbitrary<string>): Arbitrary<Sample> {
  // A header's text cannot hold all.
  const labels = ["cat", text === plainText ? "dog" : 'd"o,g', "7"];
  return fc.oneof(
    text.map((value): Sample => ({ shape: { type: "text" }, value })),
    fc.integer().map((value): Sample => ({ shape: { type: "integer" }, value })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Sample => {
      return { shape: { type: "number" }, value: value + 0 };
    }),
    fc.boolean().map((value): Sample => ({ shape: { type: "boolean" }, value })),
    fc.constantFrom(...labels).map((value): Sample => ({ shape: { type: "enum", values: labels }, value })),
  );
}

function list(text: Arbitrary<string>): Arbitrary<Sample> {
  return fc.oneof(
    fc
      .array(text, { minLength: 1, maxLength: 4 })
      .map((value): Sample => ({ shape: { type: "list", items: { type: "text" } }, value })),
    fc
      .array(fc.integer(), { minLength: 1, maxLength: 4 })
      .map((value): Sample => ({ shape: { type: "list", items: { type: "integer" } }, value })),
    fc.tuple(fc.boolean(), fc.integer()).map((value): Sample => {
      return { shape: { type: "tuple", items: [{ type: "boolean" }, { type: "integer" }] }, value };
    }),
  );
}

function object(text: Arbitrary<string>, names: Arbitrary<string>): Arbitrary<Sample> {
  const entries = fc.uniqueArray(fc.tuple(names, scalar(text)), {
    minLength: 1,
    maxLength: 4,
    selector: ([name]) => name,
  });
  return fc.tuple(entries, fc.boolean()).map(([all, isRecord]): Sample => {
    if (isRecord) {
      const texts = all.map(([name, { value }]) => [name, String(value)] as const);
      return { shape: { type: "record", values: { type: "text" } }, value: Object.fromEntries(texts) };
    }
    const members = all.map(([name, { shape }]) => [name, { shape }] as const);
    const value = Object.fromEntries(all.map(([name, sample]) => [name, sample.value]));
    return { shape: { type: "object", members: Object.fromEntries(members), rest: false }, value };
  });
}

const anyText = fc.string({ unit: "grapheme", maxLength: 8 });
const fullText = anyText.filter((text) => !/^\.{0,2}$/.test(text));
const plainText = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const name = fc.constantFrom("a", "b c", "__proto__", "constructor", "ü=", "x");

interface Case {
  readonly place: HttpPlace;
  readonly samples: Arbitrary<Sample>;
}

function cases(): readonly Case[] {
  const each = (places: readonly HttpPlace[], samples: Arbitrary<Sample>): readonly Case[] =>
    places.map((place) => ({ place, samples }));
  const both = (place: Omit<HttpPlace, "explode">): readonly HttpPlace[] =>
    [true, false].map((explode) => ({ ...place, explode }));
  const all = (text: Arbitrary<string>): Arbitrary<Sample> =>
    fc.oneof(scalar(text), list(text), object(text, name));
  const header = fc.oneof(scalar(plainText), list(plainText), object(plainText, plainText));
  const json = { name: "p", style: "form", explode: true, json: true } as const;
  return [
    ...each(both({ in: "path", name: "p", style: "simple" }), all(fullText)),
    ...each(both({ in: "path", name: "p", style: "matrix" }), all(fullText)),
    ...each([{ in: "path", name: "p", style: "label", explode: false }], all(fullText)),
    ...each(
      [{ in: "path", name: "p", style: "label", explode: true }],
      fc.oneof(scalar(fullText), list(plainText)),
    ),
    ...each(both({ in: "query", name: "p q", style: "form" }), all(anyText)),
    ...each(both({ in: "cookie", name: "p", style: "form" }), all(anyText)),
    ...each([{ in: "query", name: "p", style: "spaceDelimited", explode: false }], list(plainText)),
    ...each([{ in: "query", name: "p", style: "pipeDelimited", explode: false }], list(plainText)),
    ...each([{ in: "query", name: "p[]", style: "deepObject", explode: true }], object(anyText, plainText)),
    ...each(both({ in: "header", name: "X-P", style: "simple" }), header),
    ...each(
      [
        { ...json, in: "query" },
        { ...json, in: "cookie" },
      ],
      all(anyText),
    ),
    ...each([{ ...json, in: "path", style: "simple" }], all(fullText)),
  ];
}

test.each(cases())(
  "a parameter at $place.in, $place.style, exploded: $place.explode, JSON: $place.json",
  async ({ place, samples }) => {
    const path = place.in === "path" ? "/x/{p}/y" : "/x";
    await fc.assert(
      fc.asyncProperty(samples, async ({ shape, value }) => {
        const other = { in: "query", name: "other", style: "form", explode: true } as const;
        const parameters = {
          value: { shape, place },
          other: { shape: { type: "text" }, place: other },
        } as const;
        const given = { value, other: "o" };
        expect(await seen({ method: "GET", path, parameters }, given)).toEqual(given);
      }),
      { numRuns: 150 },
    );
  },
);

test("a body of JSON, whatever its shape, and however the argument has it", async () => {
  await fc.assert(
    fc.asyncProperty(anyShape, anyShapes, fc.nat(), async (shape, shapes, seed) => {
      fc.pre(heightOf(shape, shapes) < noValues);
      const value: unknown = seededShape(shape, { shapes, draw: createDraw(seed) });
      const body = { form: "json", mediaType: "application/json", shape } as const;
      expect(await seen({ body: { ...body, at: "whole" } }, value, shapes)).toEqual(value);
      const place = { in: "query", name: "n", style: "form", explode: true } as const;
      const parameters = { n: { shape: { type: "integer" }, place } } as const;
      const given = { n: 7, body: value };
      expect(await seen({ parameters, body: { ...body, at: "member" } }, given, shapes)).toEqual(given);
    }),
    { numRuns: 300 },
  );
});

const nested: Arbitrary<Sample> = fc
  .array(fc.record({ deep: fc.array(fc.integer(), { maxLength: 2 }) }), { minLength: 1, maxLength: 3 })
  .map((value): Sample => {
    const deep = { shape: { type: "list", items: { type: "integer" } } } as const;
    return { shape: { type: "list", items: { type: "object", members: { deep } } }, value };
  });
const grid: Arbitrary<Sample> = fc
  .array(fc.array(fc.integer(), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((value): Sample => {
    return { shape: { type: "list", items: { type: "list", items: { type: "integer" } } }, value };
  });
const field = fc.oneof(scalar(anyText), list(anyText), object(anyText, name), nested, grid);
const bytes = fc.uint8Array({ maxLength: 40 });
const file = bytes.map((value): Sample => ({ shape: { type: "file", form: "binary" }, value }));
const files = fc.array(bytes, { minLength: 1, maxLength: 3 }).map((value): Sample => {
  return { shape: { type: "list", items: { type: "file", form: "binary" } }, value };
});

test.each([
  { form: "form", mediaType: "application/x-www-form-urlencoded", fields: field },
  { form: "multipart", mediaType: "multipart/form-data", fields: fc.oneof(field, file, files) },
] as const)("a body that is a $form", async ({ form, mediaType, fields }) => {
  const entries = fc.uniqueArray(fc.tuple(name, fields), { minLength: 1, selector: ([key]) => key });
  await fc.assert(
    fc.asyncProperty(entries, async (all) => {
      const members = Object.fromEntries(all.map(([key, { shape }]) => [key, { shape }] as const));
      const given = Object.fromEntries(all.map(([key, { value }]) => [key, value]));
      const body = { form, mediaType, at: "rest", shape: { type: "object", members } } as const;
      expect(bare(await seen({ body }, given))).toEqual(bare(given));
    }),
    { numRuns: 400 },
  );
});

test("a body that is text, or bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(scalar(anyText), nested), bytes, async ({ shape, value }, content) => {
      const text = { form: "text", mediaType: "text/plain", at: "whole", shape } as const;
      expect(await seen({ body: text }, value)).toEqual(value);
      const binary = { type: "file", form: "binary" } as const;
      const image = { form: "bytes", mediaType: "image/png", at: "whole", shape: binary } as const;
      expect(bare(await seen({ body: image }, content))).toEqual(content);
    }),
    { numRuns: 300 },
  );
});

/** Files as their bytes. */
function bare(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(bare);
  if ("bytes" in value) return value.bytes;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]));
}
