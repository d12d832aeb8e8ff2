import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { acceptedLines, prelude, refusedLines } from "./caller-lines.js";
import type { RefusedLine } from "./caller-lines.js";
import type { Complaint } from "./tsc.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The generated samples by the names of their packages. */
export async function samplePackages(): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, "generated-samples");
  const found = await Promise.all(
    (await readdir(folder)).map(async (sample): Promise<[string, string]> => {
      const manifest: unknown = JSON.parse(await readFile(join(folder, sample, "package.json"), "utf8"));
      if (typeof manifest !== "object" || manifest === null || !("name" in manifest))
        throw new Error(`${sample} has no name.`);
      return [String(manifest.name), join(folder, sample)];
    }),
  );
  return new Map(found);
}

/** How a caller's project may be set up, beside strictness. */
export const settings = [
  {
    setting: "nodenext",
    options: { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] },
  },
  {
    setting: "bundler",
    options: { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [] },
  },
] as const;

/** A tsconfig.json in which declaration files are checked like any other. */
export function strictConfig(options: object, files: readonly string[]): string {
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, target: "es2022" };
  return JSON.stringify({ compilerOptions: { ...strict, ...options }, files });
}

/** Writes the programs of caller-lines.ts into `folder`: one file that must compile, one whose lines must not. */
export async function writePrograms(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
  await writeFile(join(folder, "right.ts"), [...prelude, ...acceptedLines, ""].join("\n"));
  await writeFile(
    join(folder, "wrong.ts"),
    [...prelude, ...refusedLines.map(({ line }) => line), ""].join("\n"),
  );
}

/** The refused lines that were not refused, or not for their reason; then every complaint about anything else. */
export function mistakes(complaints: readonly Complaint[]): readonly string[] {
  const about = (index: number): readonly Complaint[] =>
    complaints.filter(({ file, line }) => file === "wrong.ts" && line === prelude.length + index + 1);
  const expected = new Set(refusedLines.flatMap((_, index) => about(index)));
  return [
    ...refusedLines
      .filter((refused, index) => !isRefused(refused, about(index)))
      .map(({ name, line }) => `${name}: ${line}`),
    ...complaints
      .filter((complaint) => !expected.has(complaint))
      .map(({ file, line, message }) => `${file}:${line}: ${message}`),
  ];
}

function isRefused({ says }: RefusedLine, complaints: readonly Complaint[]): boolean {
  return complaints.some(({ message }) => says.test(message));
}
