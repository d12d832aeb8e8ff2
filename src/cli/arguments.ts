/*
 * The command line as words comes in; which command to run, with which settings, goes out. Nothing is run here.
 */
import yargs from "yargs";
import { version } from "../version.js";
import { bumps } from "./bump-version.js";
import { UsageError } from "./exit-status.js";
import { mockChoices, type MockChoices } from "./mock-settings.js";
import {
  descriptionOptions,
  withDiffOptions,
  withGenerateOptions,
  withInitOptions,
  withMockOptions,
  withPackageOptions,
  withSpec,
} from "./options.js";
import { withPredictOptions } from "./predict-options.js";
import { toPredictSettings, type PredictSettings } from "./predict-settings.js";
import { parseEmit, parseHeader, parseInterval, parseLabels, type Settings } from "./settings.js";
import { toOneLine } from "./terminal.js";
import { all, one, standardInput, type Words } from "./words.js";

/** What the user wants. */
export interface Request {
  readonly command: "generate" | "inspect" | "check" | "diff" | "init" | "mock" | "predict";
  readonly settings: Settings;
  /** How a mock is to be served, where one is asked for. */
  readonly mock?: MockChoices;
  /** What is to be scored, where anything is. */
  readonly predict?: PredictSettings;
}

/** The request in `words`, or undefined where help or version were wanted and are printed; throws `UsageError`. */
export async function parseArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Request | undefined> {
  let request: Request | undefined;
  const choose = (command: Request["command"]) => (parsed: Words) => {
    const settings = toSettings(parsed, environment);
    if (command === "generate" || command === "check") refuseMixture(parsed, settings);
    request = { command, settings };
  };
  const chooseMock = (parsed: Words): void => {
    // The token is what calls must carry: it is none for the description.
    const { token: _, ...others } = parsed;
    request = { command: "mock", settings: toSettings(others, environment), mock: mockChoices(parsed) };
  };
  const choosePredict = (parsed: Words): void => {
    request = {
      command: "predict",
      settings: toSettings(parsed, environment),
      predict: toPredictSettings(parsed),
    };
  };
  const parser = yargs()
    .scriptName("gen-deploy")
    .locale("en")
    .wrap(100)
    .parserConfiguration({
      "dot-notation": false,
      "parse-numbers": false,
      "greedy-arrays": false,
      "boolean-negation": false,
    })
    .command(
      "$0 [spec..]",
      "Write a typed client package for the deployment that <spec> describes, one for each of several, or all of a config",
      withGenerateOptions,
      choose("generate"),
    )
    .command(
      "inspect <spec>",
      "Show what the description says: operations, inputs, outputs",
      withSpec,
      choose("inspect"),
    )
    .command(
      "check [spec]",
      "Compare a package with its description, or all of a config; exit 1 if they differ",
      withPackageOptions,
      choose("check"),
    )
    .command(
      "diff <old> <new>",
      "Show what changed for callers between two descriptions or packages; exit 1 if anything did",
      withDiffOptions,
      choose("diff"),
    )
    .command(
      "mock <spec>",
      "Serve a deployment that answers from memory as the description says",
      withMockOptions,
      chooseMock,
    )
    .command(
      "predict <spec> [rows]",
      "Score a file, or one row, against a live deployment",
      withPredictOptions,
      choosePredict,
    )
    .command("init", "Write a config for the descriptions below this folder", withInitOptions, choose("init"))
    .strict()
    .version(version)
    .alias("help", "h")
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error === undefined || error.name === "YError"
        ? toUsageError(message ?? error?.message ?? "", words)
        : error;
    })
    .epilogue(
      "<spec> is a file, an http or https address, or - for standard input; the address of a TensorFlow Serving model stands for its metadata. Several, and patterns such as 'models/*.json', are written to a folder each below --out.",
    );
  await parser.parseAsync(words.map((word) => (word === "-" ? standardInput : word)));
  return request;
}

function toSettings(words: Words, environment: Readonly<Record<string, string | undefined>>): Settings {
  const labels = all(words, "labels").map(parseLabels);
  const twice = labels.find(([feature], index) => labels.findIndex(([other]) => other === feature) !== index);
  if (twice !== undefined) throw new UsageError(`--labels was given twice for ${JSON.stringify(twice[0])}.`);
  const specs = specsIn(words);
  return {
    spec: specs[0] ?? "",
    specs,
    out: one(words, "out"),
    name: one(words, "name"),
    packageVersion: one(words, "package-version"),
    dialect: one(words, "dialect"),
    operations: all(words, "operation"),
    runtime: one(words, "runtime") === "inline" ? "inline" : "shared",
    emit: parseEmit(one(words, "emit") ?? "ts,js"),
    headers: all(words, "header").map(parseHeader),
    token: one(words, "token") ?? (environment["GEN_DEPLOY_TOKEN"]?.trim() || undefined),
    labels: new Map(labels),
    labelsFile: one(words, "labels-file"),
    metadata: metadataIn(words),
    packageFields: undefined,
    config: one(words, "config"),
    filters: all(words, "filter"),
    allowRemoteRefs: words["allow-remote-refs"] === true,
    bump: bumps.find((bump) => bump === one(words, "bump")) ?? "auto",
    force: words["force"] === true,
    watch: words["watch"] === true,
    interval: parseInterval(one(words, "interval") ?? "10"),
    dryRun: words["dry-run"] === true,
    json: words["json"] === true,
    markdown: words["markdown"] === true,
    quiet: words["quiet"] === true,
    debug: words["debug"] === true,
  };
}

function specsIn(words: Words): readonly string[] {
  const given = ["spec", "old", "new"].flatMap((name) => all(words, name));
  const specs = given.map((spec) => (spec === standardInput ? "-" : spec));
  if (specs.includes("")) throw new UsageError("The description's name is empty.");
  // Else a misspelt command would be a missing file, and the description behind it be written.
  if (words["old"] === undefined && specs.length > 1 && /^[a-z]+$/.test(specs[0] ?? "")) {
    throw new UsageError(
      "The first word is no command.",
      "There are the commands inspect, check, diff, mock, predict and init; a description that is called by one bare word is ./word here.",
    );
  }
  return specs;
}

/** A config is for deployments that are not on the command line. */
function refuseMixture(words: Words, { specs }: Settings): void {
  if (specs.length > 0) {
    const odd = (["config", "filter"] as const).find((name) => words[name] !== undefined);
    if (odd === undefined) return;
    throw new UsageError(`--${odd} is for a config, and a description is given.`, "Leave one of them out.");
  }
  const odd = descriptionOptions.find((name) => words[name] !== undefined && words[name] !== false);
  if (odd === undefined) return;
  throw new UsageError(
    `No description is given, and --${odd} is for one.`,
    "Give its path or address; in a config, write it beside the deployment.",
  );
}

function metadataIn(words: Words): string | undefined {
  const metadata = one(words, "metadata");
  if (metadata !== "-") return metadata;
  throw new UsageError("--metadata cannot be standard input.", "Save the metadata to a file.");
}

function toUsageError(message: string, words: readonly string[]): UsageError {
  const unknown = /^Unknown arguments?: (.*)$/s.exec(message)?.[1];
  const help = "gen-deploy --help lists commands and options.";
  if (message.startsWith("Not enough non-option arguments")) {
    return words.includes("diff")
      ? new UsageError("There are not two descriptions.", "Give both: gen-deploy diff old.json new.json")
      : new UsageError("No description is given.", "Give its path or address: gen-deploy spec.json");
  }
  if (unknown === undefined) return new UsageError(`${toOneLine(message).replace(/\.$/, "")}.`, help);
  // A word that is no option may be the value of a misspelt --token: it is not repeated.
  const given = new Set(words.map((word) => /^--?([\w-]+)/.exec(word)?.[1]));
  const option = unknown.split(", ").find((name) => given.has(name));
  return option === undefined
    ? new UsageError(
        "There is more than one description.",
        "The commands inspect, check, mock and predict take one.",
      )
    : new UsageError(`The option ${option.length > 1 ? "--" : "-"}${option} is not known.`, help);
}
