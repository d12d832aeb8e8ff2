import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, useMocks } from "../mock/run-mock.js";
import { useCli } from "./run-cli.js";

const cli = useCli();
const start = useMocks();

describe("gen-deploy predict of other systems", () => {
  test("takes pictures from the file's folder, and puts those of answers into a folder", async () => {
    const model = fixture("peltarion/image-and-arrays/spec.json");
    const { url } = await start([model]);
    const png =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC";
    cli.put("data/one.png", Buffer.from(png, "base64"));
    const row = {
      "Image Feature": "one.png",
      "features.npy_0": Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => [1, 2, 3])),
      vector: [1, 2, 3, 4, 5],
      mask: [
        [0, 1],
        [1, 0],
      ],
      caption: "a digit",
    };
    cli.put("data/rows.jsonl", `${JSON.stringify(row)}\n${JSON.stringify(row)}\n`);
    const words = ["predict", model, "data/rows.jsonl", "--url", url, "--token", "any"];
    const given = await cli.run([...words, "-o", "out.jsonl", "--files", "pictures", "--categories", "all"]);
    expect(given).toMatchObject({ status: 0, stderr: "" });
    const [first, second] = readFileSync(join(cli.folder, "out.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(first).toEqual({
      digit: { zero: expect.any(Number), one: expect.any(Number), "other digit": expect.any(Number) },
      "heat map": [expect.any(Array), expect.any(Array)],
      cleaned: expect.stringMatching(/^pictures\/1-cleaned\.(?:png|jpg)$/),
      "is blurred": expect.any(Number),
    });
    expect(second?.["digit"]).toEqual(first?.["digit"]);
    expect(existsSync(join(cli.folder, String(first?.["cleaned"])))).toBe(true);
    const missing = await cli.run([...words, "--map", "x=caption"]);
    expect(missing.status).toBe(1);
  }, 60_000);

  test("calls the operations of a service", async () => {
    const leaf = fixture("openapi/leaf-doctor/spec.json");
    const { url } = await start([leaf]);
    cli.put("leaves.csv", 'id,plant,temperature,spots\na,tomato,21.5,"[1.25,3]"\nb,vine,3,[]\n');
    const words = ["predict", leaf, "leaves.csv", "--url", url, "--token", "any", "--columns", "id"];
    const { status, stdout } = await cli.run(words);
    expect(status).toBe(0);
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^id,disease,probabilities\.healthy,/);
    expect(lines.map((line) => line[0])).toEqual(["a", "b"]);
    const unknown = await cli.run([...words, "--operation", "nothing"]);
    expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining('no operation "nothing"') });
  }, 60_000);

  test("shows the token to the deployment, and to no other host that has the description", async () => {
    const animals = fixture("peltarion/animal-table/spec.json");
    const { url } = await start([animals, "--token", "the-secret"]);
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(readFileSync(animals));
    });
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const row = '{"Type":"animal","Sound":"miaow","Size":0.4}';
    const words = ["--url", url, "--token", "the-secret", "--row", row];
    const given = await cli.run(["predict", `http://127.0.0.1:${port}/openapi.json`, ...words]);
    other.close();
    expect(given).toMatchObject({ status: 0, stdout: expect.stringContaining("Weight") });
    expect(seen).toEqual([undefined]);
  });
});
