import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { useCli } from "./run-cli.js";

const cli = useCli();

/** The animal deployment as Swagger 2.0 would describe it. */
const animal = `swagger: 2.0
info: { title: Animal weight, version: "1" }
host: deploy.example.com
schemes: [https]
paths:
  /deployment/1/forward: { post: { responses: {} }, x-peltarion-tensorjson: true }
definitions:
  input-row:
    properties:
      Type: { x-peltarion: { type: categorical, shape: [2] } }
      Size: { x-peltarion: { type: numeric, shape: [1] } }
  output-row-batch:
    properties:
      rows: { properties: { Weight: { x-peltarion: { type: numeric, shape: [1] } } } }
`;

describe("Swagger 2.0", () => {
  test("gives a package that holds it word for word, and that check finds unchanged", async () => {
    cli.put("api.yaml", animal);
    expect(await cli.run(["api.yaml"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Wrote animal-weight/),
    });
    const files = snapshot(join(cli.folder, "animal-weight"));
    expect(files["swagger.yaml"]).toBe(animal);
    expect(JSON.parse(files["package.json"] ?? "")).toMatchObject({
      exports: { "./swagger.yaml": "./swagger.yaml" },
      files: expect.arrayContaining(["swagger.yaml"]),
    });
    expect(files["src/index.ts"]).toMatch(/Size: number/);
    expect(files["src/wire.ts"]).toContain('"input-row"');
    expect((await cli.run(["check", "api.yaml"])).stdout).toBe("animal-weight is up to date.\n");
    const { stdout } = await cli.run(["inspect", "api.yaml"]);
    expect(stdout).toMatch(/url +https:\/\/deploy\.example\.com\/deployment\/1\/forward/);
  });

  test("is told of by its own places and lines, in complaints and in warnings", async () => {
    cli.put("api.yaml", animal);
    const warned = await cli.run(["api.yaml", "--dry-run"]);
    expect(warned.stderr).toMatch(/ at api\.yaml:10:\d+ \(\/definitions\/input-row\/properties\/Type/);
    cli.put(
      "api.yaml",
      animal.replace("type: numeric, shape: [1] } }\n  output", "type: nothing } }\n  output"),
    );
    const { status, stderr } = await cli.run(["api.yaml"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/ at api\.yaml:11:\d+ \(\/definitions\/input-row\/properties\/Size/);
    cli.put("api.yaml", `${animal}parameters: [1]\nresponses: 3\nsecurityDefinitions: null\n`);
    expect(await cli.run(["api.yaml"])).toMatchObject({ status: 0 });
  });

  test("may be in several files", async () => {
    cli.put(
      "api.yaml",
      animal.replace(
        "Size: { x-peltarion: { type: numeric, shape: [1] } }",
        "Size: { $ref: size.json#/definitions/Size }",
      ),
    );
    cli.put(
      "size.json",
      '{"swagger": "2.0", "definitions": {"Size": {"x-peltarion": {"type": "numeric", "shape": [1]}}}}',
    );
    expect(await cli.run(["api.yaml"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(cli.folder, "animal-weight/src/index.ts"), "utf8")).toMatch(/Size: number/);
  });
});

test("a model of Replicate's API gives a package that is called like the model", async () => {
  const schemas = {
    Input: { type: "object", required: ["prompt"], properties: { prompt: { type: "string", "x-order": 0 } } },
    Output: { type: "string" },
  };
  const version = { id: "39ed52f2", openapi_schema: { components: { schemas } } };
  const model = { owner: "acme", name: "echo-words", description: "Echoes.", latest_version: version };
  cli.put("model.json", JSON.stringify(model, null, 2));
  expect(await cli.run(["model.json"])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Wrote echo-words to echo-words/),
  });
  const files = snapshot(join(cli.folder, "echo-words"));
  expect(JSON.parse(files["model.json"] ?? "")).toEqual(model);
  expect(files["src/index.ts"]).toMatch(/acme\/echo-words/);
  expect((await cli.run(["check", "model.json"])).status).toBe(0);
});
