import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";

const bin = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What a run of the command left behind. */
export interface CliResult {
  readonly status: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the command is run. */
export interface CliOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** As which user, where the test has the right to choose. */
  readonly uid?: number;
}

/** A folder to run the built command in. */
export interface CliScratch {
  readonly folder: string;
  readonly put: (path: string, text: string | Uint8Array) => void;
  readonly run: (words: readonly string[], options?: CliOptions) => Promise<CliResult>;
}

/** Makes a folder before each test, and removes it afterwards. */
export function useCli(): CliScratch {
  let folder = "";
  beforeEach(() => {
    if (!existsSync(bin)) throw new Error("dist/cli/main.js is missing: run npm run build first");
    folder = mkdtempSync(join(tmpdir(), "gen-deploy-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    put: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    run: (words, options = {}) => runCli(folder, words, options),
  };
}

function runCli(
  folder: string,
  words: readonly string[],
  { stdin, environment = {}, uid }: CliOptions,
): Promise<CliResult> {
  const { GEN_DEPLOY_TOKEN: _, ...inherited } = process.env;
  const user = uid === undefined ? {} : { uid, gid: uid };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...words],
      { cwd: folder, env: { ...inherited, ...environment }, maxBuffer: 64 * 1024 * 1024, ...user },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : error.code, stdout, stderr }),
    );
    // The command may have said no before it has read everything.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin ?? "");
  });
}

/** The description of a deployment with two inputs and one output. */
export const animal = JSON.stringify(
  {
    openapi: "3.0.1",
    info: { title: "Animal weight", version: "1" },
    servers: [{ url: "https://deploy.example.com" }],
    paths: { "/deployment/1/forward": { "x-peltarion-tensorjson": true, post: {} } },
    components: {
      schemas: {
        "input-row": {
          properties: {
            Type: { "x-peltarion": { type: "categorical", shape: [2] } },
            Size: { "x-peltarion": { type: "numeric", shape: [1] } },
          },
        },
        "output-row-batch": {
          properties: {
            rows: { properties: { Weight: { "x-peltarion": { type: "numeric", shape: [1] } } } },
          },
        },
      },
    },
  },
  null,
  2,
);
