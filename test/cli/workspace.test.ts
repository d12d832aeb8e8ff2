import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const titled = (title: string): string => animal.replace("Animal weight", title);
const withImport = (config: string): string =>
  `import { defineConfig } from "gen-deploy";\nexport default defineConfig(${config});\n`;

/** When each file and folder below `folder` was changed last, to the nanosecond. */
function times(folder: string): Readonly<Record<string, bigint>> {
  const places = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    places.map((place) => [place, statSync(join(folder, place), { bigint: true }).mtimeNs]),
  );
}

describe("a workspace of 100 deployments", () => {
  test("generates in one command; one description that changes makes one package new", async () => {
    for (let index = 0; index < 100; index += 1) cli.put(`models/m${index}.json`, titled(`Model ${index}`));
    cli.put(
      "gen-deploy.config.ts",
      withImport('{ defaults: { out: "packages" }, deployments: [{ spec: "models/*.json" }] }'),
    );
    const first = await cli.run([]);
    expect(first).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\n100 descriptions: 100 written\.\n$/),
    });
    const before = times(cli.folder);
    const again = await cli.run([]);
    expect(again).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\n100 descriptions: 100 up to date\.\n$/),
    });
    expect((await cli.run(["check"])).stdout).toBe("100 packages: 100 up to date.\n");
    expect(times(cli.folder)).toEqual(before);

    cli.put("models/m42.json", titled("Model 42").replace('"Size"', '"Length"'));
    const changed = times(cli.folder);
    const check = await cli.run(["check"]);
    expect(check).toMatchObject({ status: 1, stdout: "100 packages: 99 up to date, 1 different.\n" });
    expect(check.stderr.match(/^error: .*$/gm)).toEqual([
      expect.stringContaining("packages/model-42 is not"),
    ]);
    const third = await cli.run(["--json"]);
    const report: { packages: readonly { package: string; written: readonly string[] }[] } = JSON.parse(
      third.stdout,
    );
    expect(report.packages.filter(({ written }) => written.length > 0).map((one) => one.package)).toEqual([
      "model-42",
    ]);
    const moved = Object.entries(times(cli.folder)).filter(([place, time]) => changed[place] !== time);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.filter(([place]) => !/^packages.model-42/.test(place))).toEqual([]);
    expect(await cli.run(["check"])).toMatchObject({ status: 0 });
  });
});
