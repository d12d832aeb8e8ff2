import { DeploymentError } from "../errors.js";
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
  return new Promise<T>((resolve, reject) => {
    throwIfAborted(limits.signals);
    const controller = new AbortController();
    const undo: (() => void)[] = [];
    const close = (): void => {
      for (const each of undo) each();
    };
    const interrupt = (error: unknown): void => {
      close();
      reject(error);
      controller.abort(error);
    };
    for (const signal of limits.signals) {
      const abort = (): void => {
        try {
          throwIfAborted([signal]);
        } catch (error) {
          interrupt(error);
        }
      };
      undo.push(onAbort(signal, abort));
    }
    if (limits.timeout <= longestTimer) {
      const message = `No complete reply came within ${limits.timeout} ms.`;
      const timer = setTimeout(() => interrupt(new DeploymentError("timeout", message)), limits.timeout);
      undo.push(() => clearTimeout(timer));
    }
    const settle = (act: () => void): void => {
      close();
      act();
    };
    work(controller.signal).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
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
