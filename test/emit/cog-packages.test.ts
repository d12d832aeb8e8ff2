import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { fixtures } from "../dialects/descriptions.js";
import { exampleOf } from "../package-example.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/*
 * Packages of Cog models: what is written compiles, sources, built files and front page alike.
 */

const own = fixtures().filter(({ dialect }) => dialect === "cog");

/** Descriptions that Cog wrote of models in public repositories, where they are at hand. */
const shared = fileURLToPath(new URL("../../../shared/specs", import.meta.url));
const written = (existsSync(shared) ? readdirSync(shared) : []).filter((name) =>
  name.includes("cog-openapi"),
);

async function generate(text: string): Promise<ReadonlyMap<string, string>> {
  const { files } = await compile({ name: "spec.json", url: null, text }, {}, { templates });
  return new Map(files.map((file) => [file.path, file.text]));
}

/** The complaints about packages, each in a folder of its own: one program for all, since each costs seconds. */
function complaintsOf(packages: readonly ReadonlyMap<string, string>[]): readonly string[] {
  const program = new Map<string, string>();
  for (const [index, files] of packages.entries()) {
    for (const [path, text] of files) program.set(`package-${index}/${path}`, text);
    const list = [...files].map(([path, text]) => ({ path, text }));
    program.set(`package-${index}/example.ts`, exampleOf(list));
  }
  return typeCheck(program);
}

const long = 120_000;

test(
  "packages of the fixtures compile, and generated twice they have the same bytes",
  async () => {
    const packages: ReadonlyMap<string, string>[] = [];
    for (const { spec } of own) {
      const text = readFileSync(spec, "utf8");
      const files = await generate(text);
      expect(await generate(text)).toEqual(files);
      packages.push(files);
    }
    expect(packages).toHaveLength(3);
    expect(complaintsOf(packages)).toEqual([]);
  },
  long,
);

test.skipIf(written.length === 0)(
  "what Cog wrote compiles; skipped where its files are not at hand",
  async () => {
    expect(written).toHaveLength(2);
    const packages = written.map((name) => generate(readFileSync(join(shared, name), "utf8")));
    expect(complaintsOf(await Promise.all(packages))).toEqual([]);
  },
  long,
);

describe("the types of an output", () => {
  const uri = { type: "string", format: "uri" };
  const iterator = { type: "array", "x-cog-array-type": "iterator" };
  const page = { type: "object", properties: { file: uri }, required: ["file"], title: "Page" };
  const cases: readonly {
    readonly name: string;
    readonly output: object;
    readonly want: readonly string[];
  }[] = [
    { name: "a file", output: uri, want: ["type Output = RemoteFile;", "type Item = Output;"] },
    {
      name: "files",
      output: { type: "array", items: uri },
      want: ["type Output = RemoteFile[];", "type Item = Output;"],
    },
    {
      name: "files one by one",
      output: { ...iterator, items: uri },
      want: ["type Item = RemoteFile;", "type Output = Item[];"],
    },
    {
      name: "one text of tokens",
      output: { ...iterator, items: { type: "string" }, "x-cog-array-display": "concatenate" },
      want: ["type Item = string;", "type Output = string;"],
    },
    {
      name: "an object",
      output: { ...page, title: "Output" },
      want: ["interface Output {", "type Item = Output;"],
    },
    {
      name: "objects one by one",
      output: { ...iterator, items: page },
      want: ["interface Page {", "type Item = Page;", "type Output = Item[];"],
    },
    {
      name: "objects that are called Item",
      output: { ...iterator, items: { ...page, title: "Item" } },
      want: ["interface Item {", "type Output = Item[];"],
    },
    {
      name: "objects that are called Client",
      output: { type: "array", items: { ...page, title: "Client" } },
      want: ["interface Client_2 {", "type Output = Client_2[];"],
    },
    { name: "anything", output: {}, want: ["type Output = unknown;", "type Item = Output;"] },
  ];
  const packageOf = async (output: object): Promise<ReadonlyMap<string, string>> => {
    const schemas = {
      Input: { type: "object", properties: { image: uri }, required: ["image"] },
      Output: output,
    };
    return await generate(JSON.stringify({ components: { schemas } }));
  };

  test.each(cases)("that is $name", async ({ output, want }) => {
    const source = (await packageOf(output)).get("src/index.ts") ?? "";
    for (const line of want) expect(source.split("\n")).toContain(`export ${line}`);
  });

  test(
    "compile",
    async () => {
      const packages = await Promise.all(cases.map(({ output }) => packageOf(output)));
      expect(complaintsOf(packages)).toEqual([]);
    },
    long,
  );
});

test(
  "hostile names compile",
  async () => {
    const names = [
      "__proto__",
      "constructor",
      "toString",
      "*/ alert()",
      "`${1}`",
      '"',
      "\u2028",
      "a b",
      "Input",
      "π",
      "1",
    ];
    const properties = Object.fromEntries(names.map((name) => [name, { allOf: [{ $ref: refTo(name) }] }]));
    const labels = Object.fromEntries(names.map((name) => [name, { enum: names, description: name }]));
    const Input = { type: "object", properties, required: names, description: names.join(" ") };
    const schemas = JSON.stringify({ ...labels, Input, Output: { type: "string" } });
    const files = await generate(`{"info":{"title":"hostile"},"components":{"schemas":${schemas}}}`);
    expect(complaintsOf([files])).toEqual([]);
  },
  long,
);

function refTo(name: string): string {
  return `#/components/schemas/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}
