import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { bindSignatures } from "../../src/bind/bind-signatures.js";
import { describe as understand } from "../../src/compile.js";
import { mockHandler } from "../../src/runtime/src/testing/tf-serving.js";
import { useCli } from "../cli/run-cli.js";
import { snapshot } from "../disk/snapshot.js";
import { startLoopback } from "./tf-serving-loopback.js";
import type { Loopback } from "./tf-serving-loopback.js";

/*
 * The mock of a saved description describes itself: what is generated from its address is what is generated from the
 * file, and once more from a mock of that.
 */

const cli = useCli();
const open: Loopback[] = [];
afterEach(() => Promise.all(open.splice(0).map((loopback) => loopback.close())));

/** Serves the model that the text describes. */
async function serve(name: string, text: string): Promise<string> {
  const { model } = await understand({ name: "metadata.json", url: null, text });
  const loopback = await startLoopback(mockHandler(bindSignatures(model)));
  open.push(loopback);
  return `${loopback.origin}/v1/models/${name}`;
}

/** The package's files, with the address taken out and without what hangs on the words of the description. */
async function generate(spec: string, out: string): Promise<Readonly<Record<string, string>>> {
  const { status, stderr } = await cli.run([spec, "-o", out, "--emit", "ts"]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const { "gen-deploy.json": _hashes, ...files } = snapshot(join(cli.folder, out));
  const plain = (text: string): string =>
    text
      .replaceAll(/"?http:\/\/127\.0\.0\.1:\d+\/v1\/models\/\w+"?/g, "ADDRESS")
      .replaceAll("url: null", "url: ADDRESS");
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, plain(text)]));
}

describe.each([
  { folder: "half-plus-two", name: "half_plus_two" },
  { folder: "bert", name: "bert" },
])("the mock of $folder", ({ folder, name }) => {
  test("generates the package that it was made for", async () => {
    const path = fileURLToPath(new URL(`../dialects/tf-serving/${folder}/spec.json`, import.meta.url));
    const text = readFileSync(path, "utf8");
    cli.put("metadata.json", text);
    const saved = await generate("metadata.json", "saved");
    const live = await generate(await serve(name, text), "live");
    expect(Object.keys(live)).toEqual(Object.keys(saved));
    expect(live["src/index.ts"]).toBe(saved["src/index.ts"]);
    expect(live["package.json"]).toBe(saved["package.json"]);

    const again = await generate(
      await serve(name, snapshot(join(cli.folder, "live"))["metadata.json"] ?? ""),
      "again",
    );
    expect(again).toEqual(live);
  });
});
