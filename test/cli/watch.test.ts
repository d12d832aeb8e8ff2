import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const bin = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const titled = (title: string): string => animal.replace("Animal weight", title);
let child: ChildProcess | undefined;
let server: Server | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
  server?.close();
  server?.closeAllConnections();
});

/** A run that goes on. */
interface Watching {
  /** The next line that it prints, of either kind; fails the test where none comes. */
  readonly line: () => Promise<string>;
  /** Ends it as Ctrl-C does, and gives its exit status. */
  readonly interrupt: () => Promise<number | null>;
}

function watch(...words: readonly string[]): Watching {
  const running = spawn(process.execPath, [bin, "--watch", ...words], { cwd: cli.folder });
  child = running;
  const lines: string[] = [];
  let rest = "";
  let wake = (): void => undefined;
  const read = (chunk: Buffer): void => {
    const parts = `${rest}${chunk.toString()}`.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  };
  running.stdout.on("data", read);
  running.stderr.on("data", read);
  const closed = new Promise<number | null>((done) => running.once("close", done));
  return {
    line: async () => {
      while (lines.length === 0) await new Promise<void>((done) => void (wake = done));
      return lines.shift() ?? "";
    },
    interrupt: async () => {
      running.kill("SIGINT");
      return await closed;
    },
  };
}

describe("--watch", () => {
  test("writes again when a description changes, however it is saved, and says what is wrong meanwhile", async () => {
    cli.put("a.json", animal);
    const { line, interrupt } = watch("a.json", "--out", "out/a");
    expect(await line()).toMatch(/^Wrote animal-weight to out\/a: \d+ files; 1 warning\.$/);
    expect(await line()).toBe("Watching 1 description; Ctrl-C ends it.");

    cli.put("a.json", animal.replace('"Size"', '"Length"'));
    expect(await line()).toMatch(
      /^Wrote animal-weight to out\/a: .*; 0\.1\.0 → 0\.2\.0; 2 breaking; 1 warning/,
    );

    // As editors save: a new file is moved into the place of the old one.
    cli.put("a.json.new", animal);
    renameSync(join(cli.folder, "a.json.new"), join(cli.folder, "a.json"));
    expect(await line()).toMatch(/0\.2\.0 → 0\.3\.0/);

    const before = snapshot(join(cli.folder, "out"));
    cli.put("a.json", "{");
    expect(await line()).toMatch(/^error: a\.json is not valid JSON/);
    while (!(await line()).startsWith("  help:"));
    rmSync(join(cli.folder, "a.json"));
    expect(await line()).toBe("error: a.json does not exist.");
    await line();
    expect(snapshot(join(cli.folder, "out"))).toEqual(before);
    cli.put("a.json", animal);
    expect(await line()).toBe("a.json is in order again.");
    expect(await interrupt()).toBe(130);
    expect(snapshot(join(cli.folder, "out"))).toEqual(before);
  }, 60_000);

  test("looks at the config, at what its patterns find, and at other files that descriptions refer to", async () => {
    cli.put("models/a.json", titled("One"));
    const config = (out: string): string =>
      `export default { defaults: { out: "${out}" }, deployments: [{ spec: "models/*.json" }] };\n`;
    cli.put("gen-deploy.config.mjs", config("packages"));
    const { line } = watch("--json");
    const event = async (): Promise<unknown> => JSON.parse(await line());
    expect(await event()).toMatchObject({ event: "written", package: "one", folder: "packages/one" });
    expect(await event()).toEqual({ event: "watching", descriptions: 1 });

    const size = '{ "x-peltarion": { "type": "numeric", "shape": [1] } }';
    cli.put("models/parts/size.yaml", size);
    const split: { components: { schemas: Record<string, { properties: Record<string, unknown> }> } } =
      JSON.parse(titled("Two"));
    const row = split.components.schemas["input-row"];
    if (row !== undefined) row.properties["Size"] = { $ref: "parts/size.yaml" };
    cli.put("models/b.json", JSON.stringify(split));
    expect(await event()).toMatchObject({ event: "written", package: "two" });
    cli.put("models/parts/size.yaml", size.replace("[1]", "[2, 2]"));
    expect(await event()).toMatchObject({ event: "written", package: "two" });

    rmSync(join(cli.folder, "models/a.json"));
    expect(await event()).toEqual({ event: "gone", description: "models/a.json" });
    cli.put("gen-deploy.config.mjs", config("elsewhere"));
    expect(await event()).toMatchObject({ event: "written", package: "two", folder: "elsewhere/two" });
    cli.put("gen-deploy.config.mjs", "export default {};\n");
    expect(await event()).toMatchObject({ event: "failed", description: "gen-deploy.config.mjs" });
  }, 60_000);

  test("says of the config, patterns and descriptions when they are in order again", async () => {
    cli.put("models/a.json", animal);
    const config = JSON.stringify({ deployments: [{ spec: "models/*.json" }] });
    cli.put("gen-deploy.config.json", config);
    const { line } = watch();
    expect(await line()).toMatch(/^Wrote animal-weight to animal-weight: /);
    expect(await line()).toBe("Watching 1 description; Ctrl-C ends it.");
    const beyond = async (): Promise<string> => {
      for (;;) {
        const next = await line();
        if (!next.startsWith("  ")) return next;
      }
    };
    // Whoever reads a line before writing takes a while, in which the round that printed it ends.
    const put = async (name: string, text: string): Promise<void> => {
      await new Promise((done) => setTimeout(done, 500));
      cli.put(`${name}.new`, text);
      renameSync(join(cli.folder, `${name}.new`), join(cli.folder, name));
    };
    const remove = async (name: string): Promise<void> => {
      await new Promise((done) => setTimeout(done, 500));
      rmSync(join(cli.folder, name));
    };
    // The same mistake twice is said twice.
    for (const round of [1, 2]) {
      await put("gen-deploy.config.json", "{");
      expect([round, await beyond()]).toEqual([
        round,
        "error: gen-deploy.config.json is not valid JSON: the text ends too early.",
      ]);
      await put("gen-deploy.config.json", config);
      expect(await beyond()).toBe("gen-deploy.config.json is in order again.");
    }
    await remove("gen-deploy.config.json");
    expect(await line()).toBe("error: gen-deploy.config.json does not exist.");
    expect(await line()).toBe("  help: Give the path of a config; gen-deploy init writes one.");
    await put("gen-deploy.config.json", config);
    expect(await line()).toBe("gen-deploy.config.json is in order again.");
    await remove("models/a.json");
    expect(await line()).toBe('error: No file fits "models/*.json".');
    await line();
    expect(await line()).toBe("models/a.json is gone; its package stays.");
    await put("models/a.json", animal);
    expect(await line()).toBe("models/a.json is in order again.");
    expect(await line()).toBe("models/*.json is in order again.");
  }, 60_000);

  test("asks an address again and again, with the ETag that it got", async () => {
    let [text, etag] = [animal, '"1"'];
    const asked: (string | undefined)[] = [];
    const started = createServer((request, response) => {
      asked.push(request.headers["if-none-match"]);
      if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(text);
    });
    server = started;
    await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
    const { port } = started.address() as AddressInfo;
    const { line } = watch(`http://127.0.0.1:${port}/openapi.json`, "--interval", "0.1");
    expect(await line()).toMatch(/^Wrote animal-weight to animal-weight: /);
    expect(await line()).toBe("Watching 1 description; Ctrl-C ends it.");
    while (asked.length < 5) await new Promise((done) => setTimeout(done, 20));
    expect(new Set(asked.slice(1))).toEqual(new Set(['"1"']));
    [text, etag] = [animal.replace('"Weight"', '"Mass"'), '"2"'];
    expect(await line()).toMatch(/0\.1\.0 → 0\.2\.0; 1 breaking, 1 additive/);
    expect(readFileSync(join(cli.folder, "animal-weight/openapi.json"), "utf8")).toContain('"Mass"');
  }, 60_000);

  test.each([
    { words: ["-"], want: "Standard input cannot be watched" },
    { words: ["a.json", "--dry-run"], want: "--dry-run writes nothing" },
    { words: ["a.json", "--interval", "soon"], want: '--interval "soon" is no number of seconds' },
    { words: [], want: "there is no config here" },
  ])("is wrong use with $words", async ({ words, want }) => {
    const { status, stderr } = await cli.run(["--watch", ...words]);
    expect(status).toBe(2);
    expect(stderr).toContain(want);
  });
});
