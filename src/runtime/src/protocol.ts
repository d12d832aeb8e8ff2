import type { Body } from "./json/body.js";
import type { Coder } from "./coder.js";
import type { Framing, RowsFraming } from "./deployment.js";
import type { DeploymentError } from "./errors.js";

/** A feature with its coder. */
export interface CompiledFeature {
  readonly name: string;
  readonly optional: boolean;
  readonly coder: Coder;
}

/** An operation whose features have their coders: what a protocol works with. */
export interface CompiledOperation<F extends Framing = RowsFraming> {
  readonly framing: F;
  readonly inputs: readonly CompiledFeature[];
  readonly outputs: readonly CompiledFeature[];
  /** False where rows go out without the checks that encoding does not need. */
  readonly validate: boolean;
  /** True where a reply must hold nothing but what the description promises. */
  readonly strict: boolean;
}

/** How rows are to go out. */
export type Encoding = "json" | "multipart";

/** A reply that has come whole. */
export interface ReceivedReply {
  readonly status: number;
  header(name: string): string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * How one system frames rows on the wire and unframes its replies. Rows are prepared: nothing in them must be
 * awaited any more.
 */
export interface Protocol<F extends Framing = RowsFraming> {
  readonly id: F["protocol"];
  /** Rows in one request unless the caller says otherwise. */
  readonly batchSize: number;
  frame(rows: readonly unknown[], operation: CompiledOperation<F>): Body;
  /** The rows as a form, where the system takes them so. */
  form(rows: readonly unknown[], operation: CompiledOperation<F>): Promise<Body>;
  /** The rows of a reply, as many as were sent and in their order. */
  unframe(
    reply: ReceivedReply,
    operation: CompiledOperation<F>,
    sent: { readonly rows: number; readonly encoding: Encoding },
  ): readonly Readonly<Record<string, unknown>>[];
  /** The error that a reply states in the system's own words, or undefined where it states none. */
  failure(reply: ReceivedReply): DeploymentError | undefined;
}
