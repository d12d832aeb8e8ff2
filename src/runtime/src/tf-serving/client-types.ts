import type { AuthScheme } from "../deployment.js";
import type { BatchOptions, CallOptions, ClientOptions, StreamOptions } from "../client/client-types.js";
import type { ExampleVerb } from "./signature-types.js";
import type { ModelMetadata } from "./model-metadata.js";
import type { ModelStatus } from "./model-status.js";

/** The names of the signatures that the client's own methods call. */
export interface MainSignatures {
  readonly predict?: string;
  readonly classify?: string;
  readonly regress?: string;
}

/**
 * What a generated package knows of a model on TensorFlow Serving: everything that happens at run time follows from
 * it. `Signatures` has one member for each callable signature: a `Signature`, an `ExampleSignature`, or both at once.
 */
export interface TfServingDeployment<Signatures = unknown, Main = unknown> {
  readonly title: string;
  /** The model's address, `http://host:8501/v1/models/NAME`, or null where the description states none. */
  readonly url: string | null;
  /** The ways to authenticate, in order of preference; empty where none is needed. */
  readonly auth: readonly AuthScheme[];
  /** Keys of `signatures`. */
  readonly main: Main;
  /** By the name of the client's member; its wire name stands in the signature itself. */
  readonly signatures: Signatures;
}

/** Which version of the model is asked; a version and a label exclude each other. The latest where neither is given. */
export interface VersionOptions {
  readonly version?: number | bigint | string | undefined;
  readonly label?: string | undefined;
}

/** How tensors are framed: `columnar` takes and gives everything, `row` needs a first dimension everywhere. */
export interface FramingOptions {
  readonly framing?: "columnar" | "row" | undefined;
}

/** What `createClient` takes. */
export interface TfServingClientOptions extends ClientOptions, VersionOptions, FramingOptions {}

/** What a call about the model can say. */
export interface ModelCallOptions extends CallOptions, VersionOptions {}

/** What `predict` and `predictColumns` can say. */
export interface TensorCallOptions extends ModelCallOptions, FramingOptions {}

/** What `predictMany` can say. */
export interface TensorBatchOptions extends BatchOptions, VersionOptions, FramingOptions {}

/** What `predictStream` can say. */
export interface TensorStreamOptions extends StreamOptions, VersionOptions, FramingOptions {}

/** What `classify` and `regress` can say. */
export interface ExampleOptions<Context = unknown> extends BatchOptions, VersionOptions {
  /** Features that all examples share; none of them may stand in an example too. */
  readonly context?: Context | undefined;
}

/** How long `waitUntilReady` waits. All times in milliseconds. */
export interface WaitOptions extends VersionOptions {
  /** For all of it; default 60,000; 0 for none. */
  readonly timeout?: number | undefined;
  /** Before the second look; it grows by half with each; default 500. */
  readonly interval?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A row, or where it has one member alone, the bare value of that. */
export type RowOrBare<Row> =
  Row | { [Name in keyof Row]: [keyof Row] extends [Name] ? Row[Name] : never }[keyof Row];

/** What can be done with the tensors of a signature. */
export interface TensorMethods<Input, Output, InputColumns, OutputColumns> {
  /** The prediction for one row; where the signature is not batched, for its whole tensors. */
  predict(row: RowOrBare<Input>, options?: TensorCallOptions): Promise<Output>;
  /** The predictions for any number of rows, in their order. */
  predictMany(rows: Iterable<RowOrBare<Input>>, options?: TensorBatchOptions): Promise<Output[]>;
  /**
   * The predictions for an endless source of rows, in its order. Leaving the loop closes the source; a failure is
   * thrown after every row before it has been handed out.
   */
  predictStream(
    source: Iterable<RowOrBare<Input>> | AsyncIterable<RowOrBare<Input>>,
    options?: TensorStreamOptions,
  ): AsyncIterableIterator<Output>;
  /** The outputs for whole tensors, in one call: nothing is stacked and nothing taken apart. */
  predictColumns(columns: RowOrBare<InputColumns>, options?: TensorCallOptions): Promise<OutputColumns>;
}

/** A label with its score, as `classify` gives it: the label empty or the score 0 where the model has none. */
export interface Classification {
  readonly label: string;
  readonly score: number;
}

/** What each verb gives for one example. */
export interface ExampleResults {
  readonly classify: Classification[];
  readonly regress: number;
}

/** The method that does `Verb` with examples. */
export type ExampleMethods<Verb extends ExampleVerb, Example> = {
  readonly [Name in Verb]: ExampleMethod<ExampleResults[Name], Example>;
};

/** One result for each example, in their order. */
export interface ExampleMethod<Result, Example> {
  (examples: Iterable<Example>, options?: ExampleOptions<undefined>): Promise<Result[]>;
  <const Context extends Partial<Example>>(
    examples: Iterable<Omit<Example, keyof Context>>,
    options: ExampleOptions<Context> & { readonly context: Context },
  ): Promise<Result[]>;
}

/** Everything that can be done with one signature. */
export type SignatureMethods<S> = TensorMethodsOf<S> &
  ExampleMethodsOf<S, "classify"> &
  ExampleMethodsOf<S, "regress">;

/** What can be done with the tensors of a signature, if it has any. */
export type TensorMethodsOf<S> = S extends {
  readonly types?: {
    readonly input: infer Input;
    readonly output: infer Output;
    readonly inputColumns: infer InputColumns;
    readonly outputColumns: infer OutputColumns;
  };
}
  ? "batched" extends keyof S
    ? TensorMethods<Input, Output, InputColumns, OutputColumns>
    : unknown
  : unknown;

/** What can be done with the examples of a signature, if it does `Verb`. */
export type ExampleMethodsOf<S, Verb extends ExampleVerb> = S extends {
  readonly verb: Verb;
  readonly exampleTypes?: { readonly example: infer Example };
}
  ? ExampleMethods<Verb, Example>
  : unknown;

/** What can be asked of the model itself. */
export interface ModelMethods {
  /** What the server says of the model's versions, newest first. */
  status(options?: ModelCallOptions): Promise<ModelStatus>;
  /** The signatures that the server states. */
  metadata(options?: ModelCallOptions): Promise<ModelMetadata>;
  /**
   * Resolves with the model's status as soon as the version asked for, or any where none is, is available. Rejects
   * with `deployment-error` where it failed to load, with `timeout` where it takes too long.
   */
  waitUntilReady(options?: WaitOptions): Promise<ModelStatus>;
  /** Holds the live metadata to the signatures that the package was generated from; rejects with a `DriftError`. */
  verify(options?: ModelCallOptions): Promise<void>;
}

type MainMethods<Signatures, Main> = (Main extends { readonly predict: infer Name extends keyof Signatures }
  ? TensorMethodsOf<Signatures[Name]>
  : unknown) &
  (Main extends { readonly classify: infer Name extends keyof Signatures }
    ? ExampleMethodsOf<Signatures[Name], "classify">
    : unknown) &
  (Main extends { readonly regress: infer Name extends keyof Signatures }
    ? ExampleMethodsOf<Signatures[Name], "regress">
    : unknown);

/** A client of one model: the methods of its main signatures, and all its signatures by name. */
export type TfServingClient<Signatures, Main> = ModelMethods & {
  /** What the description says: signatures, dtypes, shapes. Frozen. */
  readonly deployment: TfServingDeployment<Signatures, Main>;
  readonly signatures: { readonly [Name in keyof Signatures]: SignatureMethods<Signatures[Name]> };
} & MainMethods<Signatures, Main>;
