/*
 * The options of the command that scores files, as a table: what may be given, and how `--help` puts it.
 */
import type { Argv } from "yargs";
import { categoryForms, inputFormats, outputFormats } from "../score/run-choices.js";
import { withSpec } from "./options.js";

const text = { type: "string", requiresArg: true } as const;
const texts = { type: "string", array: true, requiresArg: true } as const;
const flag = { type: "boolean", default: false } as const;

/** Options of the command that scores files. */
export function withPredictOptions(parser: Argv): Argv {
  return withSpec(
    parser.positional("rows", {
      type: "string",
      describe: "Rows to score: a file, - for standard input, or a pattern of images such as 'photos/*.jpg'",
    }),
  ).options({
    url: { ...text, describe: "The deployment's address; default: as the description states it" },
    header: { ...texts, describe: "Header 'K: V' for the deployment (repeatable)" },
    token: { ...text, describe: "Token for the deployment; also from GEN_DEPLOY_TOKEN" },
    operation: { ...text, describe: "What to call; default: the main operation" },
    row: { ...text, describe: "Score this one row, a JSON object, and print the answer" },
    format: { ...text, choices: inputFormats, describe: "Of the input; default: by its name or first bytes" },
    delimiter: { ...text, describe: "Between the columns of CSV; default: guessed among , ; tab |" },
    "no-header": {
      ...flag,
      describe: "The CSV has no header: its columns are the inputs in order, and called 1, 2, 3, …",
    },
    map: { ...texts, describe: "COLUMN=FEATURE: where the names differ (repeatable)" },
    output: { ...text, alias: "o", describe: "File to write; default: standard output" },
    "output-format": {
      ...text,
      choices: outputFormats,
      describe: "Default: by the name of --output; on standard output CSV",
    },
    columns: { ...text, describe: "Input columns to carry along: a,b or * for all" },
    categories: {
      ...text,
      choices: categoryForms,
      describe: "Write the top label, label and probability (default), or all labels",
    },
    files: {
      ...text,
      describe: "Folder for pictures and files of answers; default: data URLs and addresses",
    },
    rejects: { ...text, describe: "CSV for rows that have no answer; without it the first one ends the run" },
    resume: { ...flag, describe: "Go on with a run that was interrupted" },
    force: { ...flag, describe: "Overwrite the output, and forget an interrupted run" },
    concurrency: { ...text, describe: "Requests at once; default 8" },
    "batch-size": { ...text, describe: "Rows in a request; default 128 where the system takes several" },
    retry: { ...text, describe: "How often a request that may pass is tried again; default 2" },
    timeout: { ...text, describe: "Seconds for one request; default 60, 0 for none" },
    "dry-run": { ...flag, describe: "Only check all rows, and call nothing" },
  });
}
