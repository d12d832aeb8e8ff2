import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { interpret, service } from "./plain-descriptions.js";

const names = fc.constantFrom("a", "body", "__proto__", "constructor", "", "a b", "*/", "content-type");
const schema = fc.oneof(
  fc.constantFrom(
    { type: "string" },
    { type: "object", properties: { a: {}, ["__proto__"]: {} } },
    { $ref: "#/components/schemas/__proto__" },
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const types = fc.constantFrom(
  ...[
    "application/json",
    "*/*",
    "image/*",
    "text/event-stream",
    "multipart/form-data",
    "text/plain",
    "",
    ";",
    "a/b/c",
  ],
);
const content = fc.dictionary(types, fc.oneof(fc.record({ schema }), fc.jsonValue({ maxDepth: 1 })), {
  maxKeys: 3,
});
const parameter = fc.oneof(
  fc.record(
    {
      name: names,
      in: fc.constantFrom("path", "query", "header", "cookie", "body"),
      style: fc.constantFrom("form", "matrix", "odd"),
      required: fc.boolean(),
      schema,
      content,
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 1 }),
);
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        operationId: fc.oneof(names, fc.jsonValue({ maxDepth: 1 })),
        summary: fc.oneof(fc.string(), fc.integer()),
        parameters: fc.oneof(fc.array(parameter, { maxLength: 4 }), fc.jsonValue({ maxDepth: 1 })),
        requestBody: fc.oneof(
          fc.record({ content, required: fc.oneof(fc.boolean(), fc.string()) }),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        responses: fc.oneof(
          fc.dictionary(
            fc.constantFrom("200", "204", "4XX", "default", "__proto__"),
            fc.record({ content }),
            { maxKeys: 3 },
          ),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        servers: fc.jsonValue({ maxDepth: 2 }),
        security: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
);
const paths = fc.dictionary(
  fc.constantFrom("/predict", "/a/{a}", "/{__proto__}", "", "/x/{a}{b}", "/{}"),
  fc.oneof(
    fc.dictionary(fc.constantFrom("get", "post", "delete", "head", "parameters"), operation, { maxKeys: 3 }),
    fc.jsonValue({ maxDepth: 1 }),
  ),
  { maxKeys: 3 },
);

describe("any description of a service", () => {
  test("becomes a model that is plain JSON, or is refused in words", async () => {
    let understood = 0;
    await fc.assert(
      fc.asyncProperty(paths, schema, async (given, component) => {
        const schemas: unknown = JSON.parse(`{"__proto__": ${JSON.stringify(component)}}`);
        try {
          const { model } = await interpret(service(given, { components: { schemas } }));
          understood += 1;
          // Node's own comparison: an input that is called "constructor" confuses others.
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(model)), model)).toBe(true);
          for (const { input, framing, path } of model.operations) {
            const called = input.features.map(({ wireName }) => wireName);
            expect(new Set(called).size).toBe(called.length);
            if (framing.protocol !== "http") throw new Error("no operation of a service");
            const places = Object.keys(framing.places);
            expect(called.toSorted()).toEqual(
              [...places, ...(framing.body === null ? [] : ["body"])].toSorted(),
            );
            const open = Object.values(framing.places).flatMap((place) =>
              place.in === "path" ? [place.name] : [],
            );
            for (const name of open) expect(path).toContain(`{${name}}`);
          }
        } catch (error) {
          if (!(error instanceof GenDeployError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
    expect(understood).toBeGreaterThan(50);
  });
});
