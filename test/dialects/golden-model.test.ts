import openapiTS, { astToString } from "openapi-typescript";
import { Project } from "ts-morph";
import type { Type } from "ts-morph";
import { describe, expect, test } from "vitest";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { RowModel } from "../../src/model/deployment-model.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";
import { fixtures, readFixture, type Fixture } from "./descriptions.js";

function interpretFixture(spec: ResolvedSpec, { metadata }: Fixture): Interpretation {
  return recognise(spec, dialects).interpret(spec, { labels: new Map(), operations: [], metadata });
}

describe.each(fixtures())("$dialect/$name", (fixture) => {
  test("is recognised by its own dialect and no other", async () => {
    const spec = await readFixture(fixture);
    const claimants = dialects.filter((dialect) => dialect.recognises(spec));
    const certain = claimants.filter(({ fallback }) => fallback !== true);
    // Plain OpenAPI takes what is left.
    const ids = (certain.length > 0 ? certain : claimants).map(({ id }) => id);
    expect(ids).toEqual([fixture.dialect]);
  });

  test("becomes the golden model", async () => {
    const interpretation = interpretFixture(await readFixture(fixture), fixture);
    await expect(`${JSON.stringify(interpretation, null, 2)}\n`).toMatchFileSnapshot(
      `${fixture.folder}/model.json`,
    );
  });

  test("becomes a model that survives JSON", async () => {
    const { model } = interpretFixture(await readFixture(fixture), fixture);
    expect(JSON.parse(JSON.stringify(model))).toStrictEqual(model);
  });

  test("points at its features, and at the types that openapi-typescript gives them", async () => {
    const spec = await readFixture(fixture);
    const { model } = interpretFixture(spec, fixture);
    const types = isOpenApi(spec) ? await wireTypes(spec) : noTypes;
    for (const row of model.operations.flatMap(({ input, output }): RowModel[] => [input, output])) {
      const names = row.features.map(({ wireName }) => wireName);
      const described = spec.find(row.pointer);
      expect(described).toBeDefined();
      // What is bare has no name there, a context's features stand elsewhere, schemas name more
      // than features, and maps of metadata have any order.
      const named = row.features.every(({ codec }) => codec.kind !== "example" && codec.kind !== "json");
      if (!row.bare && named && names.length > 0) {
        expect(Object.keys(described?.value ?? {}).toSorted()).toEqual(names.toSorted());
      }
      // A model's own order of its inputs is not that of the schema.
      if (row.wireType !== null) expect(membersAt(types, row.wireType).toSorted()).toEqual(names.toSorted());
      else expect(fixture.dialect).not.toBe("peltarion");
    }
  });
});

function isOpenApi({ root }: ResolvedSpec): boolean {
  return "paths" in root || "components" in root;
}

function noTypes(name: string): never {
  throw new Error(`no type ${name}: the description is no OpenAPI document`);
}

/** The emitted types, by the names under which they are exported. */
async function wireTypes(spec: ResolvedSpec): Promise<(name: string) => Type> {
  const document = { openapi: "3.1.0", info: { title: "", version: "" }, ...spec.root };
  const source = astToString(await openapiTS(JSON.stringify(document), { silent: true }));
  const file = new Project({ useInMemoryFileSystem: true }).createSourceFile("wire.ts", source);
  return (name) => file.getInterfaceOrThrow(name).getType();
}

function membersAt(
  types: (name: string) => Type,
  [name = "", ...keys]: readonly string[],
): readonly string[] {
  let here = types(name);
  for (const key of keys) {
    const next = here.getProperties().find((member) => member.getEscapedName() === key);
    here = bare(next?.getValueDeclarationOrThrow().getType());
  }
  return here.getProperties().map((member) => member.getName());
}

function bare(type: Type | undefined): Type {
  if (type === undefined) throw new Error("openapi-typescript emits no such member");
  const solid = type.getNonNullableType();
  return solid.getArrayElementType()?.getNonNullableType() ?? solid;
}
