import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { snapshot } from "../disk/snapshot.js";
import { animal, useCli } from "./run-cli.js";

const cli = useCli();
const bin = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const killAt = pathToFileURL(fileURLToPath(new URL("./kill-at.mjs", import.meta.url))).href;
/** Renamed: files go, come and change. */
const later = animal.replace('"Size"', '"Length"');

/** The files in a folder, without what a killed run has left and later runs tidy away. */
function standing(folder: string): Readonly<Record<string, string>> {
  const at = join(cli.folder, folder);
  if (!existsSync(at)) return {};
  return Object.fromEntries(
    Object.entries(snapshot(at)).filter(([path]) => !/^\.gen-deploy-stage-|\/$/.test(path)),
  );
}

function isOneOf(...packages: readonly object[]): (found: object) => boolean {
  const texts = packages.map((one) => JSON.stringify(one));
  return (found) => texts.includes(JSON.stringify(found));
}

function restore(from: string, to: string): void {
  rmSync(join(cli.folder, to), { recursive: true, force: true });
  cpSync(join(cli.folder, from), join(cli.folder, to), { recursive: true, preserveTimestamps: true });
}

describe("kill -9", () => {
  test("before each change of the disk leaves the old package or the new one", async () => {
    const words = (spec: string, out: string): readonly string[] => [spec, "--out", out, "--quiet"];
    cli.put("old.json", animal);
    cli.put("new.json", later);
    await cli.run([...words("old.json", "old"), "--emit", "js"]);
    restore("old", "new");
    await cli.run(words("new.json", "new"));
    const [before, after] = [standing("old"), standing("new")];
    expect(Object.keys(after)).not.toEqual(Object.keys(before));

    for (let at = 1; ; at += 1) {
      restore("old", "pkg");
      const environment = { NODE_OPTIONS: `--import=${killAt}`, KILL_AT: String(at) };
      const { status, stderr } = await cli.run(words("new.json", "pkg"), { environment });
      if (status === 0) {
        expect(Number(/changes: (\d+)/.exec(stderr)?.[1])).toBe(at - 1);
        expect(at).toBeGreaterThan(20);
        break;
      }
      expect([before, after]).toContainEqual(standing("pkg"));
      expect(await cli.run(words("new.json", "pkg"))).toMatchObject({ status: 0 });
      expect(standing("pkg")).toEqual(after);
    }
  }, 120_000);

  test("while the files take their places leaves the old package or the new one", async () => {
    cli.put("old.json", animal);
    cli.put("new.json", later);
    await cli.run(["old.json", "--out", "old", "--quiet"]);
    restore("old", "new");
    const run = async (out: string, environment: Readonly<Record<string, string>>): Promise<unknown> =>
      await cli.run(["new.json", "--out", out, "--quiet"], { environment });
    await run("new", {});
    const [before, after] = [standing("old"), standing("new")];
    const seen = new Set<boolean>();
    // From the moment at which the renames are asked for until well after they are made.
    for (const killAfter of [0, 0, 0.2, 0.5, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]) {
      restore("old", "pkg");
      await run("pkg", { NODE_OPTIONS: `--import=${killAt}`, KILL_AFTER_ASKING: String(killAfter) });
      // Whoever was told makes the renames all the same, and may just be at it.
      await expect.poll(() => standing("pkg"), { interval: 2 }).toSatisfy(isOneOf(before, after));
      seen.add(JSON.stringify(standing("pkg")) === JSON.stringify(after));
      expect(await run("pkg", {})).toMatchObject({ status: 0 });
      expect(standing("pkg")).toEqual(after);
    }
    expect(seen).toContain(true);
  }, 120_000);

  test("before each change of the disk leaves no part of a new package", async () => {
    cli.put("old.json", animal);
    for (let at = 1; ; at += 1) {
      rmSync(join(cli.folder, "pkg"), { recursive: true, force: true });
      const environment = { NODE_OPTIONS: `--import=${killAt}`, KILL_AT: String(at) };
      const { status } = await cli.run(["old.json", "--out", "pkg", "--quiet"], { environment });
      if (status === 0) break;
      expect(standing("pkg")).toEqual({});
    }
    expect(standing("pkg")).toHaveProperty("gen-deploy.json");
  }, 120_000);

  test("at random moments of a run over many packages leaves each of them whole", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const put = (text: string): void => {
      for (const name of names) cli.put(`${name}.json`, text.replace("Animal weight", name));
    };
    put(animal);
    await cli.run(["m*.json", "--out", "old", "--quiet"]);
    restore("old", "new");
    put(later);
    const started = performance.now();
    await cli.run(["m*.json", "--out", "new", "--quiet"]);
    const length = performance.now() - started;
    const whole = (folder: string): readonly string[] =>
      names.map((name) => JSON.stringify(standing(join(folder, name))));
    const [before, after] = [whole("old"), whole("new")];

    const moments = 12;
    for (let moment = 0; moment < moments; moment += 1) {
      restore("old", "pkgs");
      const child = spawn(process.execPath, [bin, "m*.json", "--out", "pkgs", "--quiet"], {
        cwd: cli.folder,
        stdio: "ignore",
      });
      const ended = new Promise((done) => child.once("close", done));
      // The first part of a run only starts up.
      await delay(length * (0.2 + (0.8 * moment) / moments));
      child.kill("SIGKILL");
      await ended;
      const mixed = (): readonly string[] =>
        whole("pkgs").filter((text, index) => text !== before[index] && text !== after[index]);
      // Files that were told to take their places may just be doing so.
      await expect.poll(mixed, { interval: 2 }).toEqual([]);
      expect(await cli.run(["m*.json", "--out", "pkgs", "--quiet"])).toMatchObject({ status: 0 });
      expect(whole("pkgs")).toEqual(after);
    }
    expect(readdirSync(cli.folder)).toContain("pkgs");
  }, 120_000);
});
