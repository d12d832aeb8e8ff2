/*
 * The files that a run leaves. Beside an output that is not whole stands a journal, `<output>.gen-deploy-run`, which
 * tells how many bytes are right. It is written only when those bytes are on the disk itself (fdatasync), and replaced
 * in one step, so that after the end of the process, or of the machine, it never tells of more than there is: whatever
 * stands behind is cut off and done again. Rows for a Parquet file, which has its footer at the end, wait in
 * `<output>.gen-deploy-rows`.
 */
import {
  isSameFile,
  linesOf,
  openScoredFile,
  removeFile,
  replaceFile,
  standingAt,
  textAt,
  type ScoredFile,
} from "../disk/scored-file.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { ParquetColumn } from "../score/encode-parquet.js";
import {
  keyDifference,
  parseJournal,
  printJournal,
  type RunJournal,
  type RunKey,
  type RunState,
} from "../score/run-journal.js";
import type { RunPlan, RunSink } from "../score/score-rows.js";

/** Where a run writes, and what it may replace. */
export interface RunPlace {
  readonly output: string;
  readonly rejects: string | undefined;
  /** The columns of a Parquet file, or undefined where the output is text. */
  readonly parquet: readonly ParquetColumn[] | undefined;
  readonly key: RunKey;
  readonly resume: boolean;
  readonly force: boolean;
  /** What must not be written over. */
  readonly input: string | undefined;
}

/** The files of a run that goes on. */
export interface RunFiles extends Pick<RunPlan, "done" | "heads" | "sink"> {
  /** Makes the output whole: nothing but it stands then. */
  readonly finish: () => Promise<void>;
  /** Leaves everything as it is, to be resumed. */
  readonly close: () => Promise<void>;
}

/** Opens the files of a run, new or resumed; null where there is nothing to resume. Throws where work would be lost. */
export async function openRunFiles(place: RunPlace): Promise<RunFiles | null> {
  await refuseOverwriting(place);
  const journalPath = journalOf(place.output);
  const linesPath = place.parquet === undefined ? place.output : `${place.output}.gen-deploy-rows`;
  const text = await textAt(journalPath);
  const standing = await standingAt(place.output);
  const resumed = place.resume && text !== undefined ? resumable(text, place) : undefined;
  if (place.resume && text === undefined && standing === "file") return null;
  if (resumed === undefined && !place.force) await refuseStanding(place, text !== undefined);
  const state = await beginState(place, resumed);
  // The journal is there before the files are: what stands without one is whole.
  const writeState = async (next: RunState): Promise<void> => {
    await replaceFile(journalPath, [Buffer.from(printJournal({ key: place.key, state: next }))]);
  };
  await writeState(state);
  const lines = await openScoredFile(linesPath, state.bytes);
  const rejects =
    state.rejects === null ? undefined : await openScoredFile(state.rejects.path, state.rejects.bytes);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await lines.close();
    await rejects?.close();
  };
  return {
    done: { rows: state.rows, answered: state.answered, rejected: state.rejected },
    heads: { output: state.bytes === 0, rejects: state.rejects?.bytes === 0 },
    sink: sinkOf(lines, rejects, async (counts) => {
      const bytes = lines.length();
      const refused =
        state.rejects === null ? null : { path: state.rejects.path, bytes: rejects?.length() ?? 0 };
      await writeState({ ...counts, bytes, rejects: refused });
    }),
    close,
    finish: async () => {
      await close();
      if (place.parquet !== undefined) {
        const { encodeParquet } = await import("../score/encode-parquet.js");
        await replaceFile(place.output, encodeParquet(place.parquet, linesOf(linesPath)));
      }
      await removeFile(journalPath);
      if (place.parquet !== undefined) await removeFile(linesPath);
    },
  };
}

/** A file for rejected rows beside rows on standard output, which nothing can be resumed of. */
export async function openRejectsAlone(path: string, force: boolean): Promise<RunFiles> {
  if (!force) await refuseIfStanding(path);
  const rejects = await openScoredFile(path, 0);
  return {
    done: { rows: 0, answered: 0, rejected: 0 },
    heads: { output: true, rejects: true },
    sink: { write: async (_, refused) => await rejects.append(refused), commit: async () => undefined },
    finish: async () => undefined,
    close: async () => await rejects.close(),
  };
}

function journalOf(output: string): string {
  return `${output}.gen-deploy-run`;
}

function sinkOf(lines: ScoredFile, rejects: ScoredFile | undefined, account: RunSink["commit"]): RunSink {
  return {
    write: async (output, refused) => {
      await lines.append(output);
      await rejects?.append(refused);
    },
    commit: async (counts) => {
      await Promise.all([lines.sync(), rejects?.sync()]);
      await account(counts);
    },
  };
}

function resumable(text: string, { key, rejects, output }: RunPlace): RunJournal {
  const journal = parseJournal(text);
  if (journal === undefined) {
    throw new GenDeployError("score/bad-journal", `${journalOf(output)} is no journal of this gen-deploy.`, {
      hint: "--force begins the run anew.",
    });
  }
  const difference = keyDifference(journal.key, key);
  if (difference !== undefined) {
    throw new GenDeployError("score/other-run", `The run that is to be resumed had ${difference}.`, {
      hint: "Give what it was begun with; --force begins anew.",
    });
  }
  const before = journal.state.rejects?.path;
  if (before === undefined || before === rejects) return journal;
  throw new GenDeployError(
    "score/other-rejects",
    `The run that is to be resumed has its rejected rows in ${before}.`,
    {
      hint: `Give --rejects ${before} again.`,
    },
  );
}

/** The state to go on from; rejected rows may get a file later on. */
async function beginState(place: RunPlace, resumed: RunJournal | undefined): Promise<RunState> {
  const { rejects } = place;
  const fresh = rejects === undefined ? null : { path: rejects, bytes: 0 };
  if (resumed === undefined) return { rows: 0, answered: 0, rejected: 0, bytes: 0, rejects: fresh };
  if (resumed.state.rejects === null && fresh !== null && !place.force) await refuseIfStanding(fresh.path);
  return { ...resumed.state, rejects: resumed.state.rejects ?? fresh };
}

async function refuseStanding({ output, rejects }: RunPlace, isBegun: boolean): Promise<void> {
  if (isBegun) {
    throw new GenDeployError("score/unfinished", `${output} is the output of a run that has not ended.`, {
      hint: "--resume goes on with it; --force begins anew.",
    });
  }
  await refuseIfStanding(output);
  if (rejects !== undefined) await refuseIfStanding(rejects);
}

async function refuseIfStanding(path: string): Promise<void> {
  if ((await standingAt(path)) === "nothing") return;
  throw new GenDeployError("score/exists", `${path} exists, and is not overwritten.`, {
    hint: "Move it away, name another file, or give --force.",
  });
}

/** The files of a run must be different ones, whatever is forced. */
async function refuseOverwriting({ output, rejects, input }: RunPlace): Promise<void> {
  const pairs = [
    [output, input],
    [rejects, input],
    [rejects, output],
  ] as const;
  for (const [one, other] of pairs) {
    if (one === undefined || other === undefined) continue;
    if (one !== other && !(await isSameFile(one, other))) continue;
    throw new GenDeployError("score/same-file", `${one} would be written over while it is in use.`, {
      hint: "Name another file.",
    });
  }
  if ((await standingAt(output)) === "other")
    throw new GenDeployError("score/no-file", `${output} is no file.`, {
      hint: "Name a file, or leave --output out.",
    });
}
