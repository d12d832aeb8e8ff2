import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { faultAt } from "../../src/spec/openapi-fault.js";
import { appendPointer, isObject, isArray, valueAt } from "../../src/spec/pointer.js";
import type { Json } from "../../src/spec/spec-types.js";
import { failure, main, resolved } from "./resolved.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";

const text = { type: "string" };
const pets = {
  swagger: "2.0",
  host: "h.example",
  parameters: { Body: { in: "body", name: "b", schema: { properties: { n: text } } } },
  responses: { R: { description: "r", schema: { type: "object", properties: { n: text } } } },
  definitions: {
    Pet: { discriminator: "kind", properties: { kind: text, x: { ...text, "x-nullable": true } } },
  },
  securityDefinitions: { key: { type: "oauth2", flow: "implicit", scopes: { a: "b" } } },
  "x-paths": { b: { get: { responses: { 200: { $ref: "#/responses/R" } } } } },
  paths: {
    "/a": {
      parameters: [{ in: "header", name: "H", type: "string" }],
      post: {
        parameters: [
          { $ref: "#/parameters/Body" },
          { in: "query", name: "q", type: "array", items: { type: "string", enum: ["a"] } },
        ],
        responses: { 200: { description: "", schema: text, headers: { "X-N": { type: "integer" } } } },
      },
      put: {
        parameters: [
          { in: "query", name: "z", type: "string" },
          { in: "formData", name: "f/g", type: "string", enum: ["a"] },
        ],
        responses: { 200: { description: "", schema: { $ref: "#/responses/R/schema" } } },
      },
    },
    "/b": { $ref: "#/x-paths/b" },
  },
};

const body = "requestBody/content/application~1json/schema";
const reply = "responses/200/content/application~1json/schema";

describe("a place in what was made of Swagger 2.0 is told as the user wrote it", () => {
  const table: readonly { given: string; want: string }[] = [
    { given: "", want: "" },
    { given: "/openapi", want: "/swagger" },
    { given: "/paths", want: "/paths" },
    { given: "/servers/0/url", want: "/host" },
    { given: "/components/schemas", want: "/definitions" },
    { given: "/components/schemas/Pet/properties/kind/type", want: "/definitions/Pet/properties/kind/type" },
    { given: "/components/schemas/Pet/discriminator/propertyName", want: "/definitions/Pet/discriminator" },
    { given: "/components/schemas/Pet/properties/x/nullable", want: "/definitions/Pet/properties/x" },
    { given: "/components/schemas/R/properties/n", want: "/responses/R/schema/properties/n" },
    { given: "/components/securitySchemes/key/flows/implicit", want: "/securityDefinitions/key" },
    { given: "/paths/~1a/post/parameters/0/schema/type", want: "/paths/~1a/parameters/0/type" },
    { given: "/paths/~1a/post/parameters/1/name", want: "/paths/~1a/post/parameters/1/name" },
    {
      given: "/paths/~1a/post/parameters/1/schema/items/enum/0",
      want: "/paths/~1a/post/parameters/1/items/enum/0",
    },
    { given: `/paths/~1a/post/${body}/properties/n/type`, want: "/parameters/Body/schema/properties/n/type" },
    { given: "/paths/~1a/post/requestBody/content", want: "/parameters/Body" },
    { given: `/paths/~1a/post/${reply}/type`, want: "/paths/~1a/post/responses/200/schema/type" },
    {
      given: "/paths/~1a/post/responses/200/headers/X-N/schema/type",
      want: "/paths/~1a/post/responses/200/headers/X-N/type",
    },
    {
      given:
        "/paths/~1a/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f~1g/enum/0",
      want: "/paths/~1a/put/parameters/1/enum/0",
    },
    { given: `/paths/~1b/get/${reply}/properties`, want: "/responses/R/schema/properties" },
    { given: "/paths/~1b/get", want: "/x-paths/b/get" },
  ];
  for (const { given, want } of table) {
    test(given === "" ? "the root" : given, async () => {
      const { document } = await resolved(pets);
      expect(document.origin(given)).toBe(want);
    });
  }

  test("faults carry the user's pointer and line", async () => {
    const spec = await resolved(pets);
    const error = faultAt(spec, `/paths/~1a/post/${body}/properties/n`, {
      code: "a/b",
      message: "c",
      hint: "d",
    });
    const lines = JSON.stringify(pets, null, 2).split("\n");
    expect(error.pointer).toBe("/parameters/Body/schema/properties/n");
    expect(lines[(error.position?.line ?? 0) - 1]).toContain('"n": {');
  });

  test("what another file holds has its place there", async () => {
    const given = {
      swagger: "2.0",
      paths: { "/a": { get: { parameters: [{ $ref: "o.json#/parameters/P" }], responses: {} } } },
      definitions: { A: { $ref: "o.json#/definitions/A" } },
    };
    const other = {
      swagger: "2.0",
      definitions: { A: { properties: { b: { $ref: "#/definitions/B" } } }, B: text },
      parameters: { P: { in: "query", name: "p", type: "string" } },
    };
    const spec = await resolved(given, { "o.json": other });
    expect(valueAt(spec.root, "/paths/~1a/get/parameters")).toEqual([
      { in: "query", name: "p", schema: text },
    ]);
    expect(valueAt(spec.root, "/components/schemas")).toEqual({
      A: { $ref: "#/components/schemas/A_2" },
      A_2: { properties: { b: { $ref: "#/components/schemas/B" } } },
      B: text,
    });
    const error = faultAt(spec, "/components/schemas/A_2/properties", {
      code: "a/b",
      message: "c",
      hint: "d",
    });
    expect(error.position).toMatchObject({ file: "o.json", line: 5 });
  });
});

describe("Swagger 2.0 that is at fault", () => {
  const op = (parameters: unknown): object => ({ paths: { "/a": { get: { parameters, responses: {} } } } });
  const table: readonly { name: string; given: object; code: string; message: RegExp; pointer: string }[] = [
    {
      name: "a reference to nothing is told in Swagger's own terms",
      given: { definitions: { A: { $ref: "#/definitions/B" }, BB: text } },
      code: "spec/broken-ref",
      message: /"\/definitions" has no member "B"/,
      pointer: "/definitions/A/$ref",
    },
    {
      name: "a parameter that stands nowhere",
      given: op([{ name: "a", type: "string" }]),
      code: "spec/bad-swagger",
      message: /stands "in" nothing/,
      pointer: "/paths/~1a/get/parameters/0",
    },
    {
      name: "a parameter without a name, elsewhere",
      given: { ...op([{ $ref: "#/parameters/P" }]), parameters: { P: { in: "query" } } },
      code: "spec/bad-swagger",
      message: /"name" nothing/,
      pointer: "/parameters/P",
    },
    {
      name: "parameters that are no list",
      given: op({ a: 1 }),
      code: "spec/bad-swagger",
      message: /not a list/,
      pointer: "/paths/~1a/get/parameters",
    },
    {
      name: "a parameter that is no object",
      given: op([3]),
      code: "spec/bad-swagger",
      message: /a parameter is 3/,
      pointer: "/paths/~1a/get/parameters/0",
    },
  ];
  for (const { name, given, code, message, pointer } of table) {
    test(name, async () => {
      const error = await failure({ swagger: "2.0", ...given });
      expect(error).toMatchObject({ code, message: expect.stringMatching(message), pointer });
      expect(error.position?.line).toBeGreaterThan(1);
    });
  }

  test("aliases that grow without end are refused, and soon", async () => {
    const levels = Array.from({ length: 40 }, (_, n) => `  L${n + 1}: &l${n + 1} {allOf: [*l${n}, *l${n}]}`);
    const given = main(
      `swagger: "2.0"\npaths: {}\ndefinitions:\n  L0: &l0 {type: string}\n${levels.join("\n")}\n`,
    );
    await expect(async () => await resolve(parse(given))).rejects.toMatchObject({ code: "spec/too-large" });
  });

  test("what many operations share is not copied without end", async () => {
    const shared = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`p${n}`, text]));
    const operation = { parameters: [{ $ref: "#/parameters/B" }], responses: {} };
    const paths = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`/p${n}`, { post: operation }]));
    const parameters = { B: { in: "body", name: "b", schema: { properties: shared } } };
    expect(await failure({ swagger: "2.0", paths, parameters })).toMatchObject({ code: "spec/too-large" });
  });
});

/** Every pointer of a tree. */
function pointers(value: Json, pointer = ""): readonly string[] {
  const entries = isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return [
    pointer,
    ...entries.flatMap(([key, member]) => pointers(member, appendPointer(pointer, String(key)))),
  ];
}

test("whatever calls itself Swagger 2.0 is refused in words, or every place in what becomes of it is one in its text", async () => {
  const key = fc.constantFrom(
    ..."paths definitions parameters responses /a get post schema type file in body formData query name items properties $ref x-nullable allOf 200 headers examples consumes produces securityDefinitions host __proto__ constructor content".split(
      " ",
    ),
  );
  const leaf = fc.constantFrom<Json[]>(
    ..."string file body formData query array a #/definitions/a #/parameters/a oauth2 application/json".split(
      " ",
    ),
    true,
    null,
    3,
  );
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 7 },
      leaf,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie("tree")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const mostly = (likely: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
    fc.oneof({ weight: 12, arbitrary: likely }, { weight: 1, arbitrary: tree });
  const optional = { noNullPrototype: true, requiredKeys: [] };
  const places = fc.constantFrom("query", "header", "formData", "formData", "body");
  const parameter = mostly(
    fc.record({ in: places, name: key, type: leaf, schema: tree, items: tree, "x-nullable": tree }),
  );
  const parameters = fc.array(parameter, { maxLength: 4 });
  const response = mostly(fc.record({ schema: tree, headers: tree, examples: tree }, optional));
  const responses = mostly(fc.dictionary(key, response, { maxKeys: 3, noNullPrototype: true }));
  const operation = mostly(fc.record({ parameters, responses, produces: tree, consumes: tree }, optional));
  const path = mostly(fc.record({ get: operation, post: operation, parameters }, optional));
  const description = fc.record({
    paths: mostly(fc.record({ "/a": path })),
    definitions: mostly(fc.record({ a: tree })),
    parameters: fc.record({ a: parameter }),
    responses: fc.record({ a: response }),
    securityDefinitions: tree,
    host: leaf,
    basePath: leaf,
  });
  await fc.assert(
    fc.asyncProperty(description, async (given) => {
      const user: Json = { ...given, swagger: "2.0" };
      try {
        const { root, document } = await resolve(parse(main(JSON.stringify(user))));
        for (const pointer of pointers(root)) expect(valueAt(user, document.origin(pointer))).toBeDefined();
      } catch (error) {
        if (!(error instanceof GenDeployError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
});
