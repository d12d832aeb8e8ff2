import { DeploymentError } from "../errors.js";
import { Interruption } from "./interruption.js";
import { onAbort } from "./send-signals.js";

/** What may end a piece of work before it is done. */
export interface Limits {
  readonly signals: readonly AbortSignal[];
  /** In milliseconds; Infinity for none. */
  readonly timeout: number;
}

/** The longest time that a timer takes, in milliseconds (some 24 days); a longer one fires at once. */
const longestTimer = 2 ** 31 - 1;

/** Throws the error `aborted` where one of `signals` is aborted already. */
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted !== undefined) {
    throw new DeploymentError("aborted", "The call was aborted by the caller's signal.", {
      cause: aborted.reason,
    });
  }
}

/**
 * Settles as `work` does, or rejects with `aborted` or `timeout` as soon as a limit is met, even if `work` pays
 * no heed to its own signal. Leaves no timer and no listener behind.
 */
export function withinLimits<T>(limits: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return interruptibly(limits, ({ signal }) => work(signal));
}

/** As `withinLimits`, for work that may need no signal. */
export function interruptibly<T>(
  { signals, timeout }: Limits,
  work: (interruption: Interruption) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    throwIfAborted(signals);
    const interruption = new Interruption();
    const undo: (() => void)[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => {
      clearTimeout(timer);
      for (const each of undo) each();
    };
    const interrupt = (error: unknown): void => {
      close();
      reject(error);
      interruption.abort(error);
    };
    for (const signal of signals) {
      const abort = (): void => {
        try {
          throwIfAborted([signal]);
        } catch (error) {
          interrupt(error);
        }
      };
      undo.push(onAbort(signal, abort));
    }
    if (timeout <= longestTimer) {
      const late = (): void =>
        interrupt(new DeploymentError("timeout", `No complete reply came within ${timeout} ms.`));
      timer = setTimeout(late, timeout);
    }
    work(interruption).then(
      (value) => {
        close();
        resolve(value);
      },
      (error: unknown) => {
        close();
        reject(error);
      },
    );
  });
}

/** Waits for `delay` milliseconds, or rejects as soon as one of `signals` aborts. */
export function pause(delay: number, signals: readonly AbortSignal[]): Promise<void> {
  return withinLimits({ signals, timeout: Infinity }, (signal) => {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
  });
}
