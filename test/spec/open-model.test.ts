import { describe, expect, test } from "vitest";
import { faultAt } from "../../src/spec/openapi-fault.js";
import { failure, resolved } from "./resolved.js";

const schema = {
  components: {
    schemas: { Input: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } }, A: {} },
  },
};
const model = (more: object = {}): object => ({
  owner: "stability-ai",
  name: "sdxl",
  description: "Draws.",
  latest_version: { id: "39ed52f2", openapi_schema: schema },
  ...more,
});

describe("a model of Replicate's API", () => {
  const table: readonly { name: string; given: object; want: object }[] = [
    {
      name: "is the description inside, with what it says of itself",
      given: model(),
      want: {
        ...schema,
        info: { title: "sdxl", description: "Draws." },
        "x-replicate": { model: "stability-ai/sdxl", version: "39ed52f2" },
      },
    },
    {
      name: "keeps the rest of info",
      given: model({
        description: null,
        latest_version: {
          openapi_schema: { ...schema, info: { title: "Cog", version: "0.1.0", description: "d" } },
        },
      }),
      want: {
        ...schema,
        info: { title: "sdxl", version: "0.1.0", description: "d" },
        "x-replicate": { model: "stability-ai/sdxl" },
      },
    },
    {
      name: "may be a version alone",
      given: { id: "39ed52f2", cog_version: "0.9", openapi_schema: schema },
      want: { ...schema, info: {}, "x-replicate": { version: "39ed52f2" } },
    },
  ];
  for (const { name, given, want } of table) {
    test(name, async () => {
      const { root, document } = await resolved(given);
      expect(root).toEqual(want);
      expect(document.kind).toBe("model");
    });
  }

  test.each([
    { name: "bare components", given: schema },
    {
      name: "a description with such members of its own",
      given: { ...model({ latest_version: { openapi_schema: {} } }), paths: {} },
    },
    { name: "an object with a version of something else", given: { latest_version: "3.1" } },
    { name: "a model's words alone", given: { name: "x", owner: "y" } },
  ])("is not $name", async ({ given }) => {
    const { root, document } = await resolved(given);
    expect(root).toEqual(given);
    expect(document.kind).toBe("openapi");
  });

  test("without a version is refused", async () => {
    for (const version of [null, {}, { id: "1", openapi_schema: null }]) {
      expect(await failure(model({ latest_version: version }))).toMatchObject({
        code: "spec/no-version",
        pointer: "/latest_version",
        position: { file: "spec.json", line: 5 },
      });
    }
  });

  test("tells places as the user wrote them", async () => {
    const spec = await resolved(model());
    const inside = "/latest_version/openapi_schema/components/schemas/Input";
    expect(spec.document.origin("/components/schemas/Input")).toBe(inside);
    expect(spec.document.origin("/info/title")).toBe("/name");
    expect(spec.document.origin("/x-replicate/version")).toBe("/latest_version/id");
    const error = faultAt(spec, "/components/schemas/Input/properties", {
      code: "a/b",
      message: "c",
      hint: "d",
    });
    expect(error).toMatchObject({ pointer: `${inside}/properties`, position: { line: 12 } });
    const broken = { components: { schemas: { Input: { $ref: "#/components/schemas/Inpt" } } } };
    expect(await failure(model({ latest_version: { openapi_schema: broken } }))).toMatchObject({
      code: "spec/broken-ref",
      pointer: `${inside}/$ref`,
      position: { line: 10 },
    });
  });

  test("may hold Swagger 2.0", async () => {
    const spec = await resolved(
      model({ latest_version: { openapi_schema: { swagger: "2.0", definitions: { A: {} } } } }),
    );
    expect(spec.document.origin("/components/schemas/A")).toBe(
      "/latest_version/openapi_schema/definitions/A",
    );
  });
});
