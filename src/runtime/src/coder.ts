import type { BodyWriter } from "./json/body.js";
import type { CompiledFeature } from "./protocol.js";
import type { ParseReply, ReplyDocument } from "./json/reply-document.js";

/** One field of a multipart form. */
export type FormField =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Left out where the text is plain. */
      readonly mediaType?: string;
    }
  | {
      readonly kind: "file";
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly fileName: string;
    };

/** Awaits what must be awaited. */
export interface Prepare {
  value(value: unknown): unknown;
  /** The rows with every such value of `awaited` features made ready; the rows themselves stay unchanged. */
  rows(rows: readonly unknown[], awaited: readonly CompiledFeature[]): Promise<readonly unknown[]>;
}

/**
 * Carries the values of one feature to the wire and back. Every method throws a `DeploymentError` that names the
 * feature; none changes the value that it is given.
 */
export interface Coder<Value = unknown> {
  /**
   * Turns a value that must be awaited (a Blob, a file) into one that `encode` takes at once.
   * Absent where no value of the kind must be awaited, and with it what does so for whole rows.
   */
  readonly prepare?: Prepare;
  /** Parses a reply so that long values stay bytes. Absent where values are short, or text in any case. */
  readonly parseReply?: ParseReply;
  /** Writes the value as JSON text. */
  encode(value: unknown, body: BodyWriter): void;
  /** The value as a field of a form. */
  field(value: unknown): FormField;
  /** The value that a reply holds; checking it is decoding it. */
  decode(value: unknown, reply: ReplyDocument): Value;
}

/** What a coder must know beside its codec. */
export interface CoderContext {
  /** The feature's wire name, for messages. */
  readonly feature: string;
  /** False where the caller has switched checks off: what cannot be encoded is refused all the same. */
  readonly validate: boolean;
  /** True where replies are held to the description in every point. */
  readonly strict: boolean;
}
