/**
 * Gives memory for a piece of 64 KB or more, as long as the piece may be; the next piece may be given the same. Whoever
 * hands it in looks at no piece of that length any more when asking for the next.
 */
export type PieceRoom = () => Uint8Array;

/** Bytes whose number is known before they are made, such as the base64 text of an array. */
export interface Payload {
  readonly byteLength: number;
  /** Writes all bytes into `target` from `offset` on. */
  writeTo(target: Uint8Array, offset: number): void;
  /** The same bytes piece by piece; each call starts anew. Pieces have memory of their own unless there is `room`. */
  chunks(room?: PieceRoom): Iterable<Uint8Array>;
}

/** A request's body: made once, sent as often as retries need. */
export interface Body {
  readonly contentType: string;
  readonly byteLength: number;
  /** All bytes; the caller must not change them. */
  toBytes(): Uint8Array;
  /** The same bytes piece by piece; each call starts anew, so each attempt gets all of them. `room` as above. */
  chunks(room?: PieceRoom): Iterable<Uint8Array>;
}

/**
 * Collects a body: text and payloads in the order in which they will stand. Payloads are neither copied nor
 * encoded until the body is sent.
 */
export interface BodyWriter {
  /** Adds `text` as UTF-8. */
  text(text: string): void;
  /** Adds `payload`, whose bytes must be right for the place where they stand. */
  payload(payload: Payload): void;
  /** Everything added so far, as a body of exact length. */
  finish(contentType: string): Body;
}
