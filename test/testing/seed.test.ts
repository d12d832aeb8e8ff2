import { createDraw, hashValue } from "../../src/runtime/src/testing/seed.js";
import { ndarray } from "../../src/runtime/src/index.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Values as decoded rows hold them. */
const values = fc.oneof(
  fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
  fc.double(),
  fc.string({ unit: "binary" }),
  fc.uint8Array(),
  fc.float32Array(),
);

describe("hashValue", () => {
  test("gives equal values equal seeds, and others others", () => {
    const pair = fc.tuple(fc.jsonValue(), fc.jsonValue());
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        if (same) expect(hashValue(0, left)).toEqual(hashValue(0, right));
        fc.pre(!same && !reordered(left));
        expect(hashValue(0, left)).not.toEqual(hashValue(0, right));
      }),
    );
  });

  test("gives a clone the seed of its original", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(hashValue("seed", structuredClone(value))).toEqual(hashValue("seed", value));
      }),
    );
  });

  test("does not look at the order of members, nor at those that are undefined", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).toReversed());
        expect(hashValue(0, { ...turned, "no such member": undefined })).toEqual(hashValue(0, object));
      }),
    );
  });

  test.each([
    { name: "a number and its text", left: 1, right: "1" },
    { name: "a number and a bigint", left: 1, right: 1n },
    { name: "zero and minus zero", left: 0, right: -0 },
    { name: "null and false", left: null, right: false },
    { name: "an empty list and an empty object", left: [], right: {} },
    { name: "lists in lists", left: [[1], 2], right: [1, [2]] },
    { name: "texts side by side", left: ["ab", "c"], right: ["a", "bc"] },
    { name: "names and values", left: { a: "bc" }, right: { ab: "c" } },
    { name: "dtypes", left: new Float32Array(2), right: new Int32Array(2) },
    {
      name: "shapes",
      left: ndarray([2, 3], new Float32Array(6)),
      right: ndarray([3, 2], new Float32Array(6)),
    },
    { name: "a last byte", left: new Uint8Array([1, 2, 3, 4, 5]), right: new Uint8Array([1, 2, 3, 4, 6]) },
    { name: "bigint elements", left: new BigInt64Array([1n]), right: new BigInt64Array([-1n]) },
  ])("tells apart $name", ({ left, right }) => {
    expect(hashValue(0, left)).not.toEqual(hashValue(0, right));
  });

  test.each([
    {
      name: "every NaN",
      left: new Float32Array(nanBits(0x7fc00000)),
      right: new Float32Array(nanBits(0xffc00123)),
    },
    { name: "a view and a copy", left: new Uint8Array([9, 1, 2]).subarray(1), right: new Uint8Array([1, 2]) },
    { name: "a Buffer and bytes", left: Buffer.from([1, 2]), right: new Uint8Array([1, 2]) },
    { name: "seeds in digits and in text", left: hashValue(7, "x"), right: hashValue("7", "x") },
  ])("holds alike $name", ({ left, right }) => {
    expect(hashValue(0, left)).toEqual(hashValue(0, right));
  });

  test("gives what it has always given", () => {
    expect(
      hashValue(0, { name: "é🙂", values: [1.5, -0, null], bytes: new Uint8Array([1, 2, 3, 4, 5]) }),
    ).toEqual([1372406235, 3273540515, 1935038962, 3753592220]);
  });
});

describe("a draw", () => {
  test("draws what it has always drawn", () => {
    const draw = createDraw("seed", "path", 1);
    expect([draw.next(), draw.integer(1, 6), draw.normal(), draw.pick(["a", "b", "c"])]).toEqual([
      0.5728565156459808,
      2,
      0.7865308194775859,
      "b",
    ]);
  });

  test("keeps within its bounds", () => {
    const bounds = fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.integer(), bounds, (seed, [left, right]) => {
        const draw = createDraw(seed);
        const [min, max] = left < right ? [left, right] : [right, left];
        const drawn = draw.integer(min, max);
        expect(Number.isSafeInteger(drawn) && drawn >= min && drawn <= max).toBe(true);
        const share = draw.next();
        expect(share >= 0 && share < 1).toBe(true);
      }),
    );
  });

  test("is even, and its bell has the deviation 1", () => {
    const draw = createDraw(1);
    const faces = new Map<number, number>();
    for (let at = 0; at < 60_000; at += 1) {
      const face = draw.integer(1, 6);
      faces.set(face, (faces.get(face) ?? 0) + 1);
    }
    expect(new Set(faces.keys())).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    for (const count of faces.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    const bell = Array.from({ length: 20_000 }, () => draw.normal());
    expect(Math.abs(mean(bell))).toBeLessThan(0.05);
    expect(Math.abs(mean(bell.map((value) => value ** 2)) - 1)).toBeLessThan(0.05);
  });

  test("forks alike whatever was drawn before, and otherwise for each name", () => {
    const fresh = createDraw(1);
    const used = createDraw(1);
    used.next();
    expect(used.fork("a").next()).toBe(fresh.fork("a").next());
    expect(used.fork("a").next()).not.toBe(fresh.fork("b").next());
    expect(createDraw(1, "a").next()).toBe(fresh.fork("a").next());
  });

  test("picks nothing from nothing", () => {
    expect(() => createDraw(0).pick([])).toThrow(RangeError);
  });
});

/** Whether the JSON text of `value` would be another with its members in another order. */
function reordered(value: unknown): boolean {
  return typeof value === "object" && value !== null && /\{[^}]*,/.test(JSON.stringify(value));
}

function nanBits(bits: number): ArrayBuffer {
  return new Uint32Array([bits]).buffer;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
