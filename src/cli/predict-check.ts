import { answerBatch, type Outcome } from "../score/answer-batch.js";
import { answerRows } from "../score/answer-rows.js";
import { faultText } from "../score/fault-text.js";
import { rowPlace } from "../score/row-place.js";
import type { RowUnit, SourceRow } from "../score/row-source.js";
import { callPlan, checkThrough, openCheckingClient } from "../score/run-client.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import type { PredictSession } from "./predict.js";
import { openSource, sourceName, warnOfUnused } from "./predict-source.js";
import { countText, createRunProgress } from "./run-progress.js";
import { toOneLine } from "./terminal.js";

/** Faults that are shown. */
const mostShown = 20;

interface Fault {
  readonly place: string;
  readonly line: number;
  readonly feature: string | undefined;
  readonly reason: string;
}

/** Checks all rows as a run would, and calls nothing; exit status 1 where one would not be sent. */
export async function checkRows(session: PredictSession): Promise<ExitStatus> {
  const { settings, predict, called, signal, terminal } = session;
  const client = openCheckingClient(called);
  const { batchSize } = callPlan(called, client, predict);
  const source = await openSource(session);
  const progress = createRunProgress(terminal, { ...settings, source, passed: 0 });
  const send = checkThrough(client, batchSize);
  const faults: Fault[] = [];
  const placeOf = (row: SourceRow): string => checkPlace(sourceName(predict), source.unit, row);
  let [rows, refused] = [0, 0];
  const plan = { batchSize, concurrency: 1, window: 2, stop: signal, work: answerBatchOf(send) };
  for await (const batch of answerRows(source.rows({ skip: 0 }), plan)) {
    for (const { row, outcome } of batch) {
      rows += 1;
      if (outcome.ok) continue;
      refused += 1;
      if (faults.length >= mostShown) continue;
      faults.push({ place: placeOf(row), line: row.line, ...whyOf(outcome) });
    }
    progress.update({ rows, answered: rows - refused, rejected: refused });
  }
  progress.end();
  if (signal.aborted) return exitStatus.interrupted;
  if (settings.json) {
    terminal.printJson({ ok: refused === 0, rows, refused, faults });
  } else if (refused > 0) {
    terminal.complain(faultsText({ rows, refused, faults }));
  } else if (!settings.quiet)
    terminal.print(`${countText(rows)} ${rows === 1 ? "row is" : "rows are"} right.`);
  warnOfUnused(session, source);
  return refused === 0 ? exitStatus.done : exitStatus.fault;
}

function answerBatchOf(send: Parameters<typeof answerBatch>[1]) {
  return (batch: Parameters<typeof answerBatch>[0]) => answerBatch(batch, send);
}

/** As editors find it, where it has a line. */
function checkPlace(name: string, unit: RowUnit, row: SourceRow): string {
  return unit === "line" ? `${name}:${row.line}` : rowPlace(name, unit, row);
}

function whyOf({
  feature,
  reason,
}: Extract<Outcome, { readonly ok: false }>): Pick<Fault, "feature" | "reason"> {
  return { feature, reason };
}

interface Findings {
  readonly rows: number;
  readonly refused: number;
  readonly faults: readonly Fault[];
}

function faultsText({ rows, refused, faults }: Findings): string {
  const lines = faults.map((fault) => `  ${toOneLine(`${fault.place}: ${faultText(fault)}`)}`);
  const more = refused > faults.length ? [`  and ${countText(refused - faults.length)} more`] : [];
  return [
    `error: ${countText(refused)} of ${countText(rows)} rows would not be sent.`,
    ...lines,
    ...more,
  ].join("\n");
}
