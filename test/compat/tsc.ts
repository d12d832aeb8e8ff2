import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The compilers that users have: the version, and the package under which it is installed here. */
export const compilers = [
  { version: "5.4", package: "typescript-5.4" },
  { version: "5.9", package: "typescript" },
  { version: "6", package: "typescript-6" },
  { version: "7", package: "typescript-7" },
] as const;

/** One complaint of a compiler. */
export interface Complaint {
  /** Relative to the project's folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * What the compiler says of the project in `folder`, which has a tsconfig.json. Rejects where it says anything that is
 * no complaint about a line, or fails without a word.
 */
export async function complaintsOf(
  compiler: string,
  folder: string,
  project = ".",
): Promise<readonly Complaint[]> {
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  const { status, stdout } = await run(tsc, ["--noEmit", "--pretty", "false", "-p", project], folder);
  const complaints: Complaint[] = [];
  for (const line of stdout.split("\n").filter((text) => text.trim() !== "")) {
    const [, file, at, message] = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/.exec(line) ?? [];
    const last = complaints.at(-1);
    if (file !== undefined && at !== undefined && message !== undefined) {
      complaints.push({ file, line: Number(at), message });
    } else if (last !== undefined && /^\s/.test(line)) {
      complaints[complaints.length - 1] = { ...last, message: `${last.message}\n${line}` };
    } else {
      throw new Error(`${compiler} says of no line in particular: ${line}`);
    }
  }
  if (status !== 0 && complaints.length === 0)
    throw new Error(`${compiler} ended with ${status} and no complaint.`);
  return complaints;
}

function run(
  script: string,
  given: readonly string[],
  cwd: string,
): Promise<{ status: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...given], { cwd, maxBuffer: 2 ** 26 }, (error, stdout) => {
      resolve({ status: typeof error?.code === "number" ? error.code : error === null ? 0 : 70, stdout });
    });
  });
}
