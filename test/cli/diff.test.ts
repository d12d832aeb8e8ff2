import { createServer } from "node:http";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();

/** The same deployment, retrained: one feature more, one less. */
const retrained = animal.replace("Size", "Height").replace("Weight", "Mass");

/** The same deployment, in a service that is described by OpenAPI alone. */
const service = (member: string): string =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "S", version: "1" },
    paths: {
      "/a": {
        post: {
          operationId: "a",
          requestBody: {
            content: {
              "application/json": {
                schema: { type: "object", properties: { [member]: { type: "string" } } },
              },
            },
          },
          responses: { "204": { description: "" } },
        },
      },
    },
  });

describe("gen-deploy diff", () => {
  test("says what changed for callers, the gravest first, the step last", async () => {
    cli.put("old.json", animal);
    cli.put("new.json", retrained);
    expect(await cli.run(["diff", "old.json", "new.json"])).toEqual({
      status: 1,
      stdout: [
        "Breaking:",
        '  input: feature "Size" removed',
        '  input: feature "Height" added',
        '  output: feature "Weight" removed',
        "Additive:",
        '  output: feature "Mass" added',
        "Version: major",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  test("says nothing where callers notice nothing", async () => {
    cli.put("old.json", animal);
    cli.put("new.json", JSON.stringify(JSON.parse(animal)));
    expect(await cli.run(["diff", "old.json", "new.json"])).toEqual({
      status: 0,
      stdout: "Nothing changed for callers.\n",
      stderr: "",
    });
  });

  test("takes generated packages, whatever was done to their files", async () => {
    cli.put("old.json", animal);
    cli.put("new.json", retrained);
    await cli.run(["old.json", "--out", "old"]);
    await cli.run(["new.json", "--out", "new"]);
    const packages = await cli.run(["diff", "old", "new", "--json"]);
    const descriptions = await cli.run(["diff", "old.json", "new.json", "--json"]);
    expect(packages).toEqual(descriptions);
    expect(JSON.parse(packages.stdout)).toMatchObject({
      ok: false,
      verdict: "major",
      changes: expect.arrayContaining([
        {
          kind: "breaking",
          side: "input",
          operation: expect.any(String),
          feature: "Size",
          message: 'feature "Size" removed',
        },
      ]),
    });
  });

  test("a package and the address that it was made from are the same", async () => {
    const server = createServer(
      (_, response) => void response.end(animal.replace("https://deploy.example.com", "/")),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/openapi.json`;
    try {
      await cli.run([url, "--out", "package"]);
      expect(await cli.run(["diff", "package", url])).toMatchObject({ status: 0 });
      expect(await cli.run(["diff", url, "package"])).toMatchObject({ status: 0 });
    } finally {
      server.close();
    }
  });

  test("Markdown and terminals are safe from what a description calls its features", async () => {
    cli.put("old.json", service("a | b <script> `x`\n\u001b[31m# [y](z)"));
    cli.put("new.json", service("c"));
    const { stdout } = await cli.run(["diff", "old.json", "new.json", "--markdown"]);
    const row = stdout.split("\n").find((line) => line.includes("removed")) ?? "";
    expect(row).toMatch(/^\| \*\*breaking\*\* \| a \| input \| .* \|$/);
    expect(row.replace(/\\./g, "")).not.toMatch(/[<>[\]]/);
    expect(row.replace(/\\./g, "").match(/\|/g)).toHaveLength(5);
    const plain = await cli.run(["diff", "old.json", "new.json"]);
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(plain.stdout).not.toMatch(/\u001b/);
    expect(
      plain.stdout
        .trimEnd()
        .split("\n")
        .slice(1, -1)
        .every((line) => /^( {2}|\w+:$)/.test(line)),
    ).toBe(true);
  });

  test("standard input is one side, and never both", async () => {
    cli.put("old.json", animal);
    expect(await cli.run(["diff", "old.json", "-"], { stdin: retrained })).toMatchObject({ status: 1 });
    expect(await cli.run(["diff", "-", "-"], { stdin: animal })).toMatchObject({ status: 2 });
  });

  test.each([
    { words: ["diff"], status: 2, says: "There are not two descriptions." },
    { words: ["diff", "old.json"], status: 2, says: "There are not two descriptions." },
    { words: ["diff", "old.json", "nope.json"], status: 1, says: "nope.json does not exist" },
    { words: ["diff", "old.json", "empty"], status: 1, says: "empty is a folder" },
  ])("$words: $says", async ({ words, status, says }) => {
    cli.put("old.json", animal);
    cli.put("empty/readme.txt", "");
    expect(await cli.run(words)).toMatchObject({ status, stderr: expect.stringContaining(says) });
  });

  test("credentials go to one host alone", async () => {
    const words = ["diff", "https://a.example/spec", "https://b.example/spec", "--token", "sesame-42"];
    const { status, stderr } = await cli.run(words);
    expect(status).toBe(2);
    expect(stderr).toContain("more than one host");
    expect(stderr).not.toContain("sesame");
  });
});
