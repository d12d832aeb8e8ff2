import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";

async function runInside(
  words: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
  environment: Record<string, string> = {},
) {
  const printed = { stdout: "", stderr: "" };
  const status = await run(words, {
    environment,
    stdin,
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    signal: new AbortController().signal,
    guarded: (work) => work(),
  });
  return { status, ...printed };
}

async function* broken(): AsyncIterable<Uint8Array> {
  yield new Uint8Array(1);
  throw new TypeError("cannot read sesame-42 of undefined");
}

describe("a fault of gen-deploy itself", () => {
  test("is status 70, asks for a report, and shows no stack", async () => {
    const { status, stdout, stderr } = await runInside(["-"], broken(), { GEN_DEPLOY_TOKEN: "sesame-42" });
    expect(status).toBe(70);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      "error: gen-deploy itself failed: cannot read *** of undefined\n" +
        "  help: This is a fault of gen-deploy: please report it, with what --debug prints.\n",
    );
  });

  test("shows its stack with --debug, still without the token", async () => {
    const { status, stderr } = await runInside(["-", "--debug", "--token", "sesame-42"], broken());
    expect(status).toBe(70);
    expect(stderr).toMatch(/\n\s+at .*run\.test\.ts/);
    expect(stderr).not.toContain("sesame");
  });

  test("is JSON with --json", async () => {
    const { status, stdout, stderr } = await runInside(["-", "--json"], broken());
    expect({ status, stderr }).toEqual({ status: 70, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "internal" } });
  });
});
