/*
 * The run: rows of a file come in, their lines go out, in order, with an account now and then of how many rows are dealt
 * with for good. Where lines go and what becomes of the account is for others to know.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import type { Outcome } from "./answer-batch.js";
import { answerRows, type AnswerPlan } from "./answer-rows.js";
import { faultText } from "./fault-text.js";
import type { RejectsWriter } from "./rejects.js";
import { rowPlace } from "./row-place.js";
import type { RowSource, SourceRow } from "./row-source.js";
import type { TableWriter } from "./table-format.js";

/** How far a run is, in rows of the input. */
export interface RunCounts {
  readonly rows: number;
  readonly answered: number;
  readonly rejected: number;
}

/** Where lines go. */
export interface RunSink {
  /** Appends to the output, and to the rejected rows; what is written is not yet accounted for. */
  write(output: string, rejects: string): Promise<void>;
  /** Everything that was written so far stays, as that of so many rows. */
  commit(counts: RunCounts): Promise<void>;
}

/** What is run. */
export interface RunPlan extends AnswerPlan {
  /** How the input is called in messages. */
  readonly name: string;
  readonly source: RowSource;
  readonly table: TableWriter;
  /** What writes rows that have no answer; without it the first one ends the run. */
  readonly rejects: RejectsWriter | undefined;
  readonly sink: RunSink;
  /** What is done already: as many rows are passed over, and no head is written. */
  readonly done: RunCounts;
  /** Whose head is still to be written. */
  readonly heads: { readonly output: boolean; readonly rejects: boolean };
  readonly onProgress: (counts: RunCounts) => void;
}

/** Bytes of text, or nearly so, that are written together. */
const mostPending = 256 * 1024;

/** Milliseconds between two accounts: what is done again at most after the end of a process. */
const commitPause = 250;

/**
 * Runs until the source ends or `stop` is aborted; gives the counts. Throws where a row has no answer and nobody takes
 * it, and where the deployment or the source fails: whatever came before is accounted for then.
 */
export async function scoreRows(plan: RunPlan): Promise<RunCounts> {
  const { table, rejects, sink, done, source, heads } = plan;
  let { rows, answered, rejected } = done;
  let output = heads.output ? table.head : "";
  let refused = heads.rejects && rejects !== undefined ? rejects.head : "";
  let isBroken = false;
  let lastCommit = performance.now();
  const counts = (): RunCounts => ({ rows, answered, rejected });
  const flush = async (): Promise<void> => {
    const texts = [output, refused] as const;
    output = "";
    refused = "";
    isBroken = true;
    await sink.write(...texts);
    isBroken = false;
  };
  const commit = async (): Promise<void> => {
    await flush();
    await sink.commit(counts());
    lastCommit = performance.now();
  };
  const take = ({ row, outcome }: { readonly row: SourceRow; readonly outcome: Outcome }): void => {
    if (outcome.ok) {
      output += table.line(row, outcome.answer);
      answered += 1;
    } else if (rejects === undefined) throw badRow(rowPlace(plan.name, source.unit, row), outcome);
    else {
      refused += rejects.line(row, outcome);
      rejected += 1;
    }
    rows += 1;
  };

  try {
    for await (const batch of answerRows(source.rows({ skip: rows }), plan)) {
      for (const answeredRow of batch) take(answeredRow);
      plan.onProgress(counts());
      if (performance.now() - lastCommit > commitPause) await commit();
      else if (output.length + refused.length > mostPending) await flush();
    }
  } finally {
    // Lines that could not be written must not be accounted for.
    if (!isBroken) await commit();
  }
  return counts();
}

function badRow(place: string, outcome: Extract<Outcome, { readonly ok: false }>): GenDeployError {
  return new GenDeployError("score/bad-row", `${place}: ${faultText(outcome)}`, {
    hint: "Correct it, or give --rejects FILE to go on without such rows.",
  });
}
