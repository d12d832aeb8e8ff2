import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median, printAlone } from "./turns.mjs";

/*
 * A million rows of a CSV file through `gen-deploy predict`, a process from beginning to end, against a client of the
 * same deployment that streams the same rows from memory, with the same batches; and the memory of files of two sizes.
 * The deployment is `gen-deploy mock`, in a process of its own.
 */

const [few, many] = [100_000, 1_000_000];
const batchSize = 128;
const concurrency = 8;
const rounds = 3;

const bin = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const peakReporter = new URL("report-peak.mjs", import.meta.url);
const description = fileURLToPath(
  new URL("../generated-samples/peltarion-animal-weight/openapi.json", import.meta.url),
);
const token = "benchmark";

/** The row of that number, as CSV has it. */
export function rowOf(index) {
  const Type = ["animal", "human", "insect"][index % 3];
  const Sound = ["miaow", "woof", "moo", "tweet"][index % 4];
  return { Type, Sound, Size: (index % 1000) / 100 };
}

async function writeRows(path, count) {
  const file = createWriteStream(path);
  file.write("Type,Sound,Size\n");
  let text = "";
  for (let index = 0; index < count; index += 1) {
    const { Type, Sound, Size } = rowOf(index);
    text += `${Type},${Sound},${Size}\n`;
    if (text.length < 65_536) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "close");
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function isUp(url) {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

/** Runs `work` with the address of a mocked deployment. */
async function withMock(work) {
  const port = await freePort();
  const words = [bin, "mock", description, "--port", String(port), "--token", token, "--quiet"];
  const mock = spawn(process.execPath, words, { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await isUp(url))) {
      if (mock.exitCode !== null) throw new Error(`gen-deploy mock ended with status ${mock.exitCode}`);
      await sleep(50);
    }
    return await work(url);
  } finally {
    mock.kill();
  }
}

/** One run of the command: rows a second, its start among them, and the peak of its memory in MB. */
async function predict(url, { input, output, count }) {
  const peak = `${output}.peak`;
  const words = ["--import", String(peakReporter), bin, "predict", description, input, "--url", url];
  const plan = ["--batch-size", String(batchSize), "--concurrency", String(concurrency)];
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...words, ...plan, "--output", output, "--force", "--quiet", "--token", token],
    { env: { ...process.env, GEN_DEPLOY_BENCH_PEAK: peak }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const [status] = await once(child, "exit");
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`gen-deploy predict ended with status ${status}`);
  const lines = (await readFile(output, "utf8")).split("\n").length;
  if (lines !== count + 2) throw new Error(`${lines - 2} of ${count} rows were written.`);
  return { rate: count / seconds, peak: Number(await readFile(peak, "utf8")) / 1e6 };
}

/** A client's own stream over rows in memory, in a process of its own: rows a second. */
async function stream(url) {
  const script = fileURLToPath(new URL("predict-memory.mjs", import.meta.url));
  const child = fork(script, [url, token, String(many), String(batchSize), String(concurrency)]);
  const [rate] = await once(child, "message");
  return rate;
}

/** The command against the client, in rows a second and in memory. */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-predict-"));
  try {
    return await withMock(async (url) => {
      const small = { input: join(folder, "few.csv"), output: join(folder, "few-out.csv"), count: few };
      const large = { input: join(folder, "many.csv"), output: join(folder, "many-out.csv"), count: many };
      for (const { input, count } of [small, large]) await writeRows(input, count);
      const { peak: smallPeak } = await predict(url, small);
      const [ours, theirs, peaks] = [[], [], []];
      for (let round = 0; round < rounds; round += 1) {
        const { rate, peak } = await predict(url, large);
        ours.push(rate);
        peaks.push(peak);
        theirs.push(await stream(url));
      }
      return [
        {
          name: `gen-deploy predict, ${many} rows of CSV`,
          ours: median(ours),
          peers: { "predictStream over rows in memory": median(theirs) },
          unit: "rows/s",
          ratio: median(ours.map((rate, round) => rate / theirs[round])),
          budget: "≥ 0.5",
        },
        {
          name: `peak of memory, ${many} rows to ${few}`,
          ours: median(peaks),
          peers: { [`${few} rows`]: smallPeak },
          unit: "MB",
          ratio: median(peaks) / smallPeak,
          budget: "≤ 1.5",
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

await printAlone(import.meta.url, measure);
