import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HttpPlace } from "../../src/runtime/src/deployment.js";
import { requestAddress } from "../../src/runtime/src/service/request-address.js";
import { toHeaderText, toPathText, toQueryPairs } from "../../src/runtime/src/service/parameter-text.js";
import { thrownBy } from "../runtime/thrown-by.js";

type Style = HttpPlace["style"];

function spelt(style: Style, explode: boolean, value: unknown, name = "color"): string | undefined {
  const json = JSON.stringify(value);
  const place = { name, style, explode };
  if (style === "simple" || style === "label" || style === "matrix")
    return toPathText(json, { ...place, in: "path" }, "color");
  return toQueryPairs(json, { ...place, in: "query" }, "color").join("&");
}

const blue = "blue";
const colors = ["blue", "black", "brown"];
const rgb = { R: 100, G: 200, B: 150 };

/** The table of OpenAPI 3.1.1, §4.8.12.4 "Style Examples", but for what it leaves undefined. */
const table: readonly { style: Style; explode: boolean; want: readonly (string | undefined)[] }[] = [
  {
    style: "matrix",
    explode: false,
    want: [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  },
  {
    style: "matrix",
    explode: true,
    want: [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
  },
  { style: "label", explode: false, want: [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"] },
  { style: "label", explode: true, want: [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"] },
  { style: "simple", explode: false, want: ["", "blue", "blue,black,brown", "R,100,G,200,B,150"] },
  { style: "simple", explode: true, want: ["", "blue", "blue,black,brown", "R=100,G=200,B=150"] },
  {
    style: "form",
    explode: false,
    want: ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  },
  {
    style: "form",
    explode: true,
    want: ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  },
  {
    style: "spaceDelimited",
    explode: false,
    want: [undefined, undefined, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
  },
  {
    style: "pipeDelimited",
    explode: false,
    want: [undefined, undefined, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
  },
  {
    style: "deepObject",
    explode: true,
    want: [undefined, undefined, undefined, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
  },
];

describe("OpenAPI's own table of styles", () => {
  test.each(table)("$style, explode $explode", ({ style, explode, want }) => {
    const values = ["", blue, colors, rgb];
    const seen = values.map((value, index) =>
      want[index] === undefined ? undefined : spelt(style, explode, value),
    );
    expect(seen).toEqual(values.map((_, index) => want[index]));
  });
});

describe("what the table leaves open", () => {
  const cases: readonly { name: string; given: readonly [Style, boolean, unknown]; want: string }[] = [
    {
      name: "a single value in a style for lists",
      given: ["pipeDelimited", false, "a|b"],
      want: "color=a%7Cb",
    },
    { name: "a style for lists, exploded", given: ["spaceDelimited", true, [1, 2]], want: "color=1&color=2" },
    { name: "an empty list", given: ["form", false, []], want: "" },
    { name: "null", given: ["form", true, null], want: "" },
    { name: "a member that is null", given: ["form", true, { a: null, b: 1 }], want: "b=1" },
    {
      name: "true, false and numbers",
      given: ["form", true, [true, false, 1e21, -0.5]],
      want: "color=true&color=false&color=1e%2B21&color=-0.5",
    },
    { name: "a list in a list", given: ["form", true, [[1, 2]]], want: "color=%5B1%2C2%5D" },
    { name: "an object in an object", given: ["form", true, { a: { b: 1 } }], want: "a=%7B%22b%22%3A1%7D" },
    {
      name: "deeper objects",
      given: ["deepObject", true, { a: { b: [1, 2] }, c: null }],
      want: "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2",
    },
    { name: "separators inside of values", given: ["form", false, ["a,b", "c"]], want: "color=a%2Cb,c" },
    { name: "an inherited name", given: ["form", true, JSON.parse('{"__proto__":1}')], want: "__proto__=1" },
  ];
  test.each(cases)("$name", ({ given, want }) => expect(spelt(...given)).toBe(want));

  test("every digit of a large number", () => {
    const place = { in: "query", name: "id", style: "form", explode: true } as const;
    expect(toQueryPairs("9007199254740993", place, "id")).toEqual(["id=9007199254740993"]);
  });

  test("JSON as it is, where the description says so", () => {
    const place = { in: "query", name: "q", style: "form", explode: true, json: true } as const;
    expect(toQueryPairs('{"a":[1]}', place, "q")).toEqual(["q=%7B%22a%22%3A%5B1%5D%7D"]);
    expect(toQueryPairs('"x"', place, "q")).toEqual(["q=%22x%22"]);
  });

  test("a null in a list is refused: what stands behind it would change places", () => {
    expect(thrownBy(() => spelt("form", false, [1, null, 2]))).toMatchObject({
      code: "wrong-type",
      feature: "color",
    });
    expect(thrownBy(() => spelt("simple", false, null))).toMatchObject({ code: "wrong-type" });
  });
});

test("any text comes back out of a query", () => {
  const texts = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 });
  fc.assert(
    fc.property(texts, fc.string({ minLength: 1, unit: "grapheme" }), (values, name) => {
      const query = spelt("form", true, values, name);
      expect([...new URLSearchParams(query?.replaceAll("+", "%2B"))]).toEqual(
        values.map((value) => [name, value]),
      );
      expect(query).toMatch(/^[\w.~%=&-]*$/);
    }),
  );
});

describe("paths", () => {
  const base = "https://host.test/v1/?key=1";
  const address = (
    template: string,
    values: Readonly<Record<string, string>>,
    query: readonly string[] = [],
  ): string => {
    const places = Object.entries(values).map(([name, value]) => {
      const place = { in: "path", name, style: "simple", explode: false } as const;
      return [name, { text: toPathText(JSON.stringify(value), place, name), feature: name }] as const;
    });
    return requestAddress(base, template, { path: new Map(places), query });
  };

  test.each([
    { name: "a value", template: "/a/{b}/c", values: { b: "x" }, want: "/v1/a/x/c?key=1" },
    {
      name: "two in one segment",
      template: "/{a}-{b}.json",
      values: { a: "1", b: "2" },
      want: "/v1/1-2.json?key=1",
    },
    {
      name: "an inherited name",
      template: "/{__proto__}",
      values: JSON.parse('{"__proto__":"x"}'),
      want: "/v1/x?key=1",
    },
    {
      name: "what leads elsewhere",
      template: "/{a}",
      values: { a: "../admin?x=1#y" },
      want: "/v1/..%2Fadmin%3Fx%3D1%23y?key=1",
    },
    {
      name: "other slashes and line ends",
      template: "/{a}",
      values: { a: "\\..\\\n\t%2e" },
      want: "/v1/%5C..%5C%0A%09%252e?key=1",
    },
    { name: "three dots", template: "/{a}", values: { a: "..." }, want: "/v1/...?key=1" },
    {
      name: "letters of several bytes",
      template: "/{a}",
      values: { a: "ü😀'()*!" },
      want: "/v1/%C3%BC%F0%9F%98%80%27%28%29%2A%21?key=1",
    },
    {
      name: "braces that nobody fills",
      template: "/{a}/{b}",
      values: { a: "{b}" },
      want: "/v1/%7Bb%7D/%7Bb%7D?key=1",
    },
    { name: "a query of the template's own", template: "/s?v=2", values: {}, want: "/v1/s?key=1&v=2" },
  ])("$name", ({ template, values, want }) => {
    expect(address(template, values)).toBe(`https://host.test${want}`);
  });

  test("a query goes behind the address's own", () => {
    expect(address("/s", {}, ["a=1", "b=2"])).toBe("https://host.test/v1/s?key=1&a=1&b=2");
  });

  test.each([
    { name: "nothing", template: "/x/{a}", values: { a: "" } },
    { name: "a dot", template: "/x/{a}/y", values: { a: "." } },
    { name: "two dots", template: "/x/{a}", values: { a: ".." } },
    { name: "two dots of two values", template: "/{a}{b}/y", values: { a: ".", b: "." } },
    { name: "a dot beside one that is encoded", template: "/%2E{a}", values: { a: "." } },
  ])("refuses a part that is $name", ({ template, values }) => {
    const [name] = Object.keys(values).slice(-1);
    expect(thrownBy(() => address(template, values))).toMatchObject({ code: "wrong-type", feature: name });
  });

  test("stays under the address, whatever the value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        let url: string;
        try {
          url = address("/in/{a}/end", { a: value });
        } catch {
          return;
        }
        const parts = new URL(url).pathname.split("/");
        expect([parts.length, parts[1], parts[2], parts[4]]).toEqual([5, "v1", "in", "end"]);
      }),
    );
  });
});

describe("headers", () => {
  const header = (value: unknown, explode = false): string | undefined =>
    toHeaderText(JSON.stringify(value), { in: "header", name: "x", style: "simple", explode }, "x");

  test.each([
    { name: "text as it is", given: "a b, c%20ü", want: "a b, c%20ü" },
    { name: "a list", given: [1, "b"], want: "1,b" },
    { name: "an object", given: { a: 1, b: true }, want: "a,1,b,true" },
    { name: "null", given: null, want: undefined },
    { name: "an empty list", given: [], want: undefined },
  ])("$name", ({ given, want }) => expect(header(given)).toBe(want));

  test("an object, exploded", () => expect(header({ a: 1, b: 2 }, true)).toBe("a=1,b=2"));

  test.each([
    { name: "a line end", given: "a\r\nx-evil: 1" },
    { name: "a zero", given: "a\0" },
    { name: "what is not Latin-1", given: "€" },
    { name: "a comma in a list", given: ["a,b"] },
    { name: "an object in a list", given: [{ a: 1, b: 2 }] },
  ])("refuses $name", ({ given }) => {
    expect(thrownBy(() => header(given))).toMatchObject({ code: "wrong-type", feature: "x" });
  });
});
