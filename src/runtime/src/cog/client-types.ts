import type { BatchOptions, CallOptions, ClientOptions, StreamOptions } from "../client/client-types.js";
import type { AuthScheme, CogFraming } from "../deployment.js";
import type { MembersFor, ShapeFor, ShapesOf } from "../shapes/shape-for.js";

/** What a client knows of a Cog model. `Named` are the types of the shapes that others call by name. */
export interface CogDeployment<Input = unknown, Output = unknown, Item = Output, Named = unknown> {
  readonly title: string;
  /** The address of the model's own server, or null where the description states none. */
  readonly url: string | null;
  /** Empty where the description says nothing: a token then goes out as Replicate takes it. */
  readonly auth: readonly AuthScheme[];
  readonly shapes: ShapesOf<Named>;
  readonly framing: CogFraming & { readonly output: OutputForm<Output, Item> };
  /** In the model's own order. */
  readonly inputs: MembersFor<Input>;
  /** Of the whole output, or of each item where they come one by one. */
  readonly output: ShapeFor<Item>;
}

/** How an output of one type is made of items of another: of one, of all in a list, or of all in one text. */
export type OutputForm<Output, Item> = unknown extends Output
  ? CogFraming["output"]
  : [Item] extends [Output]
    ? "value" | "text"
    : "list";

/** What a call can say of its prediction. */
export interface PredictionOptions extends CallOptions {
  /**
   * In milliseconds. On a server of the model's own it is for the whole prediction, default 1,800,000; on Replicate
   * for one request beside the time that it waits for the prediction, default 60,000. 0 for none.
   */
  readonly timeout?: number | undefined;
  /** How long Replicate may keep the first request until the client polls, in seconds, 1 to 60; default 10. */
  readonly wait?: number | undefined;
}

/** A client of one Cog model, on Replicate or on a server of its own. */
export interface CogClient<Input, Output, Item = Output, Named = unknown> {
  /** What the description says. Frozen. */
  readonly deployment: CogDeployment<Input, Output, Item, Named>;
  /** The whole output of one prediction. Aborting the call cancels the prediction. */
  predict(input: Input, options?: PredictionOptions): Promise<Output>;
  /** The outputs for any number of inputs, in their order, each from a prediction of its own. */
  predictMany(inputs: Iterable<Input>, options?: PredictionBatchOptions): Promise<Output[]>;
  /** The outputs for an endless source of inputs, in its order; leaving the loop closes the source. */
  predictStream(
    source: Iterable<Input> | AsyncIterable<Input>,
    options?: PredictionStreamOptions,
  ): AsyncIterableIterator<Output>;
  /** The items of one prediction's output as they come; leaving the loop cancels the prediction. */
  stream(input: Input, options?: PredictionOptions): AsyncIterableIterator<Item>;
}

/** How many predictions run at once. */
export interface PredictionBatchOptions extends PredictionOptions, Omit<BatchOptions, "batchSize"> {
  /** Default 8 on Replicate, and 1 on a server of the model's own, which turns others away unless it is set to more. */
  readonly concurrency?: number | undefined;
}

/** How far a stream of inputs runs ahead. */
export interface PredictionStreamOptions
  extends PredictionBatchOptions, Omit<StreamOptions, "batchSize" | "window"> {
  /** Predictions begun but not yet handed out; default four times the concurrency. */
  readonly window?: number | undefined;
}

/**
 * What `createCogClient` takes. `deployment`, `version` and `model` are on Replicate, and `url` beside one of them is
 * that of another API like it; `url` alone is the address of the model's own server.
 */
export interface CogClientOptions
  extends Omit<ClientOptions, "batchSize" | "timeout">, PredictionStreamOptions {
  /** `owner/name`: the latest version of an official model on Replicate. */
  readonly model?: string | undefined;
  /** A version's id on Replicate. */
  readonly version?: string | undefined;
  /** `owner/name` of a deployment on Replicate. */
  readonly deployment?: string | undefined;
}
