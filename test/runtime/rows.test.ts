import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { errorOf, framed, operation } from "./rows-operation.js";
import type { Features } from "./rows-operation.js";

describe("rows go out as JSON", () => {
  test("one and many, features in the description's order", () => {
    expect(framed([{ Size: 0.4, Type: "animal" }])).toBe('{"rows":[{"Type":"animal","Size":0.4}]}');
    expect(framed([])).toBe('{"rows":[]}');
    const many = Array.from({ length: 300 }, (_, Size) => ({ Type: "plant", Size }));
    expect(JSON.parse(framed(many))).toEqual({ rows: many });
    expect(rows.frame([], operation()).contentType).toBe("application/json");
  });

  test("class instances and objects without a prototype, own members only", () => {
    class Row {
      readonly Type = "animal";
      readonly Size = 1;
    }
    const bare: unknown = Object.assign(Object.create(null), { Type: "animal", Size: 1 });
    expect(framed([new Row(), bare])).toBe(
      `{"rows":[${'{"Type":"animal","Size":1},'.repeat(2).slice(0, -1)}]}`,
    );
    expect(errorOf(() => framed([Object.create({ Type: "animal", Size: 1 })])).code).toBe("missing-feature");
  });

  test("any feature name, and an optional feature only where there is one", () => {
    const inputs: Features = [
      ["__proto__", { kind: "number" }],
      ["toString", { kind: "number" }, true],
      ['"\n\u2028', { kind: "text" }, true],
    ];
    expect(framed([JSON.parse('{"__proto__":1}')], { inputs })).toBe('{"rows":[{"__proto__":1}]}');
    const row: unknown = JSON.parse('{"\\"\\n\u2028":"x","toString":2,"__proto__":1}');
    expect(JSON.stringify(JSON.parse(framed([row], { inputs })).rows[0])).toBe(
      '{"__proto__":1,"toString":2,"\\"\\n\u2028":"x"}',
    );
    expect(errorOf(() => framed([{}], { inputs })).feature).toBe("__proto__");
  });

  test("given rows are not changed", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (sizes) => {
        const given = sizes.map((Size) => Object.freeze({ Type: "animal", Size }));
        expect(JSON.parse(framed(Object.freeze(given)))).toEqual({ rows: given });
      }),
    );
  });
});

describe("what is refused on the way out names row and feature", () => {
  const good = { Type: "animal", Size: 1 };
  const table: readonly { name: string; given: unknown; want: DeploymentErrorCode; feature?: string }[] = [
    { name: "a list", given: ["animal", 1], want: "bad-row" },
    { name: "a Map", given: new Map(Object.entries(good)), want: "bad-row" },
    { name: "a typed array", given: new Float32Array(2), want: "bad-row" },
    { name: "null", given: null, want: "bad-row" },
    { name: "text", given: "animal", want: "bad-row" },
    { name: "a missing feature", given: { Type: "animal" }, want: "missing-feature", feature: "Size" },
    { name: "undefined", given: { ...good, Size: undefined }, want: "missing-feature", feature: "Size" },
    { name: "a misspelt feature", given: { ...good, size: 1 }, want: "unknown-feature", feature: "size" },
    {
      name: "an inherited name",
      given: JSON.parse('{"__proto__":1}'),
      want: "unknown-feature",
      feature: "__proto__",
    },
    { name: "a wrong value", given: { ...good, Size: "1" }, want: "wrong-type", feature: "Size" },
    { name: "an unknown label", given: { ...good, Type: "stone" }, want: "unknown-label", feature: "Type" },
  ];
  test.each(table)("$name", ({ given, want, feature }) => {
    const error = errorOf(() => framed([good, good, given]));
    expect([error.code, error.row, error.feature]).toEqual([want, 2, feature]);
  });

  test("a misspelt feature's error names the nearest ones", () => {
    expect(errorOf(() => framed([{ ...good, size: 1 }])).message).toContain(
      '"size", but the deployment\'s features are "Size"',
    );
  });

  test("without checks of rows only what cannot be said", () => {
    expect(framed([{ Size: 1, more: 2 }], { validate: false })).toBe('{"rows":[{"Size":1}]}');
    expect(errorOf(() => framed([{ Size: NaN }], { validate: false })).code).toBe("wrong-type");
    expect(errorOf(() => framed([[]], { validate: false })).code).toBe("bad-row");
  });
});

describe("one row goes out as a form", () => {
  test("a field for each feature", async () => {
    const body = await rows.form([{ Type: "animal", Size: 0.5 }], operation());
    const form = await new Response(Buffer.from(body.toBytes()), {
      headers: { "content-type": body.contentType },
    }).formData();
    expect([...form]).toEqual([
      ["Type", "animal"],
      ["Size", "0.5"],
    ]);
  });

  test("not two rows, none, or any where the deployment takes no forms", async () => {
    const row = { Type: "animal", Size: 1 };
    const refused = { code: "bad-options" };
    await expect(rows.form([row, row], operation())).rejects.toMatchObject(refused);
    await expect(rows.form([], operation())).rejects.toMatchObject(refused);
    await expect(rows.form([row], operation({ multipart: false }))).rejects.toMatchObject(refused);
    const missing = { code: "missing-feature", row: 0, feature: "Size" };
    await expect(rows.form([{ Type: "animal" }], operation())).rejects.toMatchObject(missing);
  });
});
