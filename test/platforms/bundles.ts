import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { BuildOptions } from "esbuild";
import { outputOf } from "../packages/run-command.js";
import { platformCommand } from "./tools.js";

/** Where a bundle is to run: on Node.js with node_modules beside it or with everything inside, or in workerd. */
type Target = "node with packages" | "node" | "workerd";

/** A bundle of modules that holds CommonJS ones, as undici's are, needs a `require` on Node.js. */
const nodeBanner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

const targets: Readonly<Record<Target, BuildOptions>> = {
  "node with packages": { platform: "node", packages: "external" },
  node: { platform: "node", banner: { js: nodeBanner } },
  // What wrangler tells esbuild.
  workerd: { platform: "browser", conditions: ["workerd", "worker", "browser"] },
};

/** One file, bundled by esbuild as users of that platform do. */
export async function bundleProgram(
  entry: string,
  { outfile, target }: { readonly outfile: string; readonly target: Target },
): Promise<void> {
  const { warnings } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    ...targets[target],
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
}

/** Where the page stands as Vite builds it, by its command; whatever it warns of is an error. */
export async function bundlePageByVite(page: string): Promise<string> {
  const said = await outputOf([platformCommand("vite"), "build", "--base", "./", "--sourcemap"], page);
  if (/warn|externalized/i.test(said)) throw new Error(said);
  return join(page, "dist");
}

/** Where the page stands as esbuild bundles it, parts that are loaded late in files of their own. */
export async function bundlePageByEsbuild(page: string): Promise<string> {
  const outdir = join(page, "bundled");
  const { warnings } = await build({
    entryPoints: [join(page, "page.ts")],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const text = await readFile(join(page, "index.html"), "utf8");
  await writeFile(join(outdir, "index.html"), text.replace("./page.ts", "./page.js"));
  return outdir;
}
