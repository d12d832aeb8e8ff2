import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import type { CompileOptions } from "../../src/compile-options.js";
import { flowers, products, scaled } from "../servers/tf-serving-kserve.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/*
 * The files that KServe's tf2openapi wrote: packages are generated of them, compiled together with programs that use
 * them, and these programs call the loopback server.
 */

const folder = fileURLToPath(new URL("../../../shared/specs", import.meta.url));
const prefix = "kserve__kserve__tf2openapi-";
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith(prefix)) : [];
if (files.length === 0) console.log("Skipped: the files of tf2openapi are not at ../shared/specs.");

interface Case {
  readonly file: string;
  readonly model: string;
  /** What a caller writes in a function that has a `client`. */
  readonly program: string;
  readonly want: unknown;
  /** The bodies that reach the server. */
  readonly bodies: readonly unknown[];
}

const image = "image_bytes: Uint8Array.of(255, 216, 255, 224)";
const flowersCase = {
  model: "flowers",
  program: `
    const one = await client.predict({ ${image}, key: "a" });
    const many = await client.predictMany([{ ${image}, key: "b" }, { image_bytes: new Blob(["123"]), key: "ü" }], { framing: "row" });
    const prediction: number = one.prediction;
    const keys: string[] = many.map(({ key }) => key);
    return [one.key, prediction, one.scores.toNested(), keys, many.map((row) => row.scores.data.indexOf(1))];`,
  want: ["a", 4, [0, 0, 0, 0, 1, 0], ["b", "ü"], [4, 3]],
  bodies: [
    { inputs: { image_bytes: [{ b64: "/9j/4A==" }], key: ["a"] } },
    {
      instances: [
        { image_bytes: { b64: "/9j/4A==" }, key: "b" },
        { image_bytes: { b64: "MTIz" }, key: "ü" },
      ],
    },
  ],
};

const matrices = (of: string) => `[[${of}], [${of}]]`;
const cases: readonly Case[] = [
  {
    file: "ColFmtMultipleTensors",
    model: "products",
    program: `
    const x = ndarray([2, 2, 3], Float64Array.from({ length: 12 }, (_, index) => index));
    const { output } = await client.predict({ x, b: ${matrices("[1, 0], [0, 1], [0, 0.5]")} });
    return output.toNested();`,
    want: [
      [
        [0, 2],
        [3, 6.5],
      ],
      [
        [6, 11],
        [9, 15.5],
      ],
    ],
    bodies: [
      {
        inputs: {
          b: Array.from({ length: 2 }, () => [
            [1, 0],
            [0, 1],
            [0, 0.5],
          ]),
          x: [0, 6].map((first) => [0, 3].map((row) => [0, 1, 2].map((column) => first + row + column))),
        },
      },
    ],
  },
  {
    file: "ColFmtScalar",
    model: "scaled",
    program: `
    const { output } = await client.predict(3);
    return [output.shape, output.toNested()];`,
    want: [
      [3, 3],
      [
        [3, 0, 0],
        [0, 3, 0],
        [0, 0, 3],
      ],
    ],
    bodies: [{ inputs: 3 }],
  },
  { file: "RowFmtMultipleTensors", ...flowersCase },
  { file: "TestFlowers", ...flowersCase },
];

let serving: TfServing;
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "gen-deploy-kserve-"));
  serving = await startTfServing({ models: [products, scaled, flowers] });
});
afterAll(async () => {
  await serving.close();
  await rm(scratch, { recursive: true, force: true });
});

function specOf(file: string): string {
  return readFileSync(join(folder, `${prefix}${file}.json`), "utf8");
}

/** A package with a program that calls it, as text by path. */
async function generate(
  { file, program }: { file: string; program: string },
  options: CompileOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const compilation = await compile({ name: file, url: null, text: specOf(file) }, options, { templates });
  const caller = `import { createClient, ndarray } from "./src/index.js";
export { ndarray };
export async function call(url: string): Promise<unknown> {
    const client = createClient({ url, retry: false });${program}
}
`;
  const sources = compilation.files.map(({ path, text }) => [path, text] as const);
  return new Map([...sources, ["call.ts", caller]]);
}

/** Writes the package under `name` and lets its program call the model. */
async function run(name: string, texts: ReadonlyMap<string, string>, model: string): Promise<unknown> {
  for (const [path, text] of texts) {
    const place = join(scratch, name, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  const program: { call(url: string): Promise<unknown> } = await import(
    pathToFileURL(join(scratch, name, "call.ts")).href
  );
  return await program.call(`${serving.origin}/v1/models/${model}:predict`);
}

const large = `
    const { prediction } = await client.predict({ ${image}, key: "large" });
    return prediction;`;

/** The same with the metadata that the server itself gives: now the program may say that it is a bigint. */
async function generateExact(): Promise<ReadonlyMap<string, string>> {
  const url = `${serving.origin}/v1/models/flowers/metadata`;
  const metadata = { name: url, url, text: await (await fetch(url)).text() };
  const program = large.replace("return prediction", "const exact: bigint = prediction;\n    return exact");
  return await generate({ file: "TestFlowers", program }, { metadata });
}

function under(name: string, texts: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...texts].map(([path, text]) => [`${name}/${path}`, text]);
}

describe.skipIf(files.length === 0)("what tf2openapi wrote", () => {
  test("is all here", () => {
    expect(cases.map(({ file }) => `${prefix}${file}.json`).toSorted()).toEqual(files.toSorted());
  });

  test("compiles with the programs that use it", async () => {
    const program = new Map<string, string>();
    for (const given of cases)
      for (const [path, text] of under(given.file, await generate(given))) program.set(path, text);
    for (const [path, text] of under("exact", await generateExact())) program.set(path, text);
    expect(typeCheck(program)).toEqual([]);
  }, 120_000);

  test.each(cases)("$file is called", async (given) => {
    const from = serving.requests.length;
    expect(await run(given.file, await generate(given), given.model)).toEqual(given.want);
    const sent = serving.requests.slice(from);
    expect(sent.map(({ url }) => url)).toEqual(given.bodies.map(() => `/v1/models/${given.model}:predict`));
    expect(sent.map(({ body }): unknown => JSON.parse(body))).toEqual(given.bodies);
  });

  test("an integer that may have been rounded is refused, with a word about metadata", async () => {
    const call = run("large", await generate({ file: "TestFlowers", program: large }), "flowers");
    await expect(call).rejects.toMatchObject({ code: "bad-reply", feature: "prediction" });
    await expect(call).rejects.toThrow(/--metadata/);
  });

  test("with the server's own metadata it is exact", async () => {
    expect(await run("exact", await generateExact(), "flowers")).toBe(9_007_199_254_740_993n);
  });
});
