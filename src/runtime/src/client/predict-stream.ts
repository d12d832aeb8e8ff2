import { DeploymentError, shown } from "../errors.js";
import { throwIfAborted } from "../http/send-limits.js";
import { onAbort } from "../http/send-signals.js";
import { loaded } from "./loaded.js";
import type { BatchPlan } from "./schedule.js";

/** What became of a batch: its rows, or those before a fault, and the fault. */
export interface BatchOutcome<Result> {
  readonly rows: readonly Result[];
  readonly failure?: { readonly error: unknown };
}

/** Works on rows that go out together; `first` is the index of the first of them in the source. */
export type StreamWork<Row, Result> = (
  rows: readonly Row[],
  first: number,
  signal: AbortSignal,
) => Promise<BatchOutcome<Result>>;

/** The limits of a stream. */
export interface StreamPlan extends BatchPlan {
  readonly window: number;
  readonly signals: readonly AbortSignal[];
}

/**
 * The results for an endless source, in its order; `bad-options` for what is no source. Nothing happens before the
 * first row is asked for. Leaving early aborts what is in flight and closes the source; a failure is thrown after
 * every row before it. A source that keeps silent holds up neither for longer than a second.
 */
export function predictInOrder<Row, Result>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  work: StreamWork<Row, Result>,
  plan: StreamPlan,
): AsyncIterableIterator<Result> {
  checkSource(rows);
  let opening: Promise<Required<AsyncIterableIterator<Result>>> | undefined;
  let stream: AsyncIterableIterator<Result> | undefined;
  let waiting = 0;

  async function open(): Promise<Required<AsyncIterableIterator<Result>>> {
    // Few clients stream, and those that do can wait for the code.
    const { inOrder } = await loaded(import("./in-order.js"));
    return (stream = inOrder(rows, work, { ...plan, throwIfAborted, onAbort }));
  }

  /** The stream as soon as it is open; whoever came first goes on first. */
  async function opened(): Promise<Required<AsyncIterableIterator<Result>>> {
    waiting++;
    try {
      return await (opening ??= open());
    } finally {
      waiting--;
    }
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      stream !== undefined && waiting === 0 ? stream.next() : opened().then((each) => each.next()),
    return: async (value?: unknown) => await (await opened()).return(value),
    throw: async (error: unknown) => await (await opened()).throw(error),
  };
}

function checkSource(rows: unknown): void {
  if (typeof rows === "object" && rows !== null && (Symbol.asyncIterator in rows || Symbol.iterator in rows))
    return;
  throw new DeploymentError(
    "bad-options",
    `The source must be an iterable or async iterable of rows; got ${shown(rows)}.`,
  );
}
