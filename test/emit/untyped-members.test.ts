import { expect, test } from "vitest";
import type { JsonShape } from "@gen-deploy/runtime";
import { compile } from "../../src/compile.js";
import type { DeploymentModel, FeatureModel, RowModel } from "../../src/model/deployment-model.js";
import { metadata } from "../dialects/modelbit-descriptions.js";
import { servicePackage } from "../plan/service-model.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/*
 * Where a type says nothing of a shape, TypeScript takes the members of its objects for those that every object has: a
 * descriptor is a constant, so that one called `constructor` keeps its words.
 */

const text: JsonShape = { type: "text" };
const members = Object.fromEntries(
  ["constructor", "hasOwnProperty", "toString", "valueOf", "__proto__", "a"].map((name) => [
    name,
    { shape: text, optional: true } as const,
  ]),
);
const untyped: JsonShape = { type: "object", members, rest: false };
const loose: JsonShape = { type: "object", members: {}, rest: { type: "tuple", items: [untyped, text] } };

/** The same deployment, whose inputs and outputs are all of this shape. */
function withShape(model: DeploymentModel, shape: JsonShape): DeploymentModel {
  const feature = (one: FeatureModel): FeatureModel => ({ ...one, codec: { kind: "json", shape } });
  const row = (one: RowModel): RowModel => ({
    ...one,
    features: one.features.map(feature),
    wireType: null,
  });
  const operations = model.operations.map((one) => ({
    ...one,
    input: row(one.input),
    output: row(one.output),
  }));
  return { ...model, operations };
}

const cog = JSON.stringify({
  components: { schemas: { Input: { type: "object", properties: { a: {} } }, Output: { type: "string" } } },
});

test.each([
  ["cog", cog],
  ["modelbit", metadata(["a:int", "return:int"])],
])(
  "untyped members of any name compile in packages of %s",
  async (dialect, description) => {
    const spec = { name: "spec.yaml", url: null, text: description };
    const { model } = await compile(spec, { name: "x" }, { templates });
    expect(model.dialect).toBe(dialect);
    const files = await servicePackage(withShape(model, loose));
    expect(files.find(({ path }) => path === "src/index.ts")?.text).toContain("constructor: {");
    expect(typeCheck(new Map(files.map((file) => [`untyped/${file.path}`, file.text])))).toEqual([]);
  },
  120_000,
);
