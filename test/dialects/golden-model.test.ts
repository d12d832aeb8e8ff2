import openapiTS, { astToString } from "openapi-typescript";
import { Project } from "ts-morph";
import type { Type } from "ts-morph";
import { describe, expect, test } from "vitest";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { RowModel } from "../../src/model/deployment-model.js";
import type { ResolvedSpec } from "../../src/spec/spec-types.js";
import { fixtures, readFixture } from "./descriptions.js";

const nothingSaid = { labels: new Map<string, string[]>(), operations: [] };

function interpretFixture(spec: ResolvedSpec): Interpretation {
  return recognise(spec, dialects).interpret(spec, nothingSaid);
}

describe.each(fixtures())("$dialect/$name", (fixture) => {
  test("is recognised by its own dialect and no other", async () => {
    const spec = await readFixture(fixture);
    expect(dialects.filter((dialect) => dialect.recognises(spec)).map(({ id }) => id)).toEqual([
      fixture.dialect,
    ]);
  });

  test("becomes the golden model", async () => {
    const interpretation = interpretFixture(await readFixture(fixture));
    await expect(`${JSON.stringify(interpretation, null, 2)}\n`).toMatchFileSnapshot(
      `${fixture.folder}/model.json`,
    );
  });

  test("becomes a model that survives JSON", async () => {
    const { model } = interpretFixture(await readFixture(fixture));
    expect(JSON.parse(JSON.stringify(model))).toStrictEqual(model);
  });

  test("points at its features, and at the types that openapi-typescript gives them", async () => {
    const spec = await readFixture(fixture);
    const { model } = interpretFixture(spec);
    const types = await wireTypes(spec);
    for (const row of model.operations.flatMap(({ input, output }): RowModel[] => [input, output])) {
      const names = row.features.map(({ wireName }) => wireName);
      expect(Object.keys(spec.find(row.pointer)?.value ?? {})).toEqual(names);
      expect(row.wireType && membersAt(types, row.wireType)).toEqual(names);
    }
  });
});

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
  return here.getProperties().map((member) => member.getEscapedName());
}

function bare(type: Type | undefined): Type {
  if (type === undefined) throw new Error("openapi-typescript emits no such member");
  const solid = type.getNonNullableType();
  return solid.getArrayElementType()?.getNonNullableType() ?? solid;
}
