import { interruptibly } from "../http/send-limits.js";

/** Gives code that is loaded beside a page: at once where it is there, and otherwise as soon as it or an abort comes. */
export type Beside<Code> = (signals: readonly AbortSignal[]) => Code | Promise<Code>;

/**
 * The code that every call of a client needs and the page that makes the client does not. It is asked for at once, so
 * that a first call seldom waits for it; where `load` rejects, the next call asks for it again.
 */
export function loadBeside<Code extends object>(load: () => Promise<Code>): Beside<Code> {
  let code: Code | undefined;
  // Each call awaits it: with a module's own namespace that takes longer than with a plain object.
  const bring = async (): Promise<Code> => (code = { ...(await load()) });
  // Who calls will hear of it.
  bring().catch(() => undefined);
  return (signals) => code ?? interruptibly({ signals, timeout: Infinity }, bring);
}
