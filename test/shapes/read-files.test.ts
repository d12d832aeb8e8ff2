import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createImage } from "../../src/runtime/src/files/image.js";
import { fromFile } from "../../src/runtime/src/node.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readFiles } from "../../src/runtime/src/shapes/read-files.js";
import { fileMediaType, isResolvedFile, toResolvedFile } from "../../src/runtime/src/shapes/resolved-file.js";
import { writeShaped } from "../../src/runtime/src/shapes/write-shape.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-deploy-"));
  await writeFile(join(folder, "a.bin"), Uint8Array.of(1, 2, 3));
});
afterAll(() => rm(folder, { recursive: true }));

const file: JsonShape = { type: "file", form: "base64" };
const any: JsonShape = { type: "any" };
const tree: JsonShape = {
  type: "object",
  members: {
    file: { shape: { type: "union", of: [file, { type: "null" }] } },
    children: { shape: { type: "list", items: { type: "named", name: "Tree" } } },
  },
};
const shapes: Readonly<Record<string, JsonShape>> = {
  Tree: tree,
  Plain: { type: "object", members: { next: { shape: { type: "named", name: "Plain" }, optional: true } } },
};
const read = (value: unknown, shape: JsonShape): Promise<unknown> =>
  readFiles(value, shape, { shapes, feature: "f" });
const blob = (): Blob => new Blob([Uint8Array.of(1, 2, 3)], { type: "audio/wav" });

describe("files on their way out", () => {
  test.each<{ readonly name: string; readonly given: () => unknown; readonly want: object }>([
    { name: "a Blob", given: blob, want: { mediaType: "audio/wav", name: undefined } },
    {
      name: "a File",
      given: () => new File([Uint8Array.of(1, 2, 3)], "a.wav"),
      want: { mediaType: "", name: "a.wav" },
    },
    { name: "a file of the disk", given: () => fromFile(join(folder, "a.bin")), want: { name: "a.bin" } },
    { name: "bytes", given: () => Uint8Array.of(1, 2, 3), want: { mediaType: "" } },
    { name: "a Buffer", given: () => Buffer.from([1, 2, 3]), want: { mediaType: "" } },
    { name: "an ArrayBuffer", given: () => Uint8Array.of(1, 2, 3).buffer, want: { mediaType: "" } },
    {
      name: "an image of a reply",
      given: () => createImage("image/png", Uint8Array.of(1, 2, 3)),
      want: { mediaType: "image/png" },
    },
  ])("$name", async ({ given, want }) => {
    const ready = await read(given(), file);
    expect(isResolvedFile(ready)).toBe(true);
    expect(ready).toMatchObject(want);
    expect(Array.from(toResolvedFile(ready, { feature: "f", place: undefined }).bytes)).toEqual([1, 2, 3]);
    expect(writeShaped(ready, file, { shapes, feature: "f", validate: true })).toBe('"AQID"');
    expect(await read(ready, file)).toBe(ready);
  });

  test("wherever the shape has them, in a copy", async () => {
    const given = {
      file: blob(),
      extra: blob(),
      children: [
        { file: null, children: [] },
        { file: blob(), children: [] },
      ],
    };
    const before = { ...given };
    const ready = await read(given, { type: "named", name: "Tree" });
    expect(ready).toMatchObject({
      file: { bytes: Uint8Array.of(1, 2, 3) },
      children: [{}, { file: { mediaType: "audio/wav" } }],
    });
    expect(ready).toHaveProperty("extra", given.extra);
    expect(ready).toHaveProperty("children.0", given.children[0]);
    expect(given).toEqual(before);
  });

  test("whichever alternative has them", async () => {
    const shape: JsonShape = {
      type: "union",
      of: [
        { type: "text" },
        { type: "list", items: { type: "text" } },
        { type: "tuple", items: [any, file], rest: any },
        { type: "record", values: file },
      ],
    };
    const given = [blob(), blob(), blob()];
    const ready = await read(given, shape);
    expect(ready).toEqual([given[0], expect.objectContaining({ mediaType: "audio/wav" }), given[2]]);
    expect(await read(JSON.parse('{"__proto__":1}'), shape)).toEqual(JSON.parse('{"__proto__":1}'));
  });

  const cyclic: { file: null; children: unknown[] } = { file: null, children: [] };
  cyclic.children.push(cyclic);
  const blobs = { a: blob() };
  test.each<{ readonly name: string; readonly given: unknown; readonly shape: JsonShape }>([
    { name: "text", given: "data:,x", shape: file },
    { name: "no file", given: { file: null, children: [] }, shape: tree },
    { name: "a shape without files", given: blobs, shape: { type: "named", name: "Plain" } },
    { name: "anything", given: blobs, shape: any },
    { name: "what has no end", given: cyclic, shape: tree },
  ])("and $name stays as it is", async ({ given, shape }) => {
    expect(await read(given, shape)).toBe(given);
  });

  test("that cannot be read are named", async () => {
    const list: JsonShape = { type: "list", items: file };
    await expect(read([fromFile(join(folder, "nowhere"))], list)).rejects.toMatchObject({
      code: "wrong-type",
      message: expect.stringContaining('"f[0]" cannot be read from the file "nowhere"'),
    });
  });
});

describe("the type of a file", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const bytes = Uint8Array.of(1, 2, 3);
  test.each([
    {
      name: "is what it says",
      given: { bytes, mediaType: "audio/wav; codecs=1" },
      stated: "text/plain",
      want: "audio/wav",
    },
    {
      name: "is what its bytes prove",
      given: { bytes: png, mediaType: "" },
      stated: "text/plain",
      want: "image/png",
    },
    {
      name: "is not what its bytes disprove",
      given: { bytes: png, mediaType: "image/jpeg" },
      stated: undefined,
      want: "image/png",
    },
    {
      name: "is what the description states",
      given: { bytes, mediaType: "" },
      stated: "Text/Plain",
      want: "text/plain",
    },
    {
      name: "is nothing special",
      given: { bytes, mediaType: "" },
      stated: "image/*",
      want: "application/octet-stream",
    },
  ])("$name", ({ given, stated, want }) => {
    expect(fileMediaType({ ...given, name: undefined }, stated)).toBe(want);
  });
});
