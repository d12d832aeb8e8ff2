/*
 * Run when gen-deploy is built: makes `dist`, which is what is published, of what the compiler made. The command is one
 * bundle in a few pieces, each loaded when it is needed, with every library inside: it starts in a fraction of the time,
 * holds no TypeScript, and installs nothing but the runtime.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const [built, dist] = [join(root, "build"), join(root, "dist")];

/**
 * openapi-typescript without its parser, which is never asked, for descriptions come to it parsed and resolved; and with
 * nodes and a printer of our own in the place of TypeScript.
 */
const lightOpenapiTypescript: Plugin = {
  name: "light-openapi-typescript",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@redocly\/openapi-core$/ }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({
      contents: ["createConfig", "BaseResolver", "lintDocument", "bundle", "Source", "makeDocumentFromString"]
        .map((name) => `export const ${name} = undefined;`)
        .join("\n"),
    }));
    // Two functions of that parser, without the reading of YAML and of the network that stands behind them, and quick
    // about the names that need no decoding: they are asked several times for each property.
    onResolve({ filter: /^@redocly\/openapi-core\/lib\/ref-utils\.js$/ }, ({ path }) => ({
      path,
      namespace: "references",
    }));
    onLoad({ filter: /.*/, namespace: "references" }, () => ({
      contents: 'export { escapePointer, parseRef } from "./emit/wire-references.js";',
      resolveDir: built,
    }));
    onResolve({ filter: /^typescript$/ }, ({ path, importer }) =>
      importer.includes("/openapi-typescript/") ? { path, namespace: "nodes" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "nodes" }, () => ({
      contents: 'export * as default from "./emit/wire-nodes.js";',
      resolveDir: built,
    }));
  },
};

/**
 * The parsers that are loaded at their first use, and at once, from files of their own: what stands in a bundle's own
 * pieces is read whenever anything beside it is.
 */
const parsers = { yaml: "yaml", jsonc: "jsonc-parser" } as const;
const lateParsers: Plugin = {
  name: "late-parsers",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]spec[\\/]parser-libraries\.js$/ }, () => ({
      contents: Object.keys(parsers)
        .map((name) => `export const ${name}Library = () => require("../parsers/${name}.cjs");`)
        .join("\n"),
    }));
  },
};

/** The width of help, which is ours and plain: what yargs counts by asks for tables of Unicode at every start. */
const plainWidths: Plugin = {
  name: "plain-widths",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:string-width|strip-ansi)$/ }, ({ path, importer }) =>
      /node_modules\/(?:yargs|cliui|wrap-ansi)\//.test(importer) ? { path, namespace: "plain" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "plain" }, ({ path }) => ({
      contents: `export default (text) => ${path === "strip-ansi" ? "text" : "text.length"};`,
    }));
  },
};

await rm(dist, { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  // jsonc-parser's other form hides from bundlers what it consists of.
  mainFields: ["module", "main"],
  target: "node20.19",
  minify: true,
  keepNames: false,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;
const parsing = await build({
  ...shared,
  entryPoints: parsers,
  outdir: join(dist, "parsers"),
  outExtension: { ".js": ".cjs" },
  format: "cjs",
});
const { metafile } = await build({
  ...shared,
  entryPoints: {
    "cli/main": join(built, "cli/main.js"),
    "cli/rename-files": join(built, "cli/rename-files.js"),
    index: join(built, "index.js"),
  },
  outdir: dist,
  chunkNames: "chunks/[name]-[hash]",
  splitting: true,
  format: "esm",
  external: ["../parsers/*", "@gen-deploy/runtime", "@gen-deploy/runtime/*"],
  plugins: [lightOpenapiTypescript, lateParsers, plainWidths],
  // What libraries written as CommonJS take from Node.
  banner: {
    js: [
      'import { createRequire as createRequireHere } from "node:module";',
      'import { fileURLToPath as toPathHere } from "node:url";',
      "const require = createRequireHere(import.meta.url);",
      "const __filename = toPathHere(import.meta.url);",
      'const __dirname = toPathHere(new URL(".", import.meta.url));',
    ].join(" "),
  },
});
await cp(join(built, "templates.json"), join(dist, "templates.json"));
await copyTypes(built, join(dist, "types"));
await writeFile(
  join(dist, "THIRD-PARTY.md"),
  await licences([metafile, parsing.metafile].flatMap(({ inputs }) => Object.keys(inputs))),
);

/** The declarations of the library's face and of what it names. */
async function copyTypes(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== "prepare")
      await copyTypes(join(from, entry.name), join(to, entry.name));
    else if (entry.name.endsWith(".d.ts")) await cp(join(from, entry.name), join(to, entry.name));
  }
}

/** The licences of the packages that the bundle holds, by name. */
async function licences(inputs: readonly string[]): Promise<string> {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  const sections = await Promise.all([...new Set(folders)].sort().map(licence));
  return [
    "# Packages within gen-deploy\n\nThe published command holds code of these packages.\n",
    ...sections,
  ].join("\n");
}

async function licence(folder: string): Promise<string> {
  const place = join(root, folder);
  const manifest: unknown = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
  const [name, version, license] = ["name", "version", "license"].map((field) =>
    String(Reflect.get(Object(manifest), field)),
  );
  const file = (await readdir(place)).find((entry) => /^(licen[cs]e|copying)(\.(txt|md))?$/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license}` : (await readFile(join(place, file), "utf8")).trim();
  return `## ${name} ${version}\n\n\`\`\`\n${text}\n\`\`\`\n`;
}
