import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile, type Compilation } from "../../src/compile.js";
import { metadata, openapi } from "../dialects/modelbit-descriptions.js";
import { fixtures } from "../dialects/descriptions.js";
import { exampleOf } from "../package-example.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/*
 * Packages of functions on Modelbit: what is written compiles, sources, built files and front page alike.
 */

const own = fixtures()
  .filter(({ dialect }) => dialect === "modelbit")
  .map(({ name, spec }) => ({ name, text: readFileSync(spec, "utf8") }));

const hostileNames = [
  ...["__proto__", "constructor", "toString", "then", "default", "*/", "`${1}`", '"\\', "\u2028", "größe"],
  ...["a b", "A B", "a-b", "Input", "Output", "Client", "Labels", "Promise", "Record", "Open", "Shapes"],
];
const component = {
  type: "object",
  properties: { "*/": { enum: ["*/", "\u2028", "`"], description: "*/" } },
};
const hostile = [
  {
    name: "names of arguments, shapes and labels",
    text: JSON.stringify({
      ...JSON.parse(
        openapi(
          {
            prefixItems: [
              ...hostileNames.map((title) => ({ title, enum: [title, "x"], description: `*/ ${title}` })),
              ...hostileNames.map((title) => ({ title: `${title}!`, type: "object", properties: { a: {} } })),
            ],
          },
          {
            type: "object",
            properties: Object.fromEntries(
              hostileNames.map((name) => [
                name,
                { $ref: `#/components/schemas/${encodeURIComponent(name.replaceAll("/", "~1"))}` },
              ]),
            ),
          },
        ),
      ),
      info: { title: "*/ `${x}`", description: "*/" },
      components: { schemas: Object.fromEntries(hostileNames.map((name) => [name, component])) },
    }),
  },
  { name: "no arguments", text: openapi({ prefixItems: [] }, { type: "null" }) },
  { name: "columns", text: metadata([], { dataframeModeColumns: hostileNames.map((name) => ({ name })) }) },
  {
    name: "files in and out",
    text: openapi(
      { title: "scan", type: "string", format: "byte" },
      { type: "object", properties: { bytes: { type: "string", format: "byte" } } },
    ),
  },
  {
    name: "what holds itself",
    text: JSON.stringify({
      ...JSON.parse(openapi({ $ref: "#/components/schemas/T" }, { $ref: "#/components/schemas/T" })),
      components: {
        schemas: { T: { type: "object", properties: { t: { $ref: "#/components/schemas/T" } } } },
      },
    }),
  },
];

function generate(text: string): Promise<Compilation> {
  return compile({ name: "spec.yaml", url: null, text }, { name: "some-function" }, { templates });
}

// One program: reading TypeScript's own declarations again for each would take far longer.
test("all compile, and twice give the same bytes", async () => {
  const program = new Map<string, string>();
  for (const [index, { text }] of [...own, ...hostile].entries()) {
    const { files, model } = await generate(text);
    expect(model.dialect).toBe("modelbit");
    expect((await generate(text)).files).toEqual(files);
    for (const { path, text: source } of files) program.set(`modelbit-${index}/${path}`, source);
    program.set(`modelbit-${index}/example.ts`, exampleOf(files));
  }
  expect(typeCheck(program)).toEqual([]);
}, 120_000);

test("labels of texts stand in the types and in the exported sets", async () => {
  const labels = new Map([["kind", ["cat", "dog"]]]);
  const spec = { name: "metadata.yaml", url: null, text: metadata(["kind:str", "return:str"]) };
  const { files } = await compile(spec, { labels }, { templates });
  const source = files.find(({ path }) => path === "src/index.ts")?.text;
  expect(source).toContain('export const labels = { kind: ["cat", "dog"] } as const;');
  expect(source).toContain('kind: Labels["kind"];');
  expect(source).toContain("values: labels.kind");
});

test("without labels there are no sets", async () => {
  const { files } = await generate(metadata(["a:int"]));
  expect(files.find(({ path }) => path === "src/index.ts")?.text).not.toMatch(/labels/i);
});
