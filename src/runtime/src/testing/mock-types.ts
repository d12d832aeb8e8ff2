import type { AuthScheme } from "../deployment.js";
import type { MemoryReply, MemoryRequest } from "../http/memory-transport.js";

/** A failure that is arranged: what the deployment answers with in place of an answer, and how often. */
export interface MockFailure {
  /** An HTTP status from 400 on, with the body that the system itself has for it; or no reply at all. */
  readonly status: number | "unreachable";
  /** Which share of the calls fails, from 0 to 1; drawn from the seed, so that the same run fails alike. Default: 1. */
  readonly rate?: number;
  /** How many calls fail before this failure is over; default: no end. */
  readonly times?: number;
  /** Seconds, as the reply's `Retry-After` states them (RFC 9110 §10.2.3); left out, it has none. */
  readonly retryAfter?: number;
}

/** How a deployment that answers from memory behaves, whatever its system. */
export interface MockSettings {
  /** Answers follow from it and from the row alone; default: 0. */
  readonly seed?: number | string;
  /** The one credential that is right. Without it any is, where `askCredentials` has one asked for at all. */
  readonly token?: string;
  /** Refuse calls without a credential where the description asks for one, though no `token` says which. */
  readonly askCredentials?: boolean;
  /** Looked through in order at each call; the first that applies is answered with. */
  readonly failures?: readonly MockFailure[];
  /** For how long after it was made the deployment is still starting; milliseconds, default 0. */
  readonly coldStart?: number;
  /** Milliseconds of some clock, for `coldStart`; default: `performance.now`. */
  readonly now?: () => number;
}

/** A system's half of a mock: what a request that is not refused beforehand is answered with. */
export interface MockedSystem {
  /** As the description has them. */
  readonly auth: readonly AuthScheme[];
  /**
   * The reply to a request whose credential is right. Paths are known by their ends, so that any base address will
   * do. Refuses what the real system refuses, in its words.
   */
  answer(request: MemoryRequest): MemoryReply | Promise<MemoryReply>;
  /** What the system has to say to `request` with `status`, such as 401 or 503; `why` is a short reason in plain words. */
  refusal(status: number, why: string, request: MemoryRequest): MemoryReply;
  /** The reply while the deployment is starting; without it, a refusal with 503 and a `Retry-After`. */
  starting?(request: MemoryRequest): MemoryReply | Promise<MemoryReply>;
}
