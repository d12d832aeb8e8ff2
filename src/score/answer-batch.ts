/*
 * A batch of rows comes in; what became of each goes out, in their order. One row that is at fault does not take the
 * others down: it is left out where the client says which it is, and looked for by halves where the deployment has
 * refused them all. What fails for no row's sake is thrown.
 */
import { isDeploymentError, type DeploymentError } from "@gen-deploy/runtime";
import type { SourceRow } from "./row-source.js";

/** What became of a row: its answer, or why there is none. */
export type Outcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly feature: string | undefined; readonly reason: string };

/** A row with what became of it. */
export interface AnsweredRow {
  readonly row: SourceRow;
  readonly outcome: Outcome;
}

/** Sends rows in one request; `eager` where nothing is to be tried twice. */
export type SendRows = (
  rows: readonly unknown[],
  options: { readonly eager: boolean },
) => Promise<readonly unknown[]>;

/** What became of each row of a batch; rejects where the failure is that of no row. */
export async function answerBatch(
  batch: readonly SourceRow[],
  send: SendRows,
): Promise<readonly AnsweredRow[]> {
  const outcomes = new Map<SourceRow, Outcome>();
  const sendable: SourceRow[] = [];
  for (const source of batch) {
    const { row } = source;
    if (row.ok) sendable.push(source);
    else outcomes.set(source, { ok: false, feature: row.feature, reason: row.reason });
  }
  if (sendable.length > 0) await answerAll(sendable, { send, eager: false, outcomes });
  return batch.map((row) => ({ row, outcome: outcomes.get(row) ?? noAnswer }));
}

const noAnswer: Outcome = { ok: false, feature: undefined, reason: "It was not answered." };

interface Sending {
  readonly send: SendRows;
  readonly eager: boolean;
  readonly outcomes: Map<SourceRow, Outcome>;
}

/** Fills in the outcomes of `rows`; throws, with none of them filled in, where the failure is that of no row. */
async function answerAll(given: readonly SourceRow[], sending: Sending): Promise<void> {
  const { send, outcomes } = sending;
  let { eager } = sending;
  let rows = given;
  const refused = new Map<SourceRow, Outcome>();
  while (rows.length > 0) {
    try {
      const answers = await send(rows.map(valueOf), { eager });
      for (const [index, row] of rows.entries()) outcomes.set(row, { ok: true, answer: answers[index] });
      break;
    } catch (error) {
      if (!isDeploymentError(error)) throw error;
      const [faulty] = rows.slice(error.row ?? rows.length);
      // Nothing was sent for this row's sake: the others are as good as any.
      if (error.status === undefined && faulty !== undefined && isOfRow(error)) {
        refused.set(faulty, refusal(error));
        rows = rows.filter((row) => row !== faulty);
      } else if (eager && (rows.length === 1 || !mayBeOfRow(error)) && mayPass(error)) eager = false;
      else if (!mayBeOfRow(error)) throw error;
      else {
        await halve(rows, error, sending);
        break;
      }
    }
  }
  for (const [row, outcome] of refused) outcomes.set(row, outcome);
}

async function halve(rows: readonly SourceRow[], error: DeploymentError, sending: Sending): Promise<void> {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    sending.outcomes.set(only, refusal(error));
    return;
  }
  const middle = rows.length >> 1;
  // What was refused for good a moment ago is not worth the waits between attempts, unless it would be for nothing.
  for (const half of [rows.slice(0, middle), rows.slice(middle)])
    await answerAll(half, { ...sending, eager: true });
  if (isServerFault(error) && rows.every((row) => sending.outcomes.get(row)?.ok === false)) throw error;
}

function valueOf({ row }: SourceRow): unknown {
  return row.ok ? row.value : undefined;
}

function refusal({ feature, message }: DeploymentError): Outcome {
  return { ok: false, feature, reason: message };
}

/** Whether a failure may be a passing one: no row is refused, and no run ended, for want of patience. */
function mayPass(error: DeploymentError): boolean {
  const { code, status } = error;
  const passes = ["unavailable", "rate-limited", "connection", "timeout"].includes(code);
  return passes || status === 408 || isServerFault(error);
}

/** By the status too: where a reply has an error code of its own, the code of the error is that of such replies. */
function isServerFault({ code, status = 0 }: DeploymentError): boolean {
  return code === "server-error" || status >= 500;
}

/** Whether the client has refused a row, and did not only fail while it was sent. */
function isOfRow({ code }: DeploymentError): boolean {
  return code !== "aborted" && code !== "timeout" && code !== "connection" && code !== "bad-options";
}

/**
 * Whether a batch may have failed because of one of its rows. A deployment that answers 500 may have stumbled over a
 * row; it is not believed where it stumbles over all rows of a batch.
 */
function mayBeOfRow(error: DeploymentError): boolean {
  const { code, status } = error;
  if (isServerFault(error)) return status === 500;
  return code === "rejected" || code === "too-large" || code === "deployment-error" || code === "bad-reply";
}
