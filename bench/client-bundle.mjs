import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/*
 * What a client weighs in a browser: the command writes it, esbuild bundles and minifies it with its runtime, split where
 * code is loaded late, and each file is gzipped by itself, as a server sends it. Nothing here depends on time.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const features = 50;

const number = { type: "numeric", shape: [1] };
const label = { type: "categorical", shape: [4], categories: ["first", "second", "third", "fourth"] };
const image = { type: "image", shape: [224, 224, 3] };
const array = { type: "numeric", shape: [64, 64, 3] };
const text = { type: "text", shape: [64] };

/** By name a description: text of JSON that is made here, or the path of a sample's. */
const descriptions = {
  "50 features in rows: numbers": describeRows([number]),
  "50 features in rows: numbers and labels": describeRows([number, label]),
  "50 features in rows: numbers, labels and texts": describeRows([number, label, text]),
  "50 features in rows: numbers and pictures": describeRows([number, image]),
  "50 features in rows: numbers and arrays": describeRows([number, array]),
  "50 features in rows: numbers and .npy arrays": describeRows([number, array], false),
  "50 features in rows: all kinds": describeRows([number, array, label, image, text]),
  "TensorFlow Serving": "tf-serving-half-plus-two/metadata.json",
  "TensorFlow Serving: classify and regress": "tf-serving-features/openapi.json",
  Modelbit: "modelbit-example-adder/metadata.yaml",
  Cog: "cog-photo-restyler/openapi.json",
  "plain service": "openapi-leaf-doctor/openapi.json",
};

export const weighedClients = Object.keys(descriptions);

/** A description of fifty features of these kinds in turn, on both sides. */
function describeRows(kinds, tensorJson = true) {
  const properties = Object.fromEntries(
    Array.from({ length: features }, (_, index) => [
      `Feature number ${index}`,
      { description: `What ${index} is.`, "x-peltarion": kinds[index % kinds.length] },
    ]),
  );
  return JSON.stringify({
    openapi: "3.0.1",
    info: { title: "Weighed", version: "1" },
    paths: {
      "/deployment/x/forward": { ...(tensorJson ? { "x-peltarion-tensorjson": true } : {}), post: {} },
    },
    components: {
      schemas: { "input-row": { properties }, "output-row-batch": { properties: { rows: { properties } } } },
    },
  });
}

export async function weighClient(name) {
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-weight-"));
  try {
    const described = descriptions[name];
    let description = join(root, "generated-samples", described);
    if (described.startsWith("{")) {
      description = join(folder, "description.json");
      await writeFile(description, described);
    }
    const words = [main, description, "--name", "weighed", "--out", join(folder, "client"), "--quiet"];
    await promisify(execFile)(process.execPath, words, { cwd: folder });
    return await weigh(
      `import { createClient, isDeploymentError } from "./client/dist/index.js";
      globalThis.used = [createClient, isDeploymentError];`,
      folder,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function weighExports(names) {
  const { first } = await weigh(`export { ${names.join(", ")} } from "@gen-deploy/runtime";`, root);
  return first;
}

async function weigh(contents, resolveDir) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir },
    absWorkingDir: root,
    nodePaths: [join(root, "node_modules")],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const sizes = new Map(
    outputFiles.map(({ path, contents: bytes }) => [basename(path), gzipSync(bytes, { level: 9 }).length]),
  );
  const sizeOf = (path) => sizes.get(basename(path)) ?? 0;
  const entry = Object.keys(outputs).find((path) => basename(path) === "stdin.js");
  const first = new Set();
  const waiting = [entry];
  for (const path of waiting) {
    if (first.has(path)) continue;
    first.add(path);
    for (const { path: next, kind } of outputs[path].imports)
      if (kind === "import-statement") waiting.push(next);
  }
  const held = [...first].flatMap((path) => Object.entries(outputs[path].inputs));
  return {
    first: [...first].reduce((sum, path) => sum + sizeOf(path), 0),
    later: Object.fromEntries(
      Object.keys(outputs)
        .filter((path) => !first.has(path))
        .map((path) => [basename(outputs[path].entryPoint ?? path), sizeOf(path)]),
    ),
    files: held
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
      .map(([path]) => path),
  };
}
