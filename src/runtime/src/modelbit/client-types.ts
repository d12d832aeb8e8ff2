import type { BatchOptions, CallOptions, ClientOptions, StreamOptions } from "../client/client-types.js";
import type { AuthScheme } from "../deployment.js";
import type { VersionOptions } from "./function-url.js";
import type { MembersFor, ShapeFor, ShapesOf } from "../shapes/shape-for.js";

/**
 * What a client knows of a Python function that Modelbit has deployed. `Named` are the types of the shapes that others
 * call by name.
 */
export interface ModelbitDeployment<Input = unknown, Output = unknown, Named = unknown> {
  readonly title: string;
  /** The whole address, branch and version included, or null where the description states none. */
  readonly url: string | null;
  readonly auth: readonly AuthScheme[];
  /** `arguments` are sent by position; `rows` go as objects of columns, in DataFrame mode. */
  readonly form: "arguments" | "rows";
  /** The names of the arguments in the order in which the function takes them. */
  readonly order: readonly (keyof Input & string)[];
  readonly inputs: MembersFor<Input>;
  readonly output: ShapeFor<Output>;
  /** Left out where no shape calls another by name. */
  readonly shapes?: ShapesOf<Named>;
}

/** The arguments by name; of a function with one argument also that argument alone. */
export type NamedOrBare<Input> =
  Input | { [Name in keyof Input]: [keyof Input] extends [Name] ? Input[Name] : never }[keyof Input];

/** What a call of a Modelbit deployment can say besides. */
export interface FunctionOptions extends VersionOptions {
  /**
   * How long the function may run, default 300, beyond which the service wants a webhook; the client waits five seconds
   * more, unless `timeout` says otherwise.
   */
  readonly timeoutSeconds?: number | undefined;
  /** `links` has large results come from a signed link, which is followed without credentials. */
  readonly responseFormat?: "links" | undefined;
}

/** A client of one function that Modelbit has deployed. */
export interface ModelbitClient<Input, Output, Named = unknown> {
  /** What the description says. Frozen. */
  readonly deployment: ModelbitDeployment<Input, Output, Named>;
  /** The function's result for one call. */
  predict(given: NamedOrBare<Input>, options?: CallOptions & FunctionOptions): Promise<Output>;
  /** The results for any number of calls, in their order. */
  predictMany(
    given: Iterable<NamedOrBare<Input>>,
    options?: BatchOptions & FunctionOptions,
  ): Promise<Output[]>;
  /** The results for an endless source of calls, in its order; leaving the loop closes the source. */
  predictStream(
    source: Iterable<NamedOrBare<Input>> | AsyncIterable<NamedOrBare<Input>>,
    options?: StreamOptions & FunctionOptions,
  ): AsyncIterableIterator<Output>;
}

/** What `createModelbitClient` takes. */
export interface ModelbitClientOptions extends Omit<ClientOptions, "validate">, FunctionOptions {}
