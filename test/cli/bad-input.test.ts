import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const withRef = (ref: string, more = "") =>
  animal.replace('"Size": {', `"Size": { "$ref": ${JSON.stringify(ref)} }, ${more} "Other": {`);

const predictPath = JSON.stringify({
  post: {
    requestBody: {
      content: { "application/json": { schema: { properties: { instances: { type: "array" } } } } },
    },
    responses: {},
  },
});

describe("input that is at fault: status 1, one message, nothing written or lost", () => {
  const table: readonly {
    name: string;
    file?: string;
    text?: string | Uint8Array;
    want: readonly (string | RegExp)[];
  }[] = [
    { name: "a missing file", file: "nope.json", want: ["error: nope.json does not exist."] },
    { name: "a folder", file: ".", want: ["error: . is a folder, not a file."] },
    {
      name: "malformed JSON",
      text: '{\n  "a": nope\n}',
      want: ["error: spec.json is not valid JSON", "at spec.json:2:8", '> 2 |   "a": nope', "^"],
    },
    {
      name: "JSON with a trailing comma",
      text: '{\n  "a": 1,\n}',
      want: ["a comma stands before", "at spec.json:2:9", "help: Remove this trailing comma."],
    },
    {
      name: "malformed YAML",
      text: "a:\n  b: 1\n c: 2\n",
      want: ["error: spec.json is not valid YAML", "at spec.json:3:1", ">", "help:"],
    },
    {
      name: "a broken $ref",
      text: withRef("#/components/schemas/input-rwo"),
      want: [
        'The $ref "#/components/schemas/input-rwo" leads nowhere',
        /spec\.json:\d+:\d+ \(\/components\/schemas\/input-row\/properties\/Size\/\$ref\)/,
        'Did you mean "/components/schemas/input-row"?',
      ],
    },
    {
      name: "a circular $ref",
      text: withRef("#/components/schemas/input-row/properties/Size"),
      want: ["leads back to itself and never to a value", "Size/$ref)"],
    },
    {
      name: "two dialects that claim it",
      text: animal.replace('"paths": {', `"paths": { "/v1/models/m:predict": ${predictPath},`),
      want: [
        /^error: More than one dialect claims this description: peltarion and tf-serving\.$/m,
        "at spec.json:1:1",
        "help: Choose one with --dialect peltarion",
      ],
    },
    {
      name: "an HTML page",
      text: "<!doctype html><title>Log in</title>",
      want: ["spec.json is an HTML page", "openapi.json"],
    },
    { name: "an empty file", text: "", want: ["error: spec.json is empty."] },
    {
      name: "a 50 MB file",
      text: new Uint8Array(50_000_000).fill(32),
      want: ["spec.json holds 48 MiB, more than the 32 MiB"],
    },
    {
      name: "binary data",
      text: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff]),
      want: ["spec.json holds binary data, not UTF-8"],
    },
    {
      name: "UTF-16",
      text: new Uint8Array([0xff, 0xfe, 0x7b, 0]),
      want: ["spec.json holds UTF-16, not UTF-8"],
    },
    { name: "a list", text: "[1, 2]", want: ["spec.json holds a list"] },
    {
      name: "Swagger 1.2",
      text: '{"swaggerVersion": "1.2", "apis": []}',
      want: ["error: spec.json is Swagger 1.2, which is not supported.", "at spec.json:1:20", "help: Give"],
    },
    {
      name: "a broken $ref of Swagger 2.0",
      text: '{\n"swagger": "2.0",\n"definitions": {"A": {"$ref": "#/definitions/B"}}}',
      want: ['"/definitions" has no member "B"', "at spec.json:3:31 (/definitions/A/$ref)"],
    },
    {
      name: "a description with no operation",
      text: animal.replace(/"paths": \{[^]*?\}\s*\},/, '"paths": {},'),
      want: [/operation|POST|path/i],
    },
    { name: "an object that describes nothing", text: "{}", want: ["error: "] },
    {
      name: "another file outside the folder",
      text: withRef("../secret.json#/a"),
      want: ["cannot be followed: it leads out of the description's own folder", "help: Move the file below"],
    },
    {
      name: "another file on the network",
      text: withRef("http://127.0.0.1:1/a.json"),
      want: ["it leads to the network", "--allow-remote-refs"],
    },
    {
      name: "an address that nobody answers",
      file: "http://user:hunter2@127.0.0.1:1/x?token=hunter2",
      want: ["http://127.0.0.1:1/x cannot be reached"],
    },
    { name: "an address of another kind", file: "ftp://host/x", want: ["only http and https"] },
  ];
  for (const { name, file = "spec.json", text, want } of table) {
    test(name, async () => {
      if (text !== undefined) cli.put("spec.json", text);
      cli.put("keep.txt", "mine");
      const before = snapshot(cli.folder);
      const { status, stdout, stderr } = await cli.run([file]);
      for (const part of want) expect(stderr).toMatch(part);
      expect(stderr.match(/^error: /gm)).toHaveLength(1);
      expect(stderr).not.toMatch(/\n\s+at .*\.(?:js|ts):\d+|hunter2/);
      expect(stdout).toBe("");
      expect(status).toBe(1);
      expect(snapshot(cli.folder)).toEqual(before);
    });
  }

  test("an output folder with foreign files", async () => {
    cli.put("spec.json", animal);
    cli.put("out/notes.txt", "mine");
    const before = snapshot(cli.folder);
    const refused = await cli.run(["spec.json", "--out", "out"]);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("files that gen-deploy did not write: notes.txt"),
    });
    expect(snapshot(cli.folder)).toEqual(before);
    expect(await cli.run(["spec.json", "--out", "out", "--force"])).toMatchObject({ status: 0 });
    expect(snapshot(cli.folder)["out/notes.txt"]).toBe("mine");
  });

  // Root may write everywhere: the command runs as nobody then.
  test.each([0o555, 0o000])("an output folder that may not be written (mode %o)", async (mode) => {
    cli.put("spec.json", animal);
    mkdirSync(join(cli.folder, "locked"));
    chmodSync(cli.folder, 0o755);
    chmodSync(join(cli.folder, "locked"), mode);
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const result = await cli.run(["spec.json", "--out", "locked/pkg"], nobody);
    chmodSync(join(cli.folder, "locked"), 0o755);
    expect(result.stderr).toMatch(
      /^error: \S*locked\/pkg\S* (?:may not be written|cannot be read) \(EACCES\); nothing was changed\.\n {2}help: /,
    );
    expect(result.status).toBe(1);
    expect(Object.keys(snapshot(cli.folder))).toEqual(["locked/", "spec.json"]);
  });

  test("a file that may not be read", async () => {
    cli.put("spec.json", animal);
    chmodSync(cli.folder, 0o755);
    chmodSync(join(cli.folder, "spec.json"), 0o000);
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
    expect(await cli.run(["spec.json"], nobody)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("spec.json may not be read"),
    });
  });
});

describe("wrong usage: status 2", () => {
  const table: readonly { name: string; given: readonly string[]; want: RegExp }[] = [
    { name: "nothing", given: [], want: /No description is given/ },
    { name: "two descriptions", given: ["check", "a.json", "b.json"], want: /more than one description/ },
    {
      name: "an unknown command",
      given: ["inspekt", "a.json"],
      want: /the commands inspect, check, diff, mock, predict and init/,
    },
    { name: "an unknown option", given: ["a.json", "--nope"], want: /option --nope is not known/ },
    { name: "an option without its value", given: ["a.json", "--out"], want: /out/ },
    {
      name: "an option twice",
      given: ["a.json", "-o", "a", "-o", "b"],
      want: /--out was given more than once/,
    },
    { name: "an empty name", given: ["a.json", "--name", ""], want: /--name is empty/ },
    { name: "another runtime", given: ["a.json", "--runtime", "x"], want: /shared/ },
    { name: "another kind of file", given: ["a.json", "--emit", "ts,css"], want: /ts,css/ },
    { name: "labels without feature", given: ["a.json", "--labels", "a,b"], want: /FEATURE=a,b,c/ },
    { name: "an empty label", given: ["a.json", "--labels", "A=a,,b"], want: /FEATURE=a,b,c/ },
    { name: "labels twice", given: ["a.json", "--labels", "A=a", "--labels", "A=b"], want: /twice/ },
    { name: "a header without a colon", given: ["a.json", "-H", "hunter2"], want: /Name: value/ },
    { name: "a header over two lines", given: ["a.json", "-H", "K: hunter2\nX: y"], want: /Name: value/ },
    { name: "a misspelt token", given: ["a.json", "--tokn", "hunter2"], want: /--tokn/ },
  ];
  for (const { name, given, want } of table) {
    test(name, async () => {
      const { status, stdout, stderr } = await cli.run(given);
      expect(stderr).toMatch(want);
      expect(stderr).toMatch(/^error: .*\n(?: {2}help: .*\n)?$/);
      expect(stdout + stderr).not.toContain("hunter2");
      expect(status).toBe(2);
    });
  }
});

describe("a name that can only be the command line's fault, whatever the description says: status 2", () => {
  test.each([
    { given: ["--name", "Bad Name"], want: /"Bad Name" is no name for an npm package/ },
    { given: ["--package-version", "x"], want: /version/ },
    { given: ["--dialect", "nope"], want: /no dialect "nope"[^]*peltarion/ },
  ])("$given", async ({ given, want }) => {
    cli.put("spec.json", animal);
    const before = snapshot(cli.folder);
    const { status, stderr } = await cli.run(["spec.json", ...given]);
    expect(stderr).toMatch(want);
    expect(status).toBe(2);
    expect(snapshot(cli.folder)).toEqual(before);
  });
});

test("a warning names the file and the place", async () => {
  cli.put("spec.json", animal.replace(/"enum": \[[^\]]*\],/, ""));
  const { status, stderr } = await cli.run(["spec.json", "--dry-run"]);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: .*\n {2}at spec\.json:\d+:\d+ \(\/components\/schemas\/input-row\//m);
});
