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

/** What each call needs that is loaded beside the page: the part's file, and with it whatever that imports. */
const besidePages = {
  "50 features in rows: numbers and pictures": "parts.js",
  "50 features in rows: numbers and arrays": "parts.js",
  "50 features in rows: numbers and .npy arrays": "parts.js",
  "50 features in rows: all kinds": "parts.js",
  "TensorFlow Serving": "tensor-calls.js",
  "TensorFlow Serving: classify and regress": "example-calls.js",
  Modelbit: "call-function.js",
  Cog: "model-runner.js",
  "plain service": "call-operation.js",
};

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
    const weight = await weigh(
      `import { createClient, isDeploymentError } from "./client/dist/index.js";
      globalThis.used = [createClient, isDeploymentError];`,
      folder,
    );
    return { ...weight, beside: besidePages[name] === undefined ? 0 : weight.withImports(besidePages[name]) };
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
  /** The outputs at `paths` and all that they import before they run. */
  const withImports = (paths) => {
    const found = new Set();
    const waiting = [...paths];
    for (const path of waiting) {
      if (found.has(path)) continue;
      found.add(path);
      for (const { path: next, kind } of outputs[path].imports)
        if (kind === "import-statement") waiting.push(next);
    }
    return found;
  };
  const sum = (paths) => [...paths].reduce((all, path) => all + sizeOf(path), 0);
  const nameOf = (path) => basename(outputs[path].entryPoint ?? path);
  const first = withImports([entry]);
  const held = [...first].flatMap((path) => Object.entries(outputs[path].inputs));
  return {
    first: sum(first),
    /** What the late part of that name weighs with all that it imports and the page does not. */
    withImports: (name) => {
      const found = withImports(Object.keys(outputs).filter((path) => nameOf(path) === name));
      if (found.size === 0) throw new Error(`nothing of the name ${name} is loaded late`);
      return sum([...found].filter((path) => !first.has(path)));
    },
    later: Object.fromEntries(
      Object.keys(outputs)
        .filter((path) => !first.has(path))
        .map((path) => [nameOf(path), sizeOf(path)]),
    ),
    files: held
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
      .map(([path]) => path),
  };
}
