import { extname } from "node:path";
import {
  categoryForms,
  inputFormats,
  outputFormats,
  type CategoryForm,
  type InputFormat,
  type OutputFormat,
} from "../score/run-choices.js";
import { UsageError } from "./exit-status.js";
import { all, one, type Words } from "./words.js";

/** What the command that scores files is told besides. */
export interface PredictSettings {
  /** Where the rows are, or undefined where there is one on the command line. */
  readonly rows: string | undefined;
  readonly row: string | undefined;
  readonly url: string | undefined;
  readonly operation: string | undefined;
  readonly format: InputFormat | undefined;
  readonly delimiter: string | undefined;
  readonly header: boolean;
  /** `COLUMN=FEATURE`, as they were given. */
  readonly map: readonly string[];
  readonly output: string | undefined;
  readonly outputFormat: OutputFormat;
  readonly columns: readonly string[];
  readonly categories: CategoryForm;
  readonly files: string | undefined;
  readonly rejects: string | undefined;
  readonly resume: boolean;
  readonly concurrency: number | undefined;
  readonly batchSize: number | undefined;
  readonly retry: number | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
}

/** The settings in the words of a command line; throws `UsageError` where they do not fit together. */
export function toPredictSettings(words: Words): PredictSettings {
  const settings: PredictSettings = {
    rows: one(words, "rows"),
    row: one(words, "row"),
    url: one(words, "url"),
    operation: toOperation(all(words, "operation")),
    format: inputFormats.find((format) => format === one(words, "format")),
    delimiter: toDelimiter(one(words, "delimiter")),
    header: words["no-header"] !== true,
    map: all(words, "map"),
    output: one(words, "output"),
    outputFormat: toOutputFormat(one(words, "output-format"), one(words, "output")),
    columns: (one(words, "columns") ?? "").split(",").filter((name) => name !== ""),
    categories: categoryForms.find((form) => form === one(words, "categories")) ?? "probability",
    files: one(words, "files"),
    rejects: one(words, "rejects"),
    resume: words["resume"] === true,
    concurrency: toCount("concurrency", one(words, "concurrency"), 1),
    batchSize: toCount("batch-size", one(words, "batch-size"), 1),
    retry: toCount("retry", one(words, "retry"), 0),
    timeout: toMilliseconds(one(words, "timeout")),
  };
  refuseMixture(settings, words);
  return settings;
}

function refuseMixture(settings: PredictSettings, words: Words): void {
  const { rows, row, output, outputFormat, resume, rejects } = settings;
  if ((rows === undefined) === (row === undefined)) {
    throw rows === undefined
      ? new UsageError(
          "There are no rows.",
          "Give a file: gen-deploy predict spec.json rows.csv; or one --row.",
        )
      : new UsageError("A file of rows and --row exclude each other.", "Leave one of them out.");
  }
  if (row !== undefined) {
    const { columns, map, format, delimiter, batchSize } = settings;
    const forFiles = { output, rejects, format, delimiter, "batch-size": batchSize };
    const given = Object.entries(forFiles).find(([, value]) => value !== undefined)?.[0];
    const odd = given ?? (columns.length > 0 ? "columns" : map.length > 0 ? "map" : undefined);
    if (odd !== undefined)
      throw new UsageError(`--${odd} is for files, and --row is one row.`, "Leave it out.");
    return;
  }
  if (output !== undefined) return;
  if (resume) throw new UsageError("--resume is for an output that is a file.", "Name it with --output.");
  if (outputFormat === "parquet")
    throw new UsageError("Parquet is not written to standard output.", "Name a file with --output.");
  if (words["json"] === true && words["dry-run"] !== true)
    throw new UsageError("--json prints a report where the rows are printed.", "Name a file with --output.");
  if (rejects === "-")
    throw new UsageError("Rejected rows are not written to standard output.", "Name a file with --rejects.");
}

function toOperation(names: readonly string[]): string | undefined {
  if (names.length > 1) throw new UsageError("--operation was given more than once.");
  return names[0];
}

function toOutputFormat(stated: string | undefined, output: string | undefined): OutputFormat {
  const known = outputFormats.find((format) => format === stated);
  if (known !== undefined) return known;
  if (output === undefined) return "csv";
  const end = extname(output).slice(1).toLowerCase();
  const named = end === "ndjson" ? "jsonl" : outputFormats.find((format) => format === end);
  if (named !== undefined) return named;
  throw new UsageError(
    `--output ${JSON.stringify(output.slice(0, 100))} has no end that tells its format.`,
    `Call it .csv, .tsv, .jsonl or .parquet, or give --output-format.`,
  );
}

function toDelimiter(text: string | undefined): string | undefined {
  const delimiter = text === "\\t" || text === "tab" ? "\t" : text;
  if (delimiter === undefined || (delimiter.length === 1 && !/["\r\n]/.test(delimiter))) return delimiter;
  throw new UsageError("--delimiter is not one character.", "For example: --delimiter ';', or tab.");
}

function toCount(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (count >= least) return count;
  throw new UsageError(`--${name} ${JSON.stringify(text.slice(0, 40))} is no whole number from ${least} on.`);
}

function toMilliseconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(text)) return Number(text) * 1000;
  throw new UsageError(`--timeout ${JSON.stringify(text.slice(0, 40))} is no number of seconds.`);
}
