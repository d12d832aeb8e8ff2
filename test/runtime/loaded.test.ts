import { expect, test } from "vitest";
import { loaded } from "../../src/runtime/src/client/loaded.js";

test("code that comes is passed on", async () => {
  const code = { answer: 42 };
  expect(await loaded(Promise.resolve(code))).toBe(code);
});

test("code that cannot be fetched is a connection that failed", async () => {
  const cause = new TypeError("Failed to fetch dynamically imported module");
  await expect(loaded(Promise.reject(cause))).rejects.toMatchObject({ code: "connection", cause });
});
