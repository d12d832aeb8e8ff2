/*
 * Many requests may share one AbortSignal. Node warns of a leak at the eleventh listener, so each signal gets
 * one listener, however many requests wait for it.
 */

interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const waitingBySignal = new WeakMap<AbortSignal, Waiting>();

/** Calls `callback` once when `signal` aborts, which must not have happened yet; gives what takes that back. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let waiting = waitingBySignal.get(signal);
  if (waiting === undefined) {
    const callbacks = new Set<() => void>();
    const listener = (): void => {
      waitingBySignal.delete(signal);
      for (const each of [...callbacks]) each();
    };
    waiting = { callbacks, listener };
    waitingBySignal.set(signal, waiting);
    signal.addEventListener("abort", listener, { once: true });
  }
  const { callbacks, listener } = waiting;
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    if (waitingBySignal.get(signal)?.listener === listener) waitingBySignal.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}
