import type { Body } from "../json/body.js";

/** One HTTP request; `headers` names are lower case. */
export interface TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
  readonly signal: AbortSignal;
}

/** One HTTP reply, whose body is read once, whole or piece by piece. */
export interface TransportReply {
  readonly status: number;
  /** The header's value by lower-case name, or undefined. */
  header(name: string): string | undefined;
  bytes(): Promise<Uint8Array>;
  chunks(): AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and gives its reply. It follows no redirect, retries nothing, decodes nothing, and rejects
 * with the platform's own error where no reply came.
 */
export type Transport = (request: TransportRequest) => Promise<TransportReply>;
