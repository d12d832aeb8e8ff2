/** One call to a mocked deployment, as it ended. */
export interface MockCall {
  readonly method: string;
  /** As the caller sent it, without what may be a credential. */
  readonly path: string;
  /** Null where the connection was closed without a reply. */
  readonly status: number | null;
  /** How many rows were sent, or null where the call has none. */
  readonly rows: number | null;
  /** From the last byte of the request to the first of the reply. */
  readonly milliseconds: number;
  /** What in the mock itself went wrong, if anything did. */
  readonly fault?: string;
}

/** A reply whose body is there. */
export interface WholeReply {
  readonly status: number;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
