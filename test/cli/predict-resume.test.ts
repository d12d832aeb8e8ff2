import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterEach, describe, expect, test } from "vitest";
import { fixture, useMocks } from "../mock/run-mock.js";
import { useCli } from "./run-cli.js";

const bin = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const animals = fixture("peltarion/animal-table/spec.json");
const cli = useCli();
const start = useMocks();

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

const count = 6000;
const slow = ["--token", "a-token", "--batch-size", "16", "--concurrency", "2"];

/** Rows of which every 500th has no answer, and texts that CSV must quote. */
function animalRows(): string {
  const sounds = ["miaow", "woof", "moo", "tweet"];
  const rows = Array.from({ length: count }, (_, index) => {
    const sound = index % 500 === 499 ? "quack" : sounds[index % 4];
    return `"row ${index}, as it is",animal,${sound},${index / 100}\n`;
  });
  return `id,Type,Sound,Size\n${rows.join("")}`;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

function begin(words: readonly string[]): Running {
  const child = spawn(process.execPath, [bin, "predict", animals, "rows.csv", ...words], {
    cwd: cli.folder,
    stdio: "ignore",
  });
  children.add(child);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (status, signal) => resolve(status ?? signal));
  });
  return { child, ended };
}

/** How many rows the journal of an output tells of; undefined where there is none. */
function rowsIn(output: string): number | undefined {
  const path = join(cli.folder, `${output}.gen-deploy-run`);
  if (!existsSync(path)) return undefined;
  return Number(JSON.parse(readFileSync(path, "utf8")).state.rows);
}

/** Kills a run at a random moment, of which some are before its first account and some behind its last. */
async function killSometime({ child, ended }: Running, output: string): Promise<void> {
  const before = rowsIn(output) ?? 0;
  const isEarly = Math.random() < 0.2;
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver && !isEarly && (rowsIn(output) ?? 0) <= before) await sleep(5);
  await sleep(Math.random() * (isEarly ? 600 : 150));
  child.kill("SIGKILL");
  await ended;
}

describe("a run that is killed", () => {
  test.each([
    { output: "out.csv", kills: 8 },
    { output: "out.jsonl", kills: 6 },
    { output: "out.parquet", kills: 6 },
  ])(
    "$kills times is resumed to the same bytes: $output",
    async ({ output, kills }) => {
      cli.put("rows.csv", animalRows());
      const mock = await start([animals, "--latency", "5ms"]);
      const to = (name: string): readonly string[] => [
        ...["--url", mock.url, ...slow, "--columns", "id"],
        ...["--output", name, "--rejects", `${name}.rejects.csv`],
      ];
      const whole = `whole-${output}`;
      expect(await begin(to(whole)).ended).toBe(0);
      const killed: (number | undefined)[] = [];
      for (let kill = 0; kill < kills; kill += 1) {
        // A run that was killed before it made a file is begun anew by --resume too.
        await killSometime(begin([...to(output), "--resume"]), output);
        killed.push(rowsIn(output));
      }
      expect(killed.some((rows) => rows !== undefined && rows > 0 && rows < count)).toBe(true);
      expect(await begin([...to(output), "--resume"]).ended).toBe(0);
      for (const end of ["", ".rejects.csv"]) {
        const bytes = readFileSync(join(cli.folder, `${output}${end}`));
        expect(bytes.equals(readFileSync(join(cli.folder, `${whole}${end}`)))).toBe(true);
      }
      for (const end of [".gen-deploy-run", ".gen-deploy-rows", ".part"])
        expect(existsSync(join(cli.folder, `${output}${end}`))).toBe(false);
      if (output !== "out.csv") return;
      const ids = readFileSync(join(cli.folder, output), "utf8").match(/row \d+/g);
      expect(ids).toHaveLength(count - count / 500);
      expect(new Set(ids).size).toBe(count - count / 500);
    },
    240_000,
  );
});

describe("a run that is interrupted", () => {
  test("ends behind what is in flight, and is resumed", async () => {
    cli.put("rows.csv", animalRows());
    const mock = await start([animals, "--latency", "5ms"]);
    const words = ["--url", mock.url, ...slow, "--output", "out.csv", "--rejects", "bad.csv"];
    const { child, ended } = begin(words);
    while ((rowsIn("out.csv") ?? 0) === 0) await sleep(5);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    const done = rowsIn("out.csv") ?? 0;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(count);
    expect(await begin([...words, "--resume"]).ended).toBe(0);
    const lines = readFileSync(join(cli.folder, "out.csv"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(1 + count - count / 500);
  }, 120_000);
});

describe("a run that is interrupted twice", () => {
  test("does not wait for what is in flight", async () => {
    cli.put("rows.csv", animalRows());
    const silent = createServer(() => undefined);
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    silent.on("request", () => asked());
    await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { child, ended } = begin(["--url", `http://127.0.0.1:${port}/`, ...slow, "--output", "out.csv"]);
    await isAsked;
    const start = performance.now();
    child.kill("SIGINT");
    await sleep(200);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(performance.now() - start).toBeLessThan(8000);
    expect(rowsIn("out.csv")).toBe(0);
    silent.closeAllConnections();
    silent.close();
  }, 60_000);
});

describe("a run that has ended early", () => {
  test("because the deployment failed now and then, is resumed as often as it takes", async () => {
    cli.put("rows.csv", animalRows());
    const steady = await start([animals]);
    const failing = await start([animals, "--fail", "503:0.02"]);
    const to = (url: string, output: string): readonly string[] => [
      ...["--url", url, "--token", "any", "--batch-size", "64", "--columns", "id"],
      ...["--output", output, "--rejects", `${output}.rejects.csv`],
    ];
    expect(await begin(to(steady.url, "whole.csv")).ended).toBe(0);
    const statuses: unknown[] = [];
    do statuses.push(await begin([...to(failing.url, "out.csv"), "--resume", "--retry", "0"]).ended);
    while (statuses.at(-1) === 1 && statuses.length < 40);
    expect(statuses.at(-1)).toBe(0);
    expect(readFileSync(join(cli.folder, "out.csv"), "utf8")).toBe(
      readFileSync(join(cli.folder, "whole.csv"), "utf8"),
    );
  }, 120_000);

  test.each(["csv", "jsonl", "json", "parquet"])(
    "because of a row, is resumed with the rows behind it: %s",
    async (format) => {
      const rows = Array.from({ length: 700 }, (_, index) => {
        return { id: String(index), Type: "animal", Sound: index === 400 ? "quack" : "moo", Size: index / 8 };
      });
      const names = ["id", "Type", "Sound", "Size"] as const;
      const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name]) }));
      const texts: Readonly<Record<string, string | Uint8Array>> = {
        csv: [names.join(","), ...rows.map((row) => names.map((name) => row[name]).join(","))].join("\n"),
        jsonl: rows.map((row) => JSON.stringify(row)).join("\n"),
        json: JSON.stringify(rows),
        parquet: new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 150 })),
      };
      cli.put(`rows.${format}`, texts[format] ?? "");
      const mock = await start([animals]);
      const words = [
        `rows.${format}`,
        "--url",
        mock.url,
        "--token",
        "any",
        "--columns",
        "id",
        "-o",
        "out.csv",
      ];
      const first = await cli.run(["predict", animals, ...words]);
      expect(first).toMatchObject({ status: 1, stderr: expect.stringContaining('"quack"') });
      expect(rowsIn("out.csv")).toBe(400);
      const resumed = await cli.run(["predict", animals, ...words, "--resume", "--rejects", "no.csv"]);
      expect(resumed).toMatchObject({ status: 0 });
      const ids = readFileSync(join(cli.folder, "out.csv"), "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => Number(line.split(",")[0]));
      expect(ids).toEqual(rows.map((_, index) => index).filter((index) => index !== 400));
      expect(readFileSync(join(cli.folder, "no.csv"), "utf8").split("\n")).toHaveLength(3);
    },
    60_000,
  );
});
