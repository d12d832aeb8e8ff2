import type { NdArray } from "../arrays/nd-array.js";
import type { Classification } from "../tf-serving/client-types.js";
import type { BytesInput } from "../tf-serving/tensor-types.js";
import type { MockSettings } from "./mock-types.js";

/**
 * A row as it has arrived, whatever form it was given in: arrays where there are dimensions, otherwise bare elements,
 * 64-bit integers as bigints. Text is a string, and bytes where it is no UTF-8.
 */
export type RowGiven<Input> = {
  readonly [Name in keyof Input]: [Extract<Input[Name], NdArray>] extends [never]
    ? ElementGiven<Input[Name]>
    : Extract<Input[Name], NdArray>;
};

type ElementGiven<V> = [V] extends [boolean]
  ? boolean
  : [V] extends [number]
    ? number
    : [V] extends [number | bigint]
      ? bigint
      : string | Uint8Array;

/** An example as it has arrived, each feature of the kind that is described; of a kind that is not, it says its own. */
export type ExampleGiven<Example> = {
  readonly [Name in keyof Example]: FeatureGiven<Exclude<Example[Name], undefined>>;
};

type FeatureGiven<V> = [V] extends [number | bigint | BytesInput]
  ? ElementGiven<V>
  : [V] extends [readonly number[] | Float32Array | Float64Array]
    ? readonly number[]
    : [V] extends [readonly (number | bigint)[] | BigInt64Array]
      ? readonly bigint[]
      : [V] extends [readonly BytesInput[]]
        ? readonly (string | Uint8Array)[]
        : | { readonly float: readonly number[] }
          | { readonly int64: readonly bigint[] }
          | { readonly bytes: readonly (string | Uint8Array)[] };

/** What a signature's `predict` gives for one row; where it is not batched, for its whole tensors. */
export type PredictAnswer<S> = "batched" extends keyof S
  ? S extends { readonly types?: { readonly input: infer Input; readonly output: infer Output } }
    ? (row: RowGiven<Input>) => Output | Promise<Output>
    : never
  : never;

/** What a signature's `Verb` gives for one example. */
export type ExampleAnswer<S, Verb extends "classify" | "regress"> = S extends {
  readonly verb: Verb;
  readonly exampleTypes?: { readonly example: infer Example };
}
  ? (example: ExampleGiven<Example>) => ExampleAnswers[Verb] | Promise<ExampleAnswers[Verb]>
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

/** The same options, with nothing of their types left. */
export interface UntypedOptions extends MockSettings {
  readonly answers?: unknown;
  readonly version?: number | undefined;
  readonly labels?: Readonly<Record<string, number>> | undefined;
  readonly model?: string | undefined;
}
