import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonShape } from "@gen-deploy/runtime";
import { encodeNpy, ndarray } from "@gen-deploy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { filesOfRows } from "../../src/disk/files-of-rows.js";
import { openInput } from "../../src/disk/open-input.js";
import type { DeploymentModel, OperationModel } from "../../src/model/deployment-model.js";
import { readFileRows, readRow, readRows } from "../../src/score/read-rows.js";
import type { ConvertedRow, SourceRow } from "../../src/score/row-source.js";
import { allRows, modelOf, modelOfShapes, modelWith, operationOf, outcomes } from "./rows-of.js";

const animals = modelOf("peltarion/animal-table");
const leaves = modelOf("openapi/leaf-doctor");
const picture = modelWith({ picture: { kind: "image", mediaTypes: ["image/png"], alpha: true } });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-open-"));
  await mkdir(join(folder, "photos"));
  for (const name of ["b.png", "a.png", "c.txt", "[x].png"])
    await writeFile(join(folder, "photos", name), Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  await writeFile(join(folder, "v.npy"), encodeNpy(ndarray([2], Float32Array.of(1, 2))));
  await writeFile(join(folder, "rows.csv"), "picture\nphotos/a.png\nnone.png\n");
  await writeFile(join(folder, "images.csv"), "key,image_bytes\none,photos/a.png\n");
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

interface Given {
  readonly stdin?: string;
  readonly operation?: OperationModel;
}

async function read(
  location: string,
  model: DeploymentModel,
  { stdin = "", operation = operationOf(model) }: Given = {},
): Promise<readonly SourceRow[]> {
  const input = await openInput(location === "-" ? "-" : join(folder, location), bytesOf(stdin));
  return await allRows(await readRows(input, { model, operation, files: filesOfRows(folder) }));
}

async function readAll(
  paths: readonly string[],
  model: DeploymentModel,
  operation: OperationModel = operationOf(model),
): Promise<readonly SourceRow[]> {
  return await allRows(readFileRows(paths, { model, operation, files: filesOfRows(folder) }));
}

async function openRow(text: string, model: DeploymentModel, index: number = 0): Promise<ConvertedRow> {
  return await readRow(text, { model, operation: operationOf(model, index), files: filesOfRows(folder) });
}

describe("rows", () => {
  test("of a file name others beside it", async () => {
    const [first, second] = outcomes(await read("rows.csv", picture));
    expect(first).toMatchObject({ picture: { name: "a.png" } });
    expect(second).toBe("3: picture cannot be read: none.png does not exist");
  });

  test("come on standard input", async () => {
    const stdin = "Type,Sound,Size\nanimal,miaow,1\n";
    expect(outcomes(await read("-", animals, { stdin }))).toEqual([
      { Type: "animal", Sound: "miaow", Size: 1 },
    ]);
  });

  test("are files, one each", async () => {
    const rows = await readAll(["photos/[x].png", "photos/a.png", "photos/none.png"], picture);
    expect(rows.map(({ line, index, columns }) => [line, index, columns["file"]])).toEqual([
      [1, 0, "photos/[x].png"],
      [2, 1, "photos/a.png"],
      [3, 2, "photos/none.png"],
    ]);
    expect(outcomes(rows)).toMatchObject([
      { picture: { name: "[x].png" } },
      { picture: { name: "a.png" } },
      "3: picture cannot be read: photos/none.png does not exist",
    ]);
  });

  test("are arrays of files, one each", async () => {
    const vector = modelWith({ vector: { kind: "tensor", dtype: "float32", shape: [2], form: "npy" } });
    expect(outcomes(await readAll(["v.npy"], vector))).toEqual([
      { vector: ndarray([2], Float32Array.of(1, 2)) },
    ]);
  });

  test("of byte strings of TensorFlow Serving are files as well", async () => {
    const flowers = modelOf("tf-serving/image-classifier");
    const operation = operationOf(flowers);
    const features = operation.input.features.filter(({ wireName }) => wireName === "image_bytes");
    const single = { ...operation, input: { ...operation.input, features } };
    expect(outcomes(await readAll(["photos/a.png"], flowers, single))).toMatchObject([
      { image_bytes: { name: "a.png" } },
    ]);
    expect(outcomes(await read("images.csv", flowers))).toMatchObject([
      { image_bytes: { name: "a.png" }, key: "one" },
    ]);
  });

  test("of a photo that is the only input to be there go to it", async () => {
    const restyler = modelOf("cog/photo-restyler");
    await expect(readAll(["photos/a.png"], restyler)).rejects.toMatchObject({ code: "rows/not-single" });
    const operation = operationOf(restyler);
    const features = operation.input.features.map((one) => ({ ...one, required: one.wireName === "photo" }));
    const relaxed = { ...operation, input: { ...operation.input, features } };
    expect(outcomes(await readAll(["photos/a.png"], restyler, relaxed))).toMatchObject([
      { photo: { name: "a.png" } },
    ]);
  });

  test.each([
    { location: "none.csv", want: /none\.csv does not exist\.$/ },
    { location: "photos", want: /photos is a folder, not a file\.$/ },
  ])("are not at $location", async ({ location, want }) => {
    await expect(read(location, animals)).rejects.toThrow(want);
  });

  test("of files need an input that takes them, and no other", async () => {
    await expect(readAll(["photos/a.png"], animals)).rejects.toMatchObject({
      code: "rows/not-single",
      hint: 'Give a table with a column for each of "Type", "Sound", "Size"; its cells hold paths.',
    });
  });
});

describe("one row", () => {
  const cases: readonly (readonly [text: string, want: ConvertedRow])[] = [
    [
      '{"Type":"animal","Sound":"miaow","Size":0.4}',
      { ok: true, value: { Type: "animal", Sound: "miaow", Size: 0.4 } },
    ],
    ['{"Type":"animal","Sound":"miaow"}', { ok: false, feature: "Size", reason: "is missing" }],
    [
      '{"Type":"animal","Sound":"miaow","Size":1,"Sise":2}',
      { ok: false, feature: "Sise", reason: 'is no feature; those are "Type", "Sound", "Size"' },
    ],
    ["5", { ok: false, reason: "is 5, not an object with the features as members" }],
  ];

  test.each(cases)("%s", async (text, want) => {
    expect(await openRow(text, animals)).toEqual(want);
  });

  test("that is no JSON is refused", async () => {
    await expect(openRow("{Type:1}", animals)).rejects.toThrow(/^--row is no JSON: "\{Type:1\}" \(/);
  });
});

describe("a service", () => {
  const rowOf = async (text: string, model: DeploymentModel, index: number): Promise<unknown> => {
    const row = await openRow(text, model, index);
    return row.ok ? row.value : `${row.feature} ${row.reason}`;
  };

  test("takes the members of its body, beside its parameters", async () => {
    const text = JSON.stringify({ threshold: 0.5, picture: "photos/a.png", mask: null, plant: "tomato" });
    expect(await rowOf(text, leaves, 2)).toMatchObject({
      ...{ threshold: 0.5, picture: { name: "a.png" }, mask: null, plant: "tomato" },
    });
    expect(await rowOf('{"plant":"tomato","temperature":61,"spots":[]}', leaves, 0)).toBe(
      "temperature is 61, expected at least -50 and at most 60",
    );
  });

  const service = (at: "whole" | "rest" | "member", shape: JsonShape): DeploymentModel => {
    const model = modelOfShapes({ limit: { type: "integer" }, body: shape });
    const operation = operationOf(model);
    const limit = { in: "query", name: "limit", style: "form", explode: true } as const;
    const body = { mediaType: "application/json", form: "json", at } as const;
    const places: Record<string, typeof limit> = at === "whole" ? {} : { limit };
    const features = operation.input.features.filter(({ wireName }) => at !== "whole" || wireName === "body");
    const framing = { protocol: "http", places, body, replies: [] } as const;
    return { ...model, operations: [{ ...operation, framing, input: { ...operation.input, features } }] };
  };
  const point: JsonShape = {
    type: "object",
    members: { x: { shape: { type: "number" } }, y: { shape: { type: "number" }, optional: true } },
  };

  test.each([
    { at: "whole", shape: point, text: '{"x":1}', want: { x: 1 } },
    { at: "rest", shape: point, text: '{"limit":2,"x":1,"y":3}', want: { limit: 2, x: 1, y: 3 } },
    { at: "member", shape: point, text: '{"limit":2,"x":1}', want: { limit: 2, body: { x: 1 } } },
    { at: "whole", shape: { type: "list", items: { type: "number" } }, text: "[1,2]", want: [1, 2] },
    { at: "whole", shape: { type: "list", items: { type: "number" } }, text: '{"body":[1,2]}', want: [1, 2] },
    { at: "member", shape: { type: "number" }, text: '{"limit":2,"body":1}', want: { limit: 2, body: 1 } },
    {
      at: "whole",
      shape: { type: "record", values: { type: "number" } },
      text: '{"a":1,"__proto__":2}',
      want: JSON.parse('{"a":1,"__proto__":2}'),
    },
    { at: "whole", shape: { type: "any" }, text: '{"a":{"b":1}}', want: { a: { b: 1 } } },
    {
      at: "whole",
      shape: { type: "union", of: [point, { type: "object", members: { z: { shape: { type: "text" } } } }] },
      text: '{"z":"a"}',
      want: { z: "a" },
    },
    { at: "rest", shape: point, text: '{"limit":2}', want: "x is missing" },
  ] as const)("whose body stands $at takes $text", async ({ at, shape, text, want }) => {
    expect(await rowOf(text, service(at, shape), 0)).toEqual(want);
  });
});
