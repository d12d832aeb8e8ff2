/*
 * What a Cog server and Replicate have in common: a prediction that runs, can be cancelled, and tells what comes of it.
 */

/** A model: gives its output, or emits it item by item. What it throws is its error. */
export type FakeModel = (
  input: Readonly<Record<string, unknown>>,
  run: { readonly emit: (item: unknown) => void; readonly signal: AbortSignal },
) => unknown;

/** A prediction as JSON has it. */
export interface JobState {
  readonly id: string;
  readonly status: "starting" | "processing" | "succeeded" | "failed" | "canceled";
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: unknown;
  readonly error: string | null;
  readonly logs: string;
  readonly metrics: { readonly predict_time: number };
}

/** A running prediction. */
export interface Job {
  state(): JobState;
  /** Settles when the prediction has come to its end. */
  readonly done: Promise<void>;
  cancel(): void;
  /** Gives every item so far at once, and every further one. */
  onItem(listener: (item: unknown, index: number) => void): void;
}

/** Starts a prediction. */
export function startJob(model: FakeModel, id: string, input: Readonly<Record<string, unknown>>): Job {
  const controller = new AbortController();
  const items: unknown[] = [];
  const listeners: ((item: unknown, index: number) => void)[] = [];
  let status: JobState["status"] = "processing";
  let output: unknown = null;
  let error: string | null = null;
  const emit = (item: unknown): void => {
    const index = items.push(item) - 1;
    for (const listener of listeners) listener(item, index);
  };
  const ended = new Promise<void>((resolve) =>
    controller.signal.addEventListener("abort", () => {
      if (status === "processing") status = "canceled";
      resolve();
    }),
  );
  const run = async (): Promise<void> => {
    try {
      const result: unknown = await model(input, { emit, signal: controller.signal });
      if (status !== "processing") return;
      output = items.length > 0 ? items : result;
      status = "succeeded";
    } catch (thrown) {
      if (status !== "processing") return;
      error = thrown instanceof Error ? thrown.message : String(thrown);
      status = "failed";
    }
  };
  const done = Promise.race([run(), ended]);
  return {
    state: () => ({
      id,
      status,
      input,
      output: status === "succeeded" ? output : items.length > 0 ? [...items] : null,
      error,
      logs: "loading\n",
      metrics: { predict_time: 0.01 },
    }),
    done,
    cancel: () => controller.abort(),
    onItem(listener) {
      items.forEach(listener);
      listeners.push(listener);
    },
  };
}
