import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeEach, describe, expect, test } from "vitest";
import { fixture, useMocks, type RunningMock } from "../mock/run-mock.js";
import { useCli, type CliOptions, type CliResult } from "./run-cli.js";

const cli = useCli();
const start = useMocks();
const animals = fixture("peltarion/animal-table/spec.json");
const token = "the-secret-token";

let mock: RunningMock;
beforeEach(async () => {
  mock = await start([animals, "--token", token]);
});

function predict(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const environment = { GEN_DEPLOY_TOKEN: token, ...options.environment };
  return cli.run(["predict", animals, ...words, "--url", mock.url], { ...options, environment });
}

function textOf(path: string): string {
  return readFileSync(join(cli.folder, path), "utf8");
}

const csv = `id,Type,Sound,Size
a1,animal,miaow,0.4
"b,2",human,woof,1.8
c3,insect,tweet,1
`;
const rows = [
  { id: "a1", Type: "animal", Sound: "miaow", Size: 0.4 },
  { id: "b,2", Type: "human", Sound: "woof", Size: 1.8 },
  { id: "c3", Type: "insect", Sound: "tweet", Size: 1 },
];
/** Bad rows at the lines 3 and 5, behind a cell of two lines. */
const bad = `id,Type,Sound,Size
a1,animal,miaow,0.4
"b
2",human,quack,1.8
c3,insect,tweet,x
d4,animal,moo,2
`;

/** What the deployment says to the three rows, as it is asked for them one by one. */
async function weights(): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { id: _, ...row } of rows) {
    const { stdout } = await predict(["--row", JSON.stringify(row)]);
    found.push(Number(JSON.parse(stdout).Weight));
  }
  return found;
}

describe("gen-deploy predict", () => {
  test("reads each format, and writes each", async () => {
    const [first, second, third] = await weights();
    cli.put("rows.csv", csv);
    cli.put("rows.tsv", csv.replaceAll(",", "\t").replace('"b\t2"', "b,2"));
    cli.put("rows.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    cli.put("rows.json", JSON.stringify({ rows }));
    const columnData = (["id", "Type", "Sound"] as const).map((name) => {
      return { name, data: rows.map((row) => row[name]) };
    });
    const sizes = { name: "Size", data: rows.map(({ Size }) => Size), type: "DOUBLE" } as const;
    const file = parquetWriteBuffer({ columnData: [...columnData, sizes] });
    writeFileSync(join(cli.folder, "rows.parquet"), new Uint8Array(file));
    const want = `id,Weight\na1,${first}\n"b,2",${second}\nc3,${third}\n`;
    for (const format of ["csv", "tsv", "jsonl", "json", "parquet"]) {
      const given = await predict([`rows.${format}`, "--columns", "id"]);
      expect({ format, ...given }).toMatchObject({ format, status: 0, stdout: want });
    }
    expect((await predict(["-", "--columns", "id"], { stdin: csv })).stdout).toBe(want);
    for (const format of ["tsv", "jsonl", "parquet"]) {
      expect(await predict(["rows.csv", "--columns", "id", "-o", `out.${format}`])).toMatchObject({
        status: 0,
      });
    }
    expect(textOf("out.tsv")).toBe(want.replaceAll(",", "\t").replace('"b\t2"', "b,2"));
    const objects = rows.map(({ id }, index) => ({ id, Weight: [first, second, third][index] }));
    expect(textOf("out.jsonl")).toBe(objects.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const parquet = await asyncBufferFromFile(join(cli.folder, "out.parquet"));
    expect(await parquetReadObjects({ file: parquet })).toEqual(objects);
  }, 120_000);

  test("ends at the first row that is wrong, and keeps what is before it", async () => {
    cli.put("bad.csv", bad);
    const { status, stderr } = await predict(["bad.csv", "-o", "out.csv"]);
    expect(status).toBe(1);
    expect(stderr).toContain('error: bad.csv, line 3: "Sound" is "quack", not one of its 4 labels');
    expect(stderr).toContain("help: Correct it, or give --rejects FILE to go on without such rows.");
    expect(textOf("out.csv").split("\n")).toHaveLength(3);
    expect(await predict(["bad.csv", "-o", "out.csv"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--resume goes on with it"),
    });
    const resumed = await predict([
      "bad.csv",
      "-o",
      "out.csv",
      "--resume",
      "--rejects",
      "bad.out.csv",
      "--json",
    ]);
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      ...{ ok: true, rows: 4, answered: 2, rejected: 2, resumedAt: 1 },
      ...{ output: "out.csv", rejects: "bad.out.csv" },
    });
    expect(textOf("out.csv").split("\n")).toHaveLength(4);
    expect(textOf("bad.out.csv")).toMatch(
      /^line,feature,reason,id,Type,Sound,Size\n3,Sound,.*,"b\n2",human,quack,1\.8\n5,Size,.*,c3,insect,tweet,x\n$/,
    );
    expect(existsSync(join(cli.folder, "out.csv.gen-deploy-run"))).toBe(false);
  });

  test("finds the row for whose sake the deployment refuses a batch", async () => {
    // As the description that stands here has it, this label is right: the deployment knows better.
    const spec = readFileSync(animals, "utf8")
      .replace('"tweet"', '"tweet", "quack"')
      .replace(/\[\s*4\s*\]/, "[5]");
    cli.put("spec.json", spec);
    cli.put("rows.csv", bad.replace(",x\n", ",3\n"));
    const words = ["predict", "spec.json", "rows.csv", "--url", mock.url, "--columns", "id"];
    const environment = { GEN_DEPLOY_TOKEN: token };
    const given = await cli.run([...words, "--rejects", "no.csv"], { environment });
    expect(given.status).toBe(0);
    expect(given.stdout.split("\n").map((line) => line.split(",")[0])).toEqual(["id", "a1", "c3", "d4", ""]);
    expect(textOf("no.csv")).toMatch(/^line,.*\n3,.*quack/);
  });

  test("checks all rows and calls nothing with --dry-run", async () => {
    cli.put("bad.csv", bad);
    const { status, stderr } = await predict(["bad.csv", "--dry-run"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^error: 2 of 4 rows would not be sent\.\n {2}bad\.csv:3: "Sound" .*\n {2}bad\.csv:5: "Size" /,
    );
    const { stdout } = await predict(["bad.csv", "--dry-run", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      rows: 4,
      refused: 2,
      faults: [{ line: 3 }, { line: 5 }],
    });
    cli.put("rows.csv", csv);
    expect(await predict(["rows.csv", "--dry-run"])).toMatchObject({
      status: 0,
      stdout: "3 rows are right.\n",
    });
    const row = ["--row", '{"Type":"animal","Sound":"miaow","Size":0.4}', "--dry-run"];
    expect(await predict(row)).toMatchObject({ status: 0, stdout: "The row is right.\n" });
    expect(mock.lines.filter((line) => line.startsWith("POST"))).toEqual([]);
  });

  test("scores one row of the command line", async () => {
    const right = await predict(["--row", '{"Type":"animal","Sound":"miaow","Size":0.4}']);
    expect(right).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(right.stdout)).toEqual({ Weight: expect.any(Number) });
    expect(await predict(["--row", '{"Type":"animal","Sound":"quack","Size":0.4}'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--row: "Sound" is "quack"'),
    });
  });

  test("tells of a deployment that is away or refuses, never of the token", async () => {
    cli.put("rows.csv", csv);
    const refused = await predict(["rows.csv", "--token", "another-secret"]);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--token or GEN_DEPLOY_TOKEN"),
    });
    expect(`${refused.stdout}${refused.stderr}`).not.toContain("another-secret");
    await mock.end();
    const away = await predict(["rows.csv", "-o", "out.csv", "--retry", "0"]);
    expect(away).toMatchObject({ status: 1, stderr: expect.stringContaining("ECONNREFUSED") });
    expect(away.stderr).toContain("--resume goes on");
    expect(`${away.stdout}${away.stderr}`).not.toContain(token);
  });

  test("resumes nothing but the same", async () => {
    cli.put("bad.csv", bad);
    expect(await predict(["bad.csv", "-o", "out.csv"])).toMatchObject({ status: 1 });
    const before = textOf("out.csv");
    const others = [
      { words: ["--columns", "id"], says: "other options" },
      { words: ["--labels", "Sound=miaow,woof,moo,quack"], says: "another description" },
    ];
    for (const { words, says } of others) {
      const given = await predict(["bad.csv", "-o", "out.csv", "--resume", ...words]);
      expect(given).toMatchObject({ status: 1 });
      if (says !== "another description") expect(given.stderr).toContain(says);
    }
    cli.put("bad.csv", bad.replace("quack", "meow"));
    expect(await predict(["bad.csv", "-o", "out.csv", "--resume"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("the input has changed since"),
    });
    expect(textOf("out.csv")).toBe(before);
    cli.put("rows.csv", csv);
    expect(await predict(["rows.csv", "-o", "out.csv", "--force"])).toMatchObject({ status: 0 });
    expect(await predict(["rows.csv", "-o", "out.csv", "--resume"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("nothing to resume"),
    });
    expect(await predict(["rows.csv", "-o", "out.csv"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("out.csv exists"),
    });
    for (const name of ["rows.csv", "./rows.csv"]) {
      expect(await predict([name, "-o", "rows.csv", "--force"])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("would be written over"),
      });
    }
    expect(textOf("rows.csv")).toBe(csv);
  }, 60_000);

  test.each([
    { name: "no rows", words: [], says: "There are no rows." },
    { name: "rows and a row", words: ["rows.csv", "--row", "{}"], says: "exclude each other" },
    { name: "--resume without a file", words: ["rows.csv", "--resume"], says: "Name it with --output." },
    { name: "standard input twice", words: ["-", "-o", "o.csv", "--resume"], says: "cannot be resumed" },
    {
      name: "an output of no format",
      words: ["rows.csv", "-o", "out"],
      says: "no end that tells its format",
    },
    {
      name: "Parquet on standard output",
      words: ["rows.csv", "--output-format", "parquet"],
      says: "Parquet is not",
    },
    { name: "a wrong number", words: ["rows.csv", "--batch-size", "0"], says: "--batch-size" },
    { name: "a wrong delimiter", words: ["rows.csv", "--delimiter", "ab"], says: "--delimiter" },
    { name: "a report among rows", words: ["rows.csv", "--json"], says: "--json" },
  ])("refuses $name", async ({ words, says }) => {
    const { status, stdout, stderr } = await predict(words);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(says);
  });

  test.each([
    { name: "a missing file", words: ["none.csv"], says: "none.csv does not exist" },
    { name: "a column that is not there", words: ["rows.csv", "--columns", "ids"], says: "Did you mean id?" },
    { name: "an operation that is not there", words: ["rows.csv", "--operation", "x"], says: "no operation" },
  ])("complains of $name", async ({ words, says }) => {
    cli.put("rows.csv", csv);
    const { status, stderr } = await predict(words);
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
});
