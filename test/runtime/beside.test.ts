import { describe, expect, test } from "vitest";
import { loadBeside } from "../../src/runtime/src/client/beside.js";

const lost = new TypeError("Failed to fetch dynamically imported module");

describe("code that is loaded beside a page", () => {
  test("is asked for at once, and once where it comes", async () => {
    let loads = 0;
    const code = { answer: 42 };
    const beside = loadBeside(async () => {
      loads++;
      return await Promise.resolve(code);
    });
    expect(loads).toBe(1);
    await Promise.resolve();
    expect(await beside([])).toEqual(code);
    // What is there needs no waiting.
    expect(beside([])).toEqual(code);
    expect(loads).toBeLessThanOrEqual(2);
  });

  test("is asked for again by the next call where it did not come", async () => {
    let loads = 0;
    const beside = loadBeside(async () => {
      loads++;
      return loads < 3 ? await Promise.reject(lost) : await Promise.resolve({ answer: 42 });
    });
    // Nobody has called yet: a rejection that nobody hears of would end a process.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(beside([])).rejects.toBe(lost);
    expect(await beside([])).toEqual({ answer: 42 });
    expect(loads).toBe(3);
  });

  test("is waited for no longer than the caller wants it", async () => {
    const beside = loadBeside(() => new Promise<object>(() => undefined));
    const controller = new AbortController();
    const waiting = beside([controller.signal]);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toMatchObject({ code: "aborted", cause: { message: "enough" } });
    await expect(beside([AbortSignal.abort()])).rejects.toMatchObject({ code: "aborted" });
  });
});
