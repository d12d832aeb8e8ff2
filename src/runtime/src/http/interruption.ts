/*
 * An AbortSignal costs Node more than the rest of a small request. So what may end an attempt makes one only for those
 * who ask for it, and others listen without.
 */

import type { Body } from "../json/body.js";
import type { TransportRequest } from "./transport.js";

/**
 * Ends what listens to it, once, as an AbortController does, whose signal is made at the first look at it. A class, as
 * getters of an object's own would give each object a layout of its own, which V8 keeps for long.
 */
export class Interruption {
  #ended: { readonly reason: unknown } | undefined = undefined;
  #controller: AbortController | undefined = undefined;
  #heard: ((reason: unknown) => void) | undefined = undefined;

  get aborted(): boolean {
    return this.#ended !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#ended !== undefined) this.#controller.abort(this.#ended.reason);
    }
    return this.#controller.signal;
  }

  /** Ends what listens; only the first call counts. */
  abort(reason: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = { reason };
    this.#heard?.(reason);
    this.#controller?.abort(reason);
  }

  /** Calls `callback` with the reason: at once where that is known, else when it comes. There is one callback. */
  listen(callback: (reason: unknown) => void): void {
    this.#heard = callback;
    if (this.#ended !== undefined) callback(this.#ended.reason);
  }
}

/** A request of an attempt, whose signal is made at the first look at it. */
export class InterruptibleRequest implements TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
  declare readonly signal: AbortSignal;
  readonly #interruption: Interruption;

  constructor(request: Omit<TransportRequest, "signal">, interruption: Interruption) {
    this.method = request.method;
    this.url = request.url;
    this.headers = request.headers;
    this.body = request.body;
    this.#interruption = interruption;
    // A member of its own, so that copies have it too; one getter for all keeps their layout the same.
    Object.defineProperty(this, "signal", InterruptibleRequest.#signal);
  }

  static readonly #signal: PropertyDescriptor = {
    enumerable: true,
    get(this: InterruptibleRequest): AbortSignal {
      return this.#interruption.signal;
    },
  };

  /** What may end `request`, if it is one of these and no changed copy of one. */
  static interruptionOf(request: TransportRequest): Interruption | undefined {
    return #interruption in request ? request.#interruption : undefined;
  }
}

/** Calls `callback` with the reason when `request` is to end, or at once where it should have. */
export function onInterrupted(request: TransportRequest, callback: (reason: unknown) => void): void {
  const interruption = InterruptibleRequest.interruptionOf(request);
  if (interruption !== undefined) return interruption.listen(callback);
  const { signal } = request;
  if (signal.aborted) return callback(signal.reason);
  signal.addEventListener("abort", () => callback(signal.reason), { once: true });
}
