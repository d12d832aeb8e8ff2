import { platformCommand } from "../platforms/tools.js";

/** The tarballs of what is tried, which is not published yet. */
export interface Tarballs {
  readonly generator: string;
  readonly runtime: string;
}

/** A package manager: its commands in the example, and what it asks of the workspace's own files. */
export interface Manager {
  readonly name: string;
  /** Whether it comes with Node.js. */
  readonly comesWithNode: boolean;
  readonly install: readonly string[];
  /** Runs a script of the root, and one of the app. */
  readonly root: readonly string[];
  readonly app: readonly string[];
  /** Runs a file by Node.js where packages resolve as this manager has it. */
  readonly node: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Fields of the root's \`package.json\` and further files, by which every use of the runtime is the tarball. */
  readonly fields: (tarballs: Tarballs) => Readonly<Record<string, unknown>>;
  readonly files: (tarballs: Tarballs) => Readonly<Record<string, string>>;
}

const pnpm = platformCommand("pnpm");
const yarn = platformCommand("yarn");
const runtime = "@gen-deploy/runtime";

function yarnWith(linker: "node-modules" | "pnp"): Manager {
  return {
    name: `yarn with the linker ${linker}`,
    comesWithNode: false,
    install: [yarn, "install"],
    root: [yarn, "run"],
    app: [yarn, "workspace", "advisor", "run"],
    node: [yarn, "node"],
    // A new lock is what is asked for, in continuous integration too.
    env: { YARN_ENABLE_IMMUTABLE_INSTALLS: "false", YARN_ENABLE_TELEMETRY: "false" },
    fields: (tarballs) => ({
      packageManager: "yarn@4.18.1",
      resolutions: { [runtime]: `file:${tarballs.runtime}` },
    }),
    files: () => ({ ".yarnrc.yml": `nodeLinker: ${linker}\n`, "yarn.lock": "" }),
  };
}

/** The package managers that the example is tried with. */
export const managers: readonly Manager[] = [
  {
    name: "npm",
    comesWithNode: true,
    install: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"],
    root: ["npm", "run", "--silent"],
    app: ["npm", "run", "--silent", "--workspace", "advisor"],
    node: [process.execPath],
    env: {},
    fields: (tarballs) => ({ overrides: { [runtime]: `file:${tarballs.runtime}` } }),
    files: () => ({}),
  },
  {
    name: "pnpm",
    comesWithNode: false,
    install: [pnpm, "install", "--prefer-offline"],
    root: [pnpm, "--silent", "run"],
    app: [pnpm, "--silent", "--filter", "advisor", "run"],
    node: [process.execPath],
    env: {},
    fields: () => ({ packageManager: "pnpm@10.34.9" }),
    files: (tarballs) => ({
      "pnpm-workspace.yaml": `overrides:\n  "${runtime}": "file:${tarballs.runtime}"\n`,
    }),
  },
  yarnWith("node-modules"),
  yarnWith("pnp"),
];
