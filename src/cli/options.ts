/*
 * The options of each command, as tables: what may be given, and how `--help` puts it.
 */
import type { Argv } from "yargs";
import { bumps } from "./bump-version.js";

const text = { type: "string", requiresArg: true } as const;
const texts = { type: "string", array: true, requiresArg: true } as const;
const flag = { type: "boolean", default: false } as const;

const report = {
  json: { ...flag, describe: "Print a machine-readable report" },
  quiet: { ...flag, alias: "q", describe: "Print nothing but errors" },
  debug: { ...flag, describe: "Print stack traces" },
} as const;

/** Options of a command that reads one description. */
export function withSpec(parser: Argv): Argv {
  return withSpecOptions(
    parser.positional("spec", { type: "string", demandOption: true, describe: "The description" }),
  );
}

function withSpecOptions(parser: Argv): Argv {
  return parser.options({
    dialect: { ...text, describe: "Overrule the recognition of the system" },
    operation: { ...texts, describe: "Keep only this operation (repeatable)" },
    header: {
      ...texts,
      alias: "H",
      describe: "Header 'K: V' for a description behind a login (repeatable)",
    },
    token: { ...text, describe: "Token for a description behind a login; also from GEN_DEPLOY_TOKEN" },
    labels: {
      ...texts,
      describe: "FEATURE=a,b,c: labels that the description does not state (repeatable)",
    },
    "labels-file": { ...text, describe: "JSON or YAML file { feature: [label, …] }" },
    metadata: {
      ...text,
      describe: "File or address of a TensorFlow Serving model's metadata, where <spec> lacks dtypes",
    },
    "allow-remote-refs": { ...flag, describe: "Follow references to the network" },
    ...report,
  });
}

/** Options of a command that is about a package, or about those of a config. */
export function withPackageOptions(parser: Argv): Argv {
  const positional = { type: "string", describe: "The description; without one, the config's" } as const;
  return withSpecOptions(parser.positional("spec", positional)).options({
    out: {
      ...text,
      alias: "o",
      describe: "Folder; default: the package's name; of several, the folder above theirs",
    },
    name: { ...text, alias: "n", describe: "npm name; default: from the description's title" },
    "package-version": { ...text, describe: "Default: kept, or 0.1.0 for a new package" },
    runtime: {
      ...text,
      choices: ["shared", "inline"],
      describe: "Depend on the runtime (default shared), or carry a copy",
    },
    emit: { ...text, describe: "Sources (ts), built files (js), or both (default ts,js)" },
    config: { ...text, describe: "Config to run; default: gen-deploy.config.* in this folder" },
    filter: {
      ...texts,
      describe: "Of a config, only what has this name, description or folder (repeatable)",
    },
  });
}

/** Options of the command that writes packages. */
export function withGenerateOptions(parser: Argv): Argv {
  return withPackageOptions(parser).options({
    force: { ...flag, describe: "Overwrite what gen-deploy did not write" },
    "dry-run": { ...flag, describe: "Only print what would be written" },
    watch: {
      ...flag,
      alias: "w",
      describe: "Go on, and write again whenever a description or the config changes",
    },
    interval: { ...text, describe: "With --watch, seconds between two looks at addresses (default 10)" },
    bump: {
      ...text,
      choices: bumps,
      describe: "Step of the version where callers notice a change (default auto: as the change asks for)",
    },
  });
}

/** Options of the command that compares two descriptions. */
export function withDiffOptions(parser: Argv): Argv {
  const side = { type: "string", demandOption: true } as const;
  return withSpecOptions(
    parser
      .positional("old", { ...side, describe: "The earlier description, or a generated package's folder" })
      .positional("new", { ...side, describe: "The later one" }),
  ).options({ markdown: { ...flag, describe: "Print a table for a pull request" } });
}

/** Options of the command that writes a config. */
export function withInitOptions(parser: Argv): Argv {
  return parser.options(report);
}

/** Options of the command that serves a mock. */
export function withMockOptions(parser: Argv): Argv {
  return withSpec(parser).options({
    port: { ...text, alias: "p", describe: "Default: 8080, or the next that is free; 0 for any" },
    host: { ...text, describe: "Address to listen at (default 127.0.0.1)" },
    seed: { ...text, describe: "Answers follow from it and from the row (default 0)" },
    token: { ...text, describe: "The one credential that calls must carry" },
    latency: { ...text, describe: "How long each reply takes: 20ms, or 20ms-200ms" },
    fail: {
      ...texts,
      describe: "STATUS:SHARE[:RETRY-AFTER] or unreachable:SHARE, such as 503:0.1 (repeatable)",
    },
    "cold-start": { ...text, describe: "How long it is still starting, such as 5s" },
    record: { ...text, describe: "Append each call and its reply to this file (JSON Lines)" },
    replay: {
      ...text,
      describe: "Answer from such a file; 404 for the rest, or with --record from the mock",
    },
  });
}

/** Options that are about one description on the command line: a config says the same beside each deployment. */
export const descriptionOptions: readonly string[] = [
  ...["out", "name", "package-version", "dialect", "operation", "runtime", "emit", "header", "token"],
  ...["labels", "labels-file", "metadata", "allow-remote-refs"],
];
