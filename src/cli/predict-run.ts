import { inputIdentity } from "../disk/input-identity.js";
import { systemCode } from "../disk/read-spec.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { answerBatch, type AnsweredRow } from "../score/answer-batch.js";
import { outputColumns } from "../score/output-columns.js";
import { createRejectsWriter } from "../score/rejects.js";
import type { OpenedRows } from "../score/opened-rows.js";
import type { RowSource, SourceRow } from "../score/row-source.js";
import { runFingerprint, type RunKey } from "../score/run-journal.js";
import { callPlan, deploymentFault, openRunClient, sendThrough } from "../score/run-client.js";
import { saveFiles, type WriteFile } from "../score/save-files.js";
import { scoreRows, type RunCounts, type RunPlan, type RunSink } from "../score/score-rows.js";
import { tableColumns, type TableColumn } from "../score/table-columns.js";
import { createTableWriter } from "../score/table-format.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import type { PredictSession } from "./predict.js";
import { openRejectsAlone, openRunFiles, type RunFiles } from "./predict-files.js";
import { answerFolder } from "./predict-places.js";
import { openSource, sourceName, warnOfUnused } from "./predict-source.js";
import { countText, createRunProgress, durationText } from "./run-progress.js";

/** How long an interrupted run waits for what is in flight, in milliseconds. */
const grace = 10_000;

/** Scores all rows of a file. */
export async function runPredictions(session: PredictSession): Promise<ExitStatus> {
  const { predict, signal } = session;
  const location = predict.rows ?? "-";
  if (predict.resume && location === "-") {
    throw new UsageError("Standard input cannot be resumed.", "Save the rows to a file.");
  }
  return await session.guarded(async () => {
    const input = await inputIdentity(location, signal);
    const source = await openSource(session);
    const columns = columnsOf(session, source);
    // Where each row has columns of its own they are known in the end.
    if (source.columnNames !== null) warnOfUnused(session, source);
    const files = await openFiles(session, columns, input);
    return files === null ? nothingToResume(session) : await carryOut(session, { source, columns, files });
  });
}

interface Run {
  readonly source: OpenedRows;
  readonly columns: readonly TableColumn[];
  /** Left out where rows go to standard output. */
  readonly files: RunFiles | undefined;
}

function columnsOf(
  { called, predict }: PredictSession,
  { columnNames, columnTypes }: RowSource,
): readonly TableColumn[] {
  const { categories, columns: wanted, outputFormat } = predict;
  const flat = outputFormat !== "jsonl";
  return tableColumns(
    { wanted, known: columnNames, types: columnTypes, flat },
    outputColumns(called, { categories, flat }),
  );
}

async function carryOut(session: PredictSession, run: Run): Promise<ExitStatus> {
  const { settings, signal, terminal } = session;
  const { source, files } = run;
  const passed = files?.done.rows ?? 0;
  const start = performance.now();
  const progress = createRunProgress(terminal, { ...settings, source, passed });
  try {
    const counts = await scoreRows(planOf(session, run, progress.update));
    progress.end();
    if (signal.aborted) return interrupted(session, counts);
    await files?.finish();
    if (source.columnNames === null) warnOfUnused(session, source);
    return report(session, { counts, passed, seconds: (performance.now() - start) / 1000 });
  } catch (error) {
    progress.end();
    if (signal.aborted) return interrupted(session, undefined);
    // Whoever reads on standard output has seen enough.
    if (systemCode(error) === "EPIPE") return exitStatus.done;
    throw resumableFault(error, session);
  } finally {
    await files?.close();
  }
}

function planOf(session: PredictSession, run: Run, onProgress: RunPlan["onProgress"]): RunPlan {
  const { settings, predict, called, signal } = session;
  const { source, columns, files } = run;
  const client = openRunClient(called, {
    ...predict,
    token: settings.token,
    headers: settings.headers,
    signal: withGrace(session),
  });
  const { batchSize, concurrency } = callPlan(called, client, predict);
  const send = sendThrough(client, batchSize);
  const save = predict.files === undefined ? undefined : answerFolder(predict.files);
  const work = async (batch: readonly SourceRow[]): Promise<readonly AnsweredRow[]> => {
    const answered = await answerBatch(batch, send);
    if (save === undefined) return answered;
    return await Promise.all(answered.map((one) => withFiles(one, save)));
  };
  return {
    name: sourceName(predict),
    source,
    batchSize,
    concurrency,
    window: 4 * concurrency,
    stop: signal,
    work,
    table: createTableWriter(columns, predict.outputFormat),
    rejects: predict.rejects === undefined ? undefined : createRejectsWriter(source.columnNames),
    sink: files === undefined || predict.output === undefined ? printing(session, files) : files.sink,
    done: files?.done ?? { rows: 0, answered: 0, rejected: 0 },
    heads: files?.heads ?? { output: true, rejects: false },
    onProgress,
  };
}

async function withFiles(answered: AnsweredRow, save: WriteFile): Promise<AnsweredRow> {
  const { row, outcome } = answered;
  if (!outcome.ok) return answered;
  return { row, outcome: { ok: true, answer: await saveFiles(outcome.answer, row.index + 1, save) } };
}

/** Aborted some time after the user has interrupted, or when that happens again: so long may end what is in flight. */
function withGrace({ signal, impatience, terminal, settings }: PredictSession): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  impatience.addEventListener("abort", abort, { once: true });
  const wait = (): void => {
    setTimeout(abort, grace).unref();
    if (!settings.quiet)
      terminal.complain("Ending behind the requests in flight; Ctrl-C again breaks them off.");
  };
  signal.addEventListener("abort", wait, { once: true });
  return controller.signal;
}

/** Rows go to standard output as they are, and to a screen as lines of which nothing can do anything. */
function printing({ results, terminal }: PredictSession, files: RunFiles | undefined): RunSink {
  return {
    write: async (output, refused) => {
      if (output !== "" && results.screen) terminal.print(output.replace(/\n$/, ""));
      else if (output !== "") await results.write(output);
      await files?.sink.write("", refused);
    },
    commit: async () => undefined,
  };
}

async function openFiles(
  { settings, predict, model, called }: PredictSession,
  columns: readonly TableColumn[],
  input: readonly unknown[] | null,
): Promise<RunFiles | null | undefined> {
  const { output, rejects, resume, outputFormat, rows } = predict;
  if (output === undefined)
    return rejects === undefined ? undefined : await openRejectsAlone(rejects, settings.force);
  const { map, columns: carried, categories, files, delimiter, header, format } = predict;
  const told = [map, carried, categories, files, delimiter, header, format, outputFormat, called.name];
  const key: RunKey = {
    input: runFingerprint(input),
    model: runFingerprint(model),
    options: runFingerprint(told),
  };
  const parquet = outputFormat === "parquet" ? columns : undefined;
  return await openRunFiles({ output, rejects, parquet, key, resume, force: settings.force, input: rows });
}

function nothingToResume({ predict, settings, terminal }: PredictSession): ExitStatus {
  const { output = "" } = predict;
  if (settings.json) terminal.printJson({ ok: true, output, resumed: false });
  else if (!settings.quiet) terminal.print(`No run of ${output} is unfinished: there is nothing to resume.`);
  return exitStatus.done;
}

function interrupted(
  { predict, settings, terminal }: PredictSession,
  counts: RunCounts | undefined,
): ExitStatus {
  const { output, rows } = predict;
  const done = counts === undefined ? "" : ` after ${countText(counts.rows)} rows`;
  const help = output === undefined || rows === "-" ? "" : "\n  help: --resume goes on with it.";
  if (!settings.quiet) terminal.complain(`The run was interrupted${done}.${help}`);
  return exitStatus.interrupted;
}

/** What ends a run, with what to do about it; whatever was answered before it stays. */
function resumableFault(error: unknown, { predict }: PredictSession): unknown {
  const { output, rows } = predict;
  const isKept = output !== undefined && rows !== "-";
  const fault = deploymentFault(error);
  if (!isKept || !(fault instanceof GenDeployError)) return fault;
  const { code, message, hint = "", cause } = fault;
  const resume = code.startsWith("deployment/")
    ? `${hint} What was answered is kept: --resume goes on.`
    : hint;
  return new GenDeployError(code, message, { ...(resume === "" ? {} : { hint: resume.trim() }), cause });
}

interface Ended {
  readonly counts: RunCounts;
  readonly passed: number;
  readonly seconds: number;
}

/** Tells of a run that has ended; one that gave no answer to any row has failed. */
function report(
  { predict, settings, terminal }: PredictSession,
  { counts, passed, seconds }: Ended,
): ExitStatus {
  const { output, rejects } = predict;
  const status = counts.answered === 0 && counts.rejected > 0 ? exitStatus.fault : exitStatus.done;
  if (settings.json) {
    const place = { output, ...(rejects === undefined ? {} : { rejects }) };
    terminal.printJson({ ok: status === exitStatus.done, ...place, ...counts, resumedAt: passed, seconds });
    return status;
  }
  const refused =
    counts.rejected === 0
      ? ""
      : ` ${countText(counts.rejected)} had no answer: see ${rejects ?? "the rejects"}.`;
  const rate = countText(Math.round((counts.rows - passed) / Math.max(seconds, 0.001)));
  const text = `Scored ${countText(counts.answered)} ${counts.answered === 1 ? "row" : "rows"}${
    output === undefined ? "" : ` to ${output}`
  } in ${durationText(seconds)} (${rate} rows/s).${refused}`;
  if (!settings.quiet && output !== undefined) terminal.print(text);
  else if (!settings.quiet && (refused !== "" || terminal.interactive)) terminal.complain(text);
  return status;
}
