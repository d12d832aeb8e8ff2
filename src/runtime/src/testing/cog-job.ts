/*
 * A prediction: it runs once it is made, can be cancelled, and tells what has come of it.
 */
import { isDeploymentError } from "../errors.js";
import type { DeploymentError } from "../errors.js";

/** What a model gives: its output, and where that comes item by item, the items. */
export interface ModelResult {
  readonly output: unknown;
  readonly items: readonly unknown[];
}

/** How a prediction stands. */
export interface JobState {
  readonly status: "starting" | "processing" | "succeeded" | "failed" | "canceled";
  readonly output: unknown;
  readonly items: readonly unknown[];
  readonly error: string | null;
}

/** A prediction that was made. */
export interface Job {
  readonly id: string;
  /** Settles when the prediction has come to its end; never rejects. */
  readonly done: Promise<void>;
  /** How it stands; throws the error of whoever wrote the test, where that has made an answer that cannot be. */
  state(): JobState;
  /** Whether there was something to cancel. */
  cancel(): boolean;
}

const nothing = { output: null, items: [], error: null } as const;

/** Makes a prediction: `run` gives its result, and what it throws is the model's own error. */
export function startJob(id: string, run: () => Promise<ModelResult>): Job {
  let state: JobState = { ...nothing, status: "processing" };
  let fault: DeploymentError | undefined;
  let stop: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => (stop = resolve));

  function end(next: JobState): void {
    if (state.status === "processing") state = next;
  }

  async function work(): Promise<void> {
    try {
      end({ ...nothing, ...(await run()), status: "succeeded" });
    } catch (error) {
      if (isDeploymentError(error)) fault = error;
      const said = error instanceof Error ? error.message : String(error);
      end({ ...nothing, status: "failed", error: said });
    }
  }

  return {
    id,
    done: Promise.race([work(), cancelled]),
    state() {
      if (fault !== undefined && state.status === "failed") throw fault;
      return state;
    },
    cancel() {
      if (state.status !== "processing") return false;
      end({ ...nothing, status: "canceled" });
      stop();
      return true;
    },
  };
}
