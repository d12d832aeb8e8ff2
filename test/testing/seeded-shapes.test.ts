import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describe as understand } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parseDataUrl } from "../../src/runtime/src/files/data-url.js";
import { mediaTypeOf } from "../../src/runtime/src/files/media-type.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readShaped } from "../../src/runtime/src/shapes/read-shape.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { seededShape } from "../../src/runtime/src/testing/seeded-shapes.js";
import { heightOf, noValues } from "../../src/runtime/src/testing/seeded-shapes-height.js";
import { anyShape, anyShapes, anyValue } from "../shapes/any-shape.js";
import { hasShape } from "../shapes/shape-reference.js";
import { deploymentShapes } from "./deployment-shapes.js";

const draw = (seed: number | string): ReturnType<typeof createDraw> => createDraw(seed, "test");

describe("a seeded value", () => {
  test("has its shape, wherever the shape has values at all", () => {
    let impossible = 0;
    fc.assert(
      fc.property(anyShape, anyShapes, fc.nat(), anyValue, (shape, shapes, seed, any) => {
        const value = seededShape(shape, { shapes, draw: draw(seed) });
        expect(seededShape(shape, { shapes, draw: draw(seed) })).toEqual(value);
        if (heightOf(shape, shapes) < noValues) {
          readShaped(value, shape, { shapes, strict: true });
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
        } else {
          impossible += 1;
          expect(readsStrictly(any, shape, shapes)).toBe(false);
        }
      }),
      { numRuns: 3000 },
    );
    expect(impossible).toBeLessThan(600);
  });

  test("is within any bounds", () => {
    const bound = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const bounds = fc.record({ min: bound, max: bound, above: bound, below: bound }, { requiredKeys: [] });
    const type = fc.constantFrom("integer" as const, "number" as const);
    fc.assert(
      fc.property(type, bounds, fc.nat(), (of, stated, seed) => {
        const shape: JsonShape = { type: of, ...stated };
        const value = seededShape(shape, { shapes: {}, draw: draw(seed) });
        if (heightOf(shape, {}) < noValues) expect(hasShape(value, shape, {})).toBe(true);
        else for (const one of Object.values(stated)) expect(hasShape(one, shape, {})).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  test.each<{ readonly name: string; readonly shape: JsonShape; readonly want: RegExp }>([
    { name: "a whole number between", shape: { type: "integer", above: 4, below: 6 }, want: /^5$/ },
    { name: "the largest below", shape: { type: "integer", min: 5, below: 6 }, want: /^5$/ },
    { name: "a share", shape: { type: "number", min: 0, max: 1 }, want: /^[01]$|^0\.\d{1,4}$/ },
    { name: "any number", shape: { type: "number" }, want: /^\d{1,3}(?:\.\d{1,2})?$/ },
    { name: "text", shape: { type: "text" }, want: /^"[a-z]+(?: [a-z]+){0,2}"$/ },
    { name: "of an enum", shape: { type: "enum", values: ["a", 1, null] }, want: /^(?:"a"|1|null)$/ },
    { name: "a file", shape: { type: "file", form: "data-url" }, want: /^"data:[\w/]+;base64,/ },
  ])("is plausible: $name", ({ shape, want }) => {
    for (let seed = 0; seed < 50; seed += 1)
      expect(JSON.stringify(seededShape(shape, { shapes: {}, draw: draw(seed) }))).toMatch(want);
  });

  test.each([1, 2, 3, 10, 1000])("sums to 1 over %d labels, with a winner", (count) => {
    const keys = Array.from({ length: count }, (_, index) => `label ${index}`);
    const shape: JsonShape = { type: "record", keys, values: { type: "number", min: 0, max: 1 } };
    const winners = Array.from({ length: 30 }, (_, seed) => {
      const value: unknown = seededShape(shape, { shapes: {}, draw: draw(seed) });
      if (typeof value !== "object" || value === null) throw new Error("no record");
      const shares = Object.values(value).map(Number);
      expect(Object.keys(value)).toEqual(keys);
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-12);
      expect(Math.max(...shares)).toBeGreaterThan(0.5);
      return shares.indexOf(Math.max(...shares));
    });
    if (count > 1) expect(new Set(winners).size).toBeGreaterThan(1);
  });

  test("comes to an end where the shape has none", () => {
    const tree: JsonShape = { type: "named", name: "Tree" };
    const children: JsonShape = { type: "list", items: tree };
    const text: JsonShape = { type: "text" };
    const both = {
      left: { shape: { type: "union", of: [tree, text] } },
      right: { shape: children },
    } as const;
    for (const members of [both, { only: { shape: tree } }]) {
      const shapes = { Tree: { type: "object", members } } as const;
      for (let seed = 0; seed < 20; seed += 1) {
        const text = JSON.stringify(seededShape(tree, { shapes, draw: draw(seed) }));
        expect(text.length).toBeLessThan(50_000);
      }
    }
    const shapes = { Loop: { type: "named", name: "Loop" } } as const;
    expect(seededShape({ type: "named", name: "Loop" }, { shapes, draw: draw(1) })).toBe(null);
  });

  test("is no larger than memory, whatever the description asks for", () => {
    let shape: JsonShape = { type: "integer" };
    for (let depth = 0; depth < 6; depth += 1) shape = { type: "list", items: shape, min: 1000 };
    const text = JSON.stringify(seededShape(shape, { shapes: {}, draw: draw(1) }));
    expect(text.length).toBeLessThan(10_000_000);
  });

  test.each<{
    readonly form: "base64" | "data-url" | "uri";
    readonly mediaType?: string;
    readonly want: string;
  }>([
    { form: "uri", want: "image/png" },
    { form: "data-url", mediaType: "image/jpeg", want: "image/jpeg" },
    { form: "data-url", mediaType: "image/*", want: "image/png" },
    { form: "data-url", mediaType: "audio/*", want: "audio/wav" },
    { form: "data-url", mediaType: "application/json", want: "application/json" },
    { form: "data-url", want: "text/plain" },
  ])("is a real file: $form of $mediaType", ({ want, ...stated }) => {
    const url = String(seededShape({ type: "file", ...stated }, { shapes: {}, draw: draw(1) }));
    const { mediaType, bytes } = parseDataUrl(url);
    expect(mediaType).toBe(want);
    if (want.startsWith("image/")) expect(mediaTypeOf(bytes)).toBe(want);
    const text = new TextDecoder("latin1").decode(bytes);
    if (want === "audio/wav") {
      expect(text).toMatch(/^RIFF....WAVEfmt .{20}data/s);
      expect(new DataView(bytes.buffer).getUint32(4, true)).toBe(bytes.length - 8);
    } else if (want.endsWith("json")) expect(typeof JSON.parse(text)).toBe("string");
  });

  test("says the words that it is given where text is free", () => {
    const shape: JsonShape = {
      type: "object",
      members: { message: { shape: { type: "text" } }, code: { shape: { type: "enum", values: ["E1"] } } },
    };
    const words = (member: string | undefined): string | undefined =>
      member === "message" ? "No." : undefined;
    expect(seededShape(shape, { shapes: {}, draw: draw(1), words })).toEqual({ message: "No.", code: "E1" });
  });
});

const folders = ["../dialects/", "../../generated-samples/", "../../../shared/specs/"];
const files = folders.flatMap((folder) => {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [];
  return names
    .filter((name) => /(?:^|\/)(?:spec|openapi|[\w-]+__[\w.-]+)\.(?:json|ya?ml)$/.test(name))
    .map((name) => ({ name: `${folder}${name}`, path: `${path}${name}` }));
});

describe("every shape of a description has values", () => {
  test.each(files)("$name", async ({ name, path }) => {
    const model = await understand({ name, url: null, text: readFileSync(path, "utf8") }).then(
      (description) => description.model,
      (error: unknown) => {
        if (error instanceof GenDeployError) return undefined;
        throw error;
      },
    );
    if (model === undefined) return;
    const { shapes, all } = deploymentShapes(model);
    for (const [index, shape] of all.entries()) {
      for (let seed = 0; seed < 3; seed += 1) {
        const value = seededShape(shape, { shapes, draw: draw(`${index} ${seed}`) });
        if (!JSON.stringify([shape, shapes]).includes('"binary"'))
          readShaped(value, shape, { shapes, strict: true });
      }
    }
  });

  test("are found", () => {
    expect(files.length).toBeGreaterThan(10);
  });
});

function readsStrictly(
  value: unknown,
  shape: JsonShape,
  shapes: Readonly<Record<string, JsonShape>>,
): boolean {
  try {
    readShaped(value, shape, { shapes, strict: true });
    return true;
  } catch {
    return false;
  }
}
