import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useCli } from "../cli/run-cli.js";
import { schemaChanges } from "./schema-changes.js";
import { service } from "./service.js";

const cli = useCli();
const changes = schemaChanges.filter(({ seen }) => seen === "run time");

/** Calls a package of each description with what was right before, and prints what became of it. */
const program = `
const [changes] = process.argv.slice(2).map((text) => JSON.parse(text));
const reply = () => new Response("true", { headers: { "content-type": "application/json" } });
const call = async (name, sent) => {
  const { createClient } = await import(\`./packages/\${name}/dist/index.js\`);
  try {
    await createClient({ url: "http://127.0.0.1", fetch: async () => reply() }).take(sent);
    return "fine";
  } catch (error) {
    return error.code;
  }
};
const found = [];
for (const [index, sent] of changes.entries())
  found.push([await call(\`before-\${index}\`, sent), await call(\`after-\${index}\`, sent)]);
console.log(JSON.stringify(found));
`;

test("what types do not show, is refused at run time: right before, wrong after", async () => {
  expect(changes.length).toBeGreaterThan(3);
  for (const [index, { before, after }] of changes.entries()) {
    cli.put(`specs/before-${index}.json`, service(before, {}, `before-${index}`));
    cli.put(`specs/after-${index}.json`, service(after, {}, `after-${index}`));
  }
  const words = ["specs/*.json", "--out", "packages", "--runtime", "inline", "--emit", "js"];
  expect(await cli.run(words)).toMatchObject({ status: 0 });
  cli.put("call.mjs", program);
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(cli.folder, "call.mjs"),
    JSON.stringify(changes.map(({ sent }) => sent)),
  ]);
  const found: unknown = JSON.parse(stdout);
  expect(found).toEqual(changes.map(() => ["fine", expect.stringMatching(/^[a-z-]+$/)]));
  expect(stdout).not.toContain('["fine","fine"]');
}, 60_000);
