import { describe, expectTypeOf, test } from "vitest";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import type { MembersFor, ShapeFor, ShapesOf } from "../../src/runtime/src/shapes/shape-for.js";
import type { FileInput, LinkInput, Open, RemoteFile } from "../../src/runtime/src/shapes/value-types.js";
import type { Image, ImageInput } from "../../src/runtime/src/files/image.js";

const text = { type: "text" } as const;
const number = { type: "number" } as const;
const nothing = { type: "null" } as const;

interface Tree {
  readonly label?: string;
  readonly children: readonly Tree[];
  readonly parent: Tree | null;
}

interface Row {
  "a b": number;
  size?: number;
  mode: "fast" | "slow";
  seed?: number | null;
  [name: string]: unknown;
}

interface Point {
  x: number;
  y: number;
}

interface Inherited {
  toString?: string;
  constructor: number;
}

interface Digits {
  1: string;
  __proto__: number;
}

describe("a shape", () => {
  test("carries what its type says", () => {
    ({ type: "any" }) satisfies ShapeFor<unknown>;
    ({ type: "text" }) satisfies ShapeFor<string>;
    ({ type: "enum", values: ["a"] }) satisfies ShapeFor<string>;
    ({ type: "integer", min: 1 }) satisfies ShapeFor<number>;
    ({ type: "enum", values: [1, 2] }) satisfies ShapeFor<1 | 2>;
    ({ type: "enum", values: ["a", "b"] }) satisfies ShapeFor<"a" | "b">;
    ({ type: "enum", values: ["a", "b"] }) satisfies ShapeFor<Open<"a" | "b">>;
    ({ type: "enum", values: [1, 2] }) satisfies ShapeFor<Open<1 | 2>>;
    ({ type: "enum", values: ["a", null] }) satisfies ShapeFor<"a" | null>;
    ({ type: "enum", values: [true] }) satisfies ShapeFor<true>;
    ({ type: "boolean" }) satisfies ShapeFor<boolean>;
    ({ type: "null" }) satisfies ShapeFor<null>;
    ({ type: "named", name: "X" }) satisfies ShapeFor<Row>;
    ({ type: "list", items: text, max: 3 }) satisfies ShapeFor<string[]>;
    ({ type: "list", items: number, min: 2, max: 2 }) satisfies ShapeFor<readonly [number, number]>;
    ({ type: "tuple", items: [text, number] }) satisfies ShapeFor<readonly [string, number]>;
    ({ type: "tuple", items: [text], rest: number }) satisfies ShapeFor<readonly [string, ...number[]]>;
    ({ type: "record", values: number }) satisfies ShapeFor<Record<string, number>>;
    ({ type: "record", keys: ["a", "b"], values: number }) satisfies ShapeFor<Record<"a" | "b", number>>;
    ({ type: "object", members: {}, rest: { type: "any" } }) satisfies ShapeFor<Record<string, unknown>>;
    ({ type: "object", members: { x: { shape: number }, y: { shape: number } } }) satisfies ShapeFor<Point>;
    ({
      type: "object",
      members: { "1": { shape: text }, ["__proto__"]: { shape: number } },
    }) satisfies ShapeFor<Digits>;
  });

  test("carries unions, also where their types fall together", () => {
    ({ type: "union", of: [text, nothing] }) satisfies ShapeFor<string | null>;
    ({ type: "union", of: [{ type: "enum", values: ["a", "b"] }, nothing] }) satisfies ShapeFor<
      "a" | "b" | null
    >;
    ({ type: "union", of: [{ type: "enum", values: ["a"] }, text] }) satisfies ShapeFor<string>;
    ({ type: "union", of: [{ type: "integer" }, { type: "enum", values: ["auto"] }] }) satisfies ShapeFor<
      number | "auto"
    >;
    ({ type: "union", of: [{ type: "boolean" }, { type: "union", of: [text, nothing] }] }) satisfies ShapeFor<
      boolean | string | null
    >;
    ({ type: "union", of: [{ type: "list", items: text }, number] }) satisfies ShapeFor<
      readonly string[] | number
    >;
    ({
      type: "union",
      of: [
        { type: "named", name: "A" },
        { type: "named", name: "B" },
      ],
    }) satisfies ShapeFor<Row | Point>;
    ({ type: "union", of: [{ type: "any" }, text] }) satisfies ShapeFor<unknown>;
    ({
      type: "union",
      of: [{ type: "file", form: "data-url" }, nothing],
    }) satisfies ShapeFor<ImageInput | null>;
    ({
      type: "union",
      of: [
        { type: "file", form: "uri" },
        { type: "list", items: text },
      ],
    }) satisfies ShapeFor<LinkInput | readonly string[]>;
  });

  test("carries files, in and out", () => {
    ({ type: "file", form: "binary" }) satisfies ShapeFor<FileInput>;
    ({ type: "file", form: "base64" }) satisfies ShapeFor<FileInput>;
    ({ type: "file", form: "data-url", mediaType: "image/png" }) satisfies ShapeFor<ImageInput>;
    ({ type: "file", form: "uri" }) satisfies ShapeFor<LinkInput>;
    ({ type: "file", form: "base64" }) satisfies ShapeFor<Uint8Array>;
    ({ type: "file", form: "data-url" }) satisfies ShapeFor<Image>;
    ({ type: "file", form: "uri" }) satisfies ShapeFor<RemoteFile>;
    ({ type: "list", items: { type: "file", form: "uri" } }) satisfies ShapeFor<RemoteFile[]>;
  });

  test("carries objects that hold themselves", () => {
    ({
      Tree: {
        type: "object",
        members: {
          label: { shape: text, optional: true },
          children: { shape: { type: "list", items: { type: "named", name: "Tree" } } },
          parent: { shape: { type: "union", of: [{ type: "named", name: "Tree" }, nothing] } },
        },
      },
    }) satisfies ShapesOf<{ Tree: Tree }>;
    expectTypeOf<ShapeFor<Tree>>().toExtend<JsonShape>();
    expectTypeOf<MembersFor<Row>>().toExtend<MembersFor<unknown>>();
    expectTypeOf<ShapesOf<{ Tree: Tree }>>().toExtend<ShapesOf<unknown>>();
  });

  test("of another kind does not compile", () => {
    // @ts-expect-error -- text is no number
    text satisfies ShapeFor<number>;
    // @ts-expect-error -- a number is no text
    number satisfies ShapeFor<string>;
    // @ts-expect-error -- nor any value
    number satisfies ShapeFor<unknown>;
    // @ts-expect-error -- one list is not two
    ({ type: "list", items: text }) satisfies ShapeFor<string[][]>;
    // @ts-expect-error -- not in this order
    ({ type: "tuple", items: [number, text] }) satisfies ShapeFor<readonly [string, number]>;
    // @ts-expect-error -- one short
    ({ type: "tuple", items: [text] }) satisfies ShapeFor<readonly [string, number]>;
    // @ts-expect-error -- c is no label
    ({ type: "enum", values: ["a", "c"] }) satisfies ShapeFor<Open<"a" | "b">>;
    // @ts-expect-error -- nor is it one beside any number
    ({ type: "enum", values: ["c", 1] }) satisfies ShapeFor<"a" | number>;
    // @ts-expect-error -- labels are not just text
    text satisfies ShapeFor<"a" | "b">;
    // @ts-expect-error -- c is no label of a union either
    ({ type: "union", of: [{ type: "enum", values: ["c"] }, number] }) satisfies ShapeFor<"a" | number>;
    // @ts-expect-error -- text is not in the union
    ({ type: "union", of: [text, nothing] }) satisfies ShapeFor<number | null>;
    // @ts-expect-error -- nor is null
    ({ type: "union", of: [number, nothing] }) satisfies ShapeFor<number | string>;
    // @ts-expect-error -- c is no key
    ({ type: "record", keys: ["a", "c"], values: number }) satisfies ShapeFor<Record<"a" | "b", number>>;
    // @ts-expect-error -- its members differ in type
    ({ type: "record", keys: ["a b", "mode"], values: text }) satisfies ShapeFor<{
      "a b": number;
      mode: string;
    }>;
    // @ts-expect-error -- bytes are no remote file
    ({ type: "file", form: "base64" }) satisfies ShapeFor<RemoteFile>;
    // @ts-expect-error -- no bytes are text
    text satisfies ShapeFor<FileInput>;
    // @ts-expect-error -- one object is not both
    ({ type: "object", members: { x: { shape: number }, y: { shape: number } } }) satisfies ShapeFor<
      Point | Digits
    >;
    // @ts-expect-error -- a name alone is no shape
    ({ Point: { type: "named", name: "Point" } }) satisfies ShapesOf<{ Point: Point }>;
  });

  test("states each member once, optional where it is", () => {
    const mode = { shape: { type: "enum", values: ["fast", "slow"] } } as const;
    const seed = { shape: { type: "union", of: [{ type: "integer" }, nothing] }, optional: true } as const;
    ({
      "a b": { shape: number },
      size: { shape: number, optional: true },
      mode,
      seed,
    }) satisfies MembersFor<Row>;
    ({
      toString: { shape: text, optional: true },
      constructor: { shape: number },
    }) satisfies MembersFor<Inherited>;
    // @ts-expect-error -- toString may be left out
    ({ toString: { shape: text }, constructor: { shape: number } }) satisfies MembersFor<Inherited>;
    // @ts-expect-error -- mode is missing
    ({ "a b": { shape: number }, size: { shape: number, optional: true }, seed }) satisfies MembersFor<Row>;
    // @ts-expect-error -- size may be left out
    ({ "a b": { shape: number }, size: { shape: number }, mode, seed }) satisfies MembersFor<Row>;
    // @ts-expect-error -- x may not
    ({ x: { shape: number, optional: true }, y: { shape: number } }) satisfies MembersFor<Point>;
    // @ts-expect-error -- there is no z
    ({ x: { shape: number }, y: { shape: number }, z: { shape: number } }) satisfies MembersFor<Point>;
    // @ts-expect-error -- y is a number
    ({ x: { shape: number }, y: { shape: text } }) satisfies MembersFor<Point>;
  });
});
