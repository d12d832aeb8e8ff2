import type { Classification } from "../tf-serving/client-types.js";
import type { MockSettings } from "./mock-types.js";

/** What a signature's `predict` gives for one row; where it is not batched, for its whole tensors. */
export type PredictAnswer<S> = "batched" extends keyof S
  ? S extends { readonly types?: { readonly input: infer Input; readonly output: infer Output } }
    ? (row: Input) => Output | Promise<Output>
    : never
  : never;

/** What a signature's `Verb` gives for one example. */
export type ExampleAnswer<S, Verb extends "classify" | "regress"> = S extends {
  readonly verb: Verb;
  readonly exampleTypes?: { readonly example: infer Example };
}
  ? (example: Example) => ExampleAnswers[Verb] | Promise<ExampleAnswers[Verb]>
  : never;

interface ExampleAnswers {
  readonly classify: readonly Classification[];
  readonly regress: number;
}

/** The answers of one signature: a function for its `predict`, or one by the name of each thing that it does. */
export type SignatureAnswers<S> =
  | PredictAnswer<S>
  | {
      readonly predict?: PredictAnswer<S> | undefined;
      readonly classify?: ExampleAnswer<S, "classify"> | undefined;
      readonly regress?: ExampleAnswer<S, "regress"> | undefined;
    };

type MainAnswer<Signatures, Main> = Main extends {
  readonly predict: infer Name extends keyof Signatures;
}
  ? PredictAnswer<Signatures[Name]>
  : never;

/** How a mocked model behaves, and what it gives. */
export interface MockOptions<Signatures = unknown, Main = unknown> extends MockSettings {
  /**
   * What the client's own `predict` gives for a row, or answers by the name of their signature; what they leave out
   * follows from the seed. What a function throws is the graph's own error: status 400 with its message.
   */
  readonly answers?:
    | MainAnswer<Signatures, Main>
    | { readonly [Name in keyof Signatures]?: SignatureAnswers<Signatures[Name]> | undefined }
    | undefined;
  /** The only version, which is the latest; default: 1. */
  readonly version?: number | undefined;
  /** The labels of versions; any other label is refused. */
  readonly labels?: Readonly<Record<string, number>> | undefined;
  /** The name under which the server knows the model; left out, any name in an address is right. */
  readonly model?: string | undefined;
}

/** A description as every generated package has it, as far as a mock looks at it. */
export interface UntypedOptions extends MockSettings {
  readonly answers?: unknown;
  readonly version?: number | undefined;
  readonly labels?: Readonly<Record<string, number>> | undefined;
  readonly model?: string | undefined;
}
