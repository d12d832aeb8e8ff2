import { describe, expect, test } from "vitest";
import { isDeploymentError, memoryTransport } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type {
  ModelbitClientOptions,
  ModelbitDeployment,
  VersionOptions,
} from "../../src/runtime/src/modelbit/index.js";

const base = "https://w.modelbit.com";
const echo: ModelbitDeployment<{ value: number }, number> = {
  title: "t",
  url: `${base}/v1/echo/latest`,
  auth: [],
  form: "arguments",
  order: ["value"],
  inputs: { value: { shape: { type: "integer" } } },
  output: { type: "integer" },
};

/** The address that a call goes to. */
async function called(options: ModelbitClientOptions, call: VersionOptions = {}): Promise<string> {
  const transport = memoryTransport(() => ({ json: { data: 1 } }));
  await createModelbitClient(echo, { ...options, transport }).predict(1, call);
  return transport.calls[0]?.url.replace(base, "") ?? "";
}

describe("the version that is called", () => {
  test.each([
    { name: "is the address's", given: {}, want: "/v1/echo/latest" },
    {
      name: "is the latest where the address has none",
      given: { url: `${base}/v1/f` },
      want: "/v1/f/latest",
    },
    { name: "is the latest behind a slash", given: { url: `${base}/v1/f/` }, want: "/v1/f/latest" },
    { name: "is a number", given: { version: 3 }, want: "/v1/echo/3" },
    { name: "is an alias", given: { version: "blue-2.1" }, want: "/v1/echo/blue-2.1" },
    { name: "is an alias in any script", given: { version: "größe" }, want: "/v1/echo/gr%C3%B6%C3%9Fe" },
    { name: "is of a branch", given: { branch: "dev" }, want: "/v1/echo/dev/latest" },
    { name: "is of a branch, by number", given: { branch: "dev", version: 0 }, want: "/v1/echo/dev/0" },
    {
      name: "is of the address's own branch",
      given: { url: `${base}/v1/f/dev/7`, version: 8 },
      want: "/v1/f/dev/8",
    },
    {
      name: "is of another branch than the address's",
      given: { url: `${base}/v1/f/dev/7`, branch: "main" },
      want: "/v1/f/main/7",
    },
    {
      name: "stands behind a proxy's own path, before its query",
      given: { url: `${base}/proxy/v1/f/7?k=v`, version: 8 },
      want: "/proxy/v1/f/8?k=v",
    },
    { name: "is none where the address is of another form", given: { url: `${base}/f` }, want: "/f" },
  ])("$name", async ({ given, want }) => {
    expect(await called(given)).toBe(want);
  });

  test("is chosen for a call over that of the client", async () => {
    expect(await called({ branch: "dev", version: 3 }, { version: 4 })).toBe("/v1/echo/dev/4");
    expect(await called({ version: 3 }, { branch: "dev" })).toBe("/v1/echo/dev/3");
  });

  const bad: readonly ModelbitClientOptions[] = [
    ...["", ".", "..", "../x", "a/b", "a?b", "a#b", "a b", "%2e", "\ud800", ".a", "a".repeat(201)].flatMap(
      (text) => [{ version: text }, { branch: text }],
    ),
    ...[1.5, -1, NaN].map((version) => ({ version })),
    { url: `${base}/f`, version: 3 },
    { url: `${base}/v1/a/b/c/d`, branch: "dev" },
  ];
  test.each(bad)("cannot be %o", (options) => {
    const made = (): unknown => createModelbitClient(echo, options);
    expect(made).toThrow(expect.toSatisfy((error) => isDeploymentError(error, "bad-options")));
  });
});
