import { describe, expect, test } from "vitest";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { errorOf, operation, replyOf, unframed } from "./rows-operation.js";
import type { Features } from "./rows-operation.js";

describe("rows come in", () => {
  test("in their order, more than was described passed over", () => {
    expect(unframed({ rows: [{ Weight: 1, more: 2 }, { Weight: 2 }], took: 3 }, 2)).toEqual([
      { Weight: 1 },
      { Weight: 2 },
    ]);
  });

  test("of a form: the bare row, or wrapped", () => {
    expect(unframed({ Weight: 1 }, 1, {}, "multipart")).toEqual([{ Weight: 1 }]);
    expect(unframed({ rows: [{ Weight: 1 }] }, 1, {}, "multipart")).toEqual([{ Weight: 1 }]);
    const outputs: Features = [["rows", { kind: "tensor", dtype: "float32", shape: [1], form: "flat" }]];
    const [row] = unframed({ rows: { shape: [1], data: [2] } }, 1, { outputs }, "multipart");
    expect(row).toMatchObject({ rows: { shape: [1], data: Float32Array.of(2) } });
  });

  test("any output name is an own member; an optional output may be absent", () => {
    const outputs: Features = [
      ["__proto__", { kind: "number" }],
      ["constructor", { kind: "number" }, true],
    ];
    const [row] = unframed('{"rows":[{"__proto__":1}]}', 1, { outputs });
    expect(Object.entries(row ?? {})).toEqual([["__proto__", 1]]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(errorOf(() => unframed('{"rows":[{}]}', 1, { outputs })).feature).toBe("__proto__");
  });

  const bad: readonly {
    name: string;
    given: unknown;
    sent?: number;
    row?: number;
    feature?: string;
    strict?: true;
  }[] = [
    { name: "no JSON", given: "<html>" },
    { name: "nothing", given: "" },
    { name: "a list", given: [] },
    { name: "null", given: null },
    { name: "no rows", given: { error: "x" } },
    { name: "rows that are no list", given: { rows: {} } },
    {
      name: "rows that are a long list of numbers",
      given: { rows: new Array(2000).fill(1) },
      sent: 2000,
      row: 0,
    },
    { name: "fewer rows", given: { rows: [] } },
    { name: "more rows", given: { rows: [{ Weight: 1 }, { Weight: 1 }] } },
    { name: "a row that is no object", given: { rows: [{ Weight: 1 }, 2] }, sent: 2, row: 1 },
    {
      name: "a row without an output",
      given: { rows: [{ Weight: 1 }, {}] },
      sent: 2,
      row: 1,
      feature: "Weight",
    },
    { name: "a wrong value", given: { rows: [{ Weight: "1" }] }, row: 0, feature: "Weight" },
    {
      name: "an output too many, on strict request",
      given: { rows: [{ Weight: 1, a: 2 }] },
      row: 0,
      feature: "a",
      strict: true,
    },
    { name: "a member beside rows, on strict request", given: { rows: [{ Weight: 1 }], a: 2 }, strict: true },
  ];
  test.each(bad)("$name is bad-reply", ({ given, sent = 1, row, feature, strict = false }) => {
    const error = errorOf(() => unframed(given, sent, { strict }));
    expect([error.code, error.row, error.feature]).toEqual(["bad-reply", row, feature]);
    expect(error.status).toBe(200);
  });
});

describe("what the deployment itself states as an error", () => {
  const table: readonly { name: string; body: unknown; status: number; serverCode?: string; says: string }[] =
    [
      {
        name: "with an error status",
        body: { errorCode: "E1", errorMessage: "no" },
        status: 400,
        serverCode: "E1",
        says: '"no"',
      },
      {
        name: "with status 200",
        body: { errorCode: "E1", errorMessage: "no" },
        status: 200,
        serverCode: "E1",
        says: '"E1"',
      },
      {
        name: "beside rows",
        body: { rows: [{ Weight: 1 }], errorCode: 7 },
        status: 200,
        serverCode: "7",
        says: "no message",
      },
      { name: "a message alone", body: { errorMessage: "no" }, status: 500, says: '"no"' },
      {
        name: "a long message",
        body: { errorCode: "E", errorMessage: "x".repeat(9000) },
        status: 200,
        serverCode: "E",
        says: "…",
      },
    ];
  test.each(table)("$name", ({ body, status, serverCode, says }) => {
    const reply = replyOf(body, status);
    for (const error of [
      rows.failure(reply),
      errorOf(() => rows.unframe(reply, operation(), { rows: 1, encoding: "json" })),
    ]) {
      expect(isDeploymentError(error, "deployment-error")).toBe(true);
      expect([error?.status, error?.serverCode]).toEqual([status, serverCode]);
      expect(error?.message).toContain(says);
      expect(error?.message.length).toBeLessThan(500);
    }
  });

  test("nothing of the kind in rows, pages, lists or inherited members", () => {
    for (const body of [
      { rows: [] },
      "<html>",
      "",
      [],
      '{"__proto__":{"errorCode":1}}',
      { errorCode: null },
    ]) {
      expect(rows.failure(replyOf(body, 500))).toBeUndefined();
    }
  });
});
