import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parse } from "../../src/spec/parse.js";

const spec = (text: string, name = "spec.json") => ({ name, url: null, text });

function failure(text: string, name?: string): GenDeployError {
  try {
    parse(spec(text, name));
  } catch (error) {
    if (error instanceof GenDeployError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("what is read", () => {
  const table: readonly { name: string; given: string; want: unknown }[] = [
    { name: "JSON", given: '{"a": [1, {"b": null}]}', want: { a: [1, { b: null }] } },
    { name: "a byte order mark", given: '\uFEFF{"a": 1}', want: { a: 1 } },
    { name: "YAML", given: "a:\n  - 1\n  - b: null\n", want: { a: [1, { b: null }] } },
    { name: "YAML with a byte order mark", given: "\uFEFFa: 1\n", want: { a: 1 } },
    { name: "YAML that begins with a comment", given: "# {not json}\n---\na: 1\n", want: { a: 1 } },
    {
      name: "integer keys are text",
      given: "responses:\n  200: {a: 1}\n  0x10: 2\n",
      want: { responses: { "200": { a: 1 }, "0x10": 2 } },
    },
    {
      name: "keys that look like other types",
      given: "null: 1\ntrue: 2\n1.50: 3\n",
      want: { null: 1, true: 2, "1.50": 3 },
    },
    {
      name: "YAML 1.2: yes, no, on are words",
      given: "a: yes\nb: no\non: off\n",
      want: { a: "yes", b: "no", on: "off" },
    },
    {
      name: "merge keys",
      given: "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n",
      want: { x: { a: 1, b: 2 }, y: { a: 1, b: 3 } },
    },
    {
      name: "a list of merge keys",
      given: "x: &x {a: 1}\nz: &z {b: 2}\ny:\n  <<: [*x, *z]\n",
      want: { x: { a: 1 }, z: { b: 2 }, y: { a: 1, b: 2 } },
    },
    { name: "aliases", given: "a: &a [1]\nb: *a\n", want: { a: [1], b: [1] } },
    {
      name: "200 uses of one alias",
      given: `a: &a {x: 1}\nb:\n${"  - *a\n".repeat(200)}`,
      want: { a: { x: 1 }, b: Array(200).fill({ x: 1 }) },
    },
    { name: "dates stay text", given: "a: 2020-01-01\n", want: { a: "2020-01-01" } },
  ];
  for (const { name, given, want } of table) {
    test(name, () => expect(parse(spec(given)).root).toEqual(want));
  }

  for (const [name, text] of [
    ["JSON", '{"__proto__": {"a": 1}, "constructor": 2}'],
    ["YAML", "__proto__: {a: 1}\nconstructor: 2\n"],
    ["YAML merged", "x: &x {__proto__: {a: 1}}\ny:\n  <<: *x\n"],
  ] as const) {
    test(`__proto__ is a key like any other in ${name}`, () => {
      const { root } = parse(spec(text));
      const object = Object.hasOwn(root, "y") ? root["y"] : root;
      expect(Object.keys(object ?? {})).toContain("__proto__");
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    });
  }

  test("any object that is written as JSON comes back the same", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parse(spec(text)).root)).toBe(text);
      }),
    );
  });
});

describe("what is refused", () => {
  const bomb = `a: &a [${"x,".repeat(9)}x]\n${[..."bcdefghij"].map((key, i) => `${key}: &${key} [${Array(10).fill(`*${"abcdefghi"[i]}`).join(",")}]\n`).join("")}`;
  const table: readonly {
    name: string;
    given: string;
    file?: string;
    code: string;
    at?: string;
    message?: RegExp;
    hint?: RegExp;
  }[] = [
    {
      name: "a trailing comma",
      given: '{\n  "a": 1,\n}',
      code: "spec/bad-json",
      at: "2:9",
      message: /comma/,
      hint: /trailing comma/,
    },
    {
      name: "a trailing comma in a list",
      given: '{"a": [1,2 , ]}',
      code: "spec/bad-json",
      at: "1:12",
      hint: /trailing comma/,
    },
    {
      name: "a missing comma",
      given: '{"a": 1\n "b": 2}',
      code: "spec/bad-json",
      at: "2:2",
      message: /comma is missing/,
    },
    { name: "single quotes", given: "{'a': 1}", code: "spec/bad-json", at: "1:2", hint: /double quotes/ },
    { name: "a comment", given: '{"a": 1 // x\n}', code: "spec/bad-json", at: "1:9", message: /no comments/ },
    { name: "a cut-off text", given: '{"a": [1, 2', code: "spec/bad-json", at: "1:12", hint: /cut off/ },
    {
      name: "two documents",
      given: '{"a": 1} {"b": 2}',
      code: "spec/bad-json",
      at: "1:10",
      message: /follows the end/,
    },
    { name: "bad YAML indentation", given: "a:\n  b: 1\n c: 2\n", code: "spec/bad-yaml", at: "3:1" },
    { name: "YAML with a tab", given: "a:\n\tb: 1\n", code: "spec/bad-yaml", hint: /spaces/ },
    {
      name: "a duplicate key",
      given: "a: 1\nb: 2\na: 3\n",
      code: "spec/bad-yaml",
      at: "3:1",
      message: /twice/,
    },
    { name: "a custom tag", given: "a: !!js/function 'x'\n", code: "spec/bad-yaml", hint: /tag/ },
    { name: "a known tag that is not JSON", given: "a: !!binary aGk=\n", code: "spec/bad-yaml", hint: /tag/ },
    { name: "an alias of nothing", given: "a: *b\n", code: "spec/bad-yaml", at: "1:4" },
    { name: "infinity", given: "a: {b: .inf}\n", code: "spec/bad-yaml", at: "1:8", message: /Infinity/ },
    { name: "aliases that grow without end", given: bomb, code: "spec/too-large" },
    { name: "an alias within itself", given: "a: &a [*a]\n", code: "spec/too-deep" },
    {
      name: "an HTML page",
      given: "\n<!DOCTYPE html>\n<html></html>",
      code: "spec/html",
      at: "2:1",
      hint: /login or documentation page.*openapi\.json/,
    },
    { name: "XML", given: '<?xml version="1.0"?><a/>', code: "spec/markup" },
    { name: "nothing", given: "", code: "spec/empty" },
    { name: "white space", given: "\uFEFF \n\t\n", code: "spec/empty" },
    { name: "a list", given: "[1]", code: "spec/not-an-object", message: /a list/ },
    { name: "a word", given: "hello", code: "spec/not-an-object", message: /a string/ },
    { name: "only a comment", given: "# nothing\n", code: "spec/not-an-object", message: /null/ },
    {
      name: "Swagger 1.2",
      given: '{\n"swaggerVersion": "1.2"}',
      code: "spec/swagger-1",
      at: "2:19",
      hint: /OpenAPI 3/,
    },
    { name: "Swagger 1.1 as a number", given: "swagger: 1.1\n", code: "spec/swagger-1", at: "1:10" },
    {
      name: "JSON 600 levels deep",
      given: `${'{"a":'.repeat(600)}1${"}".repeat(600)}`,
      code: "spec/too-deep",
    },
    {
      name: "JSON 200,000 levels deep",
      given: `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
      code: "spec/too-deep",
    },
    { name: "brackets without end", given: "[".repeat(200_000), code: "spec/too-deep" },
    { name: "YAML 20,000 levels deep", given: `a: ${"[".repeat(20_000)}`, code: "spec/too-deep" },
  ];
  for (const { name, given, code, at, message, hint } of table) {
    test(name, () => {
      const error = failure(given);
      expect(error.code).toBe(code);
      if (at !== undefined) expect(`${error.position?.line}:${error.position?.column}`).toBe(at);
      if (message !== undefined) expect(error.message).toMatch(message);
      if (hint !== undefined) expect(error.hint).toMatch(hint);
      expect(error.message).not.toContain("\n");
    });
  }

  test("a file that calls itself YAML may use the flow style", () => {
    expect(parse(spec("{a: 1}", "spec.yaml")).root).toEqual({ a: 1 });
    expect(failure("{a: 1}").code).toBe("spec/bad-json");
  });

  test("the code frame shows three lines and a marker", () => {
    expect(failure('{\n  "a": 1,\n  "b": nope\n}').position?.frame).toBe(
      ['  2 |   "a": 1,', '> 3 |   "b": nope', "    |        ^", "  4 | }"].join("\n"),
    );
  });

  test("the code frame of a long line is cut, and holds no control characters", () => {
    const frame =
      failure(`{"a": "${"x".repeat(5000)}\u001b[31m", "b": nope, "c": "${"y".repeat(5000)}"}`).position
        ?.frame ?? "";
    expect(Math.max(...frame.split("\n").map((line) => line.length))).toBeLessThan(120);
    // oxlint-disable-next-line no-control-regex -- their absence is what is tested
    expect(frame).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test("any text is a tree or one named error", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."{}[]:,\"'&*!-?|>#% \n\ta1<") })),
        (text) => {
          try {
            expect(parse(spec(text)).root).toBeTypeOf("object");
          } catch (error) {
            expect(error).toBeInstanceOf(GenDeployError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("positions", () => {
  const json = '{\n  "a~/b": {\n    "c": [1,\n      {"d": 2}]\n  },\n  "x": 1, "x": 2\n}';
  const yaml = "a~/b:\n  c:\n    - 1\n    - d: 2\nx: &x\n  e: 3\ny: *x\n";
  const table: readonly { name: string; text: string; given: string; want: string }[] = [
    { name: "a plain value in JSON", text: json, given: "/a~0~1b/c/1/d", want: "4:13" },
    { name: "an object in JSON, at its key", text: json, given: "/a~0~1b", want: "2:3" },
    { name: "the last of two members", text: json, given: "/x", want: "6:16" },
    { name: "what is not there: its nearest parent", text: json, given: "/a~0~1b/nope/x", want: "2:3" },
    { name: "a name of the prototype", text: json, given: "/constructor", want: "1:1" },
    { name: "the root", text: json, given: "", want: "1:1" },
    { name: "a plain value in YAML", text: yaml, given: "/a~0~1b/c/1/d", want: "4:10" },
    { name: "an object in YAML, at its key", text: yaml, given: "/a~0~1b/c", want: "2:3" },
    { name: "through an alias", text: yaml, given: "/y/e", want: "6:6" },
  ];
  for (const { name, text, given, want } of table) {
    test(name, () => {
      const position = parse(spec(text)).position(given);
      expect(`${position?.line}:${position?.column}`).toBe(want);
      expect(position?.file).toBe("spec.json");
    });
  }
});
