import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { startPeltarionServer } from "../servers/peltarion-server.mjs";

/*
 * The main job from end to end: a client is generated from a description, a deployment is started on loopback, and the
 * client calls it with one row, a batch, a stream and a wrong row.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const spec = join(root, "test/dialects/peltarion/animal-table/spec.json");
const token = "demo-token";

/** What a trained model would have learnt: kilograms of a creature one metre high, and how its voice changes that. */
const perMetre = { animal: 120, human: 70, insect: 0.4 };
const byVoice = { miaow: 0.9, woof: 1, moo: 4, tweet: 0.05 };

function weigh({ Type, Sound, Size }) {
  return { Weight: Math.round(perMetre[Type] * byVoice[Sound] * Size ** 2.5 * 1000) / 1000 };
}

async function generate(folder) {
  const bin = join(root, "dist/cli/main.js");
  const { stdout } = await promisify(execFile)(process.execPath, [bin, spec, "--out", folder]);
  process.stdout.write(stdout);
}

async function callIt({ createClient, isDeploymentError }, url) {
  const client = createClient({ url, token });

  const one = await client.predict({ Type: "animal", Sound: "miaow", Size: 0.4 });
  console.log("one row:  ", one);

  const sizes = [0.25, 0.5, 1, 1.5];
  const many = await client.predictMany(sizes.map((Size) => ({ Type: "animal", Sound: "woof", Size })));
  console.log("a batch:  ", many.map(({ Weight }) => Weight).join(", "));

  async function* measurements() {
    for (let step = 1; step <= 300; step += 1) yield { Type: "animal", Sound: "tweet", Size: step / 300 };
  }
  let count = 0;
  let total = 0;
  for await (const { Weight } of client.predictStream(measurements(), { batchSize: 50, concurrency: 3 })) {
    count += 1;
    total += Weight;
  }
  console.log(`a stream:  ${count} rows, ${total.toFixed(2)} in all`);

  await client.verify();
  console.log("verified:  the live description is the one that the client was generated from");

  try {
    await client.predict({ Type: "animal", Sound: "quack", Size: 0.4 });
  } catch (error) {
    if (!isDeploymentError(error, "unknown-label")) throw error;
    console.log(`an error:  ${error.code}: ${error.message}`);
  }
}

await mkdir(join(root, "test/demo/scratch"), { recursive: true });
const folder = await mkdtemp(join(root, "test/demo/scratch/animal-weight-"));
const description = JSON.parse(await readFile(spec, "utf8"));
const server = await startPeltarionServer({ description, token, model: weigh });
try {
  await generate(join(folder, "client"));
  await callIt(await import(pathToFileURL(join(folder, "client/dist/index.js")).href), server.url);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
