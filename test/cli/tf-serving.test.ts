import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { halfPlusTwo } from "../servers/tf-serving-models.js";
import { startTfServing, type SeenRequest, type TfServing } from "../servers/tf-serving-server.js";
import { useCli } from "./run-cli.js";

const cli = useCli();
const fixture = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../dialects/tf-serving/${path}`, import.meta.url)), "utf8");

describe("gen-deploy http://host:8501/v1/models/NAME", () => {
  let server: TfServing;
  beforeEach(async () => {
    server = await startTfServing({ models: [halfPlusTwo("half")] });
  });
  afterEach(() => server.close());

  test.each([
    { address: "/v1/models/half", asked: "/v1/models/half/metadata", url: "/v1/models/half" },
    { address: "/v1/models/half:predict", asked: "/v1/models/half/metadata", url: "/v1/models/half" },
    { address: "/v1/models/half/", asked: "/v1/models/half/metadata", url: "/v1/models/half" },
    {
      address: "/v1/models/half/versions/123",
      asked: "/v1/models/half/versions/123/metadata",
      url: "/v1/models/half",
    },
    { address: "/v1/models/half/metadata", asked: "/v1/models/half/metadata", url: "/v1/models/half" },
  ])("$address reads the metadata by itself", async ({ address, asked, url }) => {
    expect(await cli.run([`${server.origin}${address}`, "-o", "out", "--emit", "ts"])).toMatchObject({
      status: 0,
    });
    expect(server.requests.map((request) => request.url)).toEqual([asked]);
    const files = snapshot(join(cli.folder, "out"));
    expect(files["src/index.ts"]).toContain(`url: "${server.origin}${url}"`);
    expect(JSON.parse(files["metadata.json"] ?? "")).toHaveProperty("metadata.signature_def.signature_def");
  });

  test("so does a deployment of Paperspace Gradient", async () => {
    const gradient = new Map([["dep1", "half"]]);
    const door = await startTfServing({ models: [halfPlusTwo("half")], gradient });
    const { status } = await cli.run([
      `${door.origin}/model-serving/dep1:predict`,
      "-o",
      "out",
      "--emit",
      "ts",
    ]);
    await door.close();
    expect(status).toBe(0);
    expect(door.requests.map((request) => request.url)).toEqual(["/model-serving/dep1/metadata"]);
    expect(snapshot(join(cli.folder, "out"))["src/index.ts"]).toContain(
      `url: "${door.origin}/model-serving/dep1"`,
    );
  });

  test("a check is up to date until the signatures change", async () => {
    const address = `${server.origin}/v1/models/half`;
    await cli.run([address, "-o", "out"]);
    expect(await cli.run(["check", address, "-o", "out"])).toMatchObject({ status: 0 });
    await server.close();
    const [main] = halfPlusTwo("half").signatures;
    const fewer = { ...halfPlusTwo("half"), signatures: main === undefined ? [] : [main] };
    server = await startTfServing({ models: [fewer] });
    const changed = await cli.run(["check", `${server.origin}/v1/models/half`, "-o", "out"]);
    expect(changed).toMatchObject({ status: 1, stderr: expect.stringContaining("differs: src/index.ts") });
  });

  test("a model that the server does not have is a fault of the address", async () => {
    const { status, stderr } = await cli.run([`${server.origin}/v1/models/other`]);
    expect(status).toBe(1);
    expect(stderr).toContain("/v1/models/other/metadata answered 404");
  });
});

describe("--metadata", () => {
  const words = ["spec.json", "-o", "out", "--emit", "ts"];
  beforeEach(() => {
    cli.put("spec.json", fixture("image-classifier/spec.json"));
    cli.put("metadata.json", fixture("image-classifier/metadata.json"));
  });

  test("states the dtypes that the description lacks, and is kept with the package", async () => {
    const without = await cli.run(words);
    expect(without.stdout + without.stderr).toContain("--metadata http");
    expect(snapshot(join(cli.folder, "out"))["src/index.ts"]).toContain("assumed: true");
    const { status, stdout, stderr } = await cli.run([...words, "--metadata", "metadata.json"]);
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain("--metadata");
    const files = snapshot(join(cli.folder, "out"));
    expect(files["src/index.ts"]).toContain("prediction: bigint");
    expect(files["src/index.ts"]).not.toContain("assumed");
    expect(files["metadata.json"]).toBe(fixture("image-classifier/metadata.json"));
    expect(JSON.parse(files["package.json"] ?? "")).toMatchObject({
      exports: { "./metadata.json": "./metadata.json", "./openapi.json": "./openapi.json" },
      files: expect.arrayContaining(["metadata.json", "openapi.json"]),
    });
  });

  test("is heeded by diff, which takes what a package was made with for the description beside it too", async () => {
    await cli.run([...words, "--metadata", "metadata.json"]);
    expect(await cli.run(["diff", "out", "spec.json"])).toMatchObject({ status: 0 });
    const given = ["diff", "out", "spec.json", "--metadata"];
    expect(await cli.run([...given, "metadata.json"])).toMatchObject({ status: 0 });
    expect(await cli.run([...given, "nothing.json"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("nothing.json does not exist"),
    });
  });

  test("is part of what a check compares", async () => {
    const withMetadata = [...words, "--metadata", "metadata.json"];
    await cli.run(withMetadata);
    expect(await cli.run(["check", ...withMetadata])).toMatchObject({ status: 0 });
    expect(await cli.run(["check", ...words])).toMatchObject({ status: 1 });
    cli.put("metadata.json", fixture("image-classifier/metadata.json").replace("DT_INT64", "DT_INT32"));
    expect(await cli.run(["check", ...withMetadata])).toMatchObject({ status: 1 });
  });

  test.each([
    { name: "another model's", text: fixture("bert/spec.json"), want: "tf-serving/metadata-differs" },
    { name: "no metadata", text: "{}", want: "tf-serving/no-metadata" },
    { name: "no JSON", text: "[", want: "spec/bad-json" },
  ])("$name is refused and named", async ({ text, want }) => {
    cli.put("metadata.json", text);
    const { status, stdout } = await cli.run([...words, "--metadata", "metadata.json", "--json"]);
    expect(status).toBe(1);
    expect(stdout).toContain(`"${want}"`);
  });

  test("is refused where the description is metadata, and where the system has none", async () => {
    const twice = await cli.run(["metadata.json", "--metadata", "metadata.json"]);
    expect(twice).toMatchObject({ status: 1, stderr: expect.stringContaining("Leave --metadata out") });
    cli.put(
      "animal.json",
      readFileSync(new URL("../dialects/peltarion/animal-table/spec.json", import.meta.url)),
    );
    const other = await cli.run(["animal.json", "--metadata", "metadata.json"]);
    expect(other).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("peltarion takes no metadata"),
    });
    expect(await cli.run(["spec.json", "--metadata", "-"])).toMatchObject({ status: 2 });
  });

  test("gets the credentials of the description's own host alone", async () => {
    const seen: (string | undefined)[] = [];
    const intercept = ({ headers }: SeenRequest) => {
      seen.push(headers.authorization);
      return { status: 200, body: fixture("image-classifier/metadata.json") };
    };
    const server = await startTfServing({ models: [], intercept });
    const address = `${server.origin}/v1/models/flowers`;
    try {
      await cli.run([...words, "--metadata", address, "--token", "s3cret"]);
      await cli.run([
        "inspect",
        address.replace("127.0.0.1", "localhost"),
        "--metadata",
        address,
        "--token",
        "s3cret",
      ]);
    } finally {
      await server.close();
    }
    // The second run asks two hosts: its description's with the token, the other without.
    expect(seen).toEqual(["Bearer s3cret", "Bearer s3cret", undefined]);
  });
});

test("inspect shows signatures, dtypes and shapes", async () => {
  cli.put("spec.json", fixture("bert/spec.json"));
  const { status, stdout } = await cli.run(["inspect", "spec.json"]);
  expect(status).toBe(0);
  expect(stdout).toContain("dialect  tf-serving");
  expect(stdout).toMatch(/output │ attentions\s+│ float32 array │ 2 × any × 1 × any × any/);
});
