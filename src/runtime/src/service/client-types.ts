import type { CallOptions, ClientOptions } from "../client/client-types.js";
import type { AuthScheme, HttpBody, HttpPlace, HttpReply } from "../deployment.js";
import type { DeploymentError } from "../errors.js";
import type { JsonShape } from "../shapes/json-shape.js";
import type { ShapeFor, ShapesOf, StatedName } from "../shapes/shape-for.js";

/** What an operation takes, what it gives, and its documented error replies by status; a type and no value. */
export interface ServiceOperation<Input, Output, Errors = unknown> {
  readonly kind: "call";
  readonly input: Input;
  readonly output: Output;
  readonly errors: Errors;
}

/** An operation that answers with one item after another. */
export interface StreamOperation<Input, Item, Errors = unknown> {
  readonly kind: "stream";
  readonly input: Input;
  readonly output: Item;
  readonly errors: Errors;
}

/** Any operation. */
export type AnyOperation = ServiceOperation<unknown, unknown> | StreamOperation<unknown, unknown>;

/** What a client knows of one operation. `Input` holds the shapes of its parameters to their types. */
export interface OperationDescriptor<Input = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the service's address, with `{name}` where a parameter goes. */
  readonly path: string;
  /** Whether it answers with one item after another. */
  readonly stream: boolean;
  readonly parameters: ParametersFor<Input>;
  readonly body: (HttpBody & { readonly shape: JsonShape }) | null;
  /** Those that tell of success and those that tell of failure. */
  readonly replies: readonly HttpReply[];
}

/** One for each member of an argument that is no part of its body. */
type ParametersFor<Input> = [Input] extends [object]
  ? { readonly [Name in keyof Input as StatedName<Name>]?: ServiceParameter<Input[Name]> }
  : Readonly<Record<never, never>>;

/** One parameter: what its values look like and where they go. */
export interface ServiceParameter<V = unknown> {
  readonly shape: ShapeFor<Exclude<V, undefined>>;
  readonly place: HttpPlace;
  /** Left out where every call has it. */
  readonly optional?: true;
}

/** What a client knows of a service. `Named` are the types of the shapes that others call by name. */
export interface ServiceDeployment<Operations = unknown, Named = unknown> {
  readonly title: string;
  /** The service's address, or null where the description states none. */
  readonly url: string | null;
  readonly auth: readonly AuthScheme[];
  readonly shapes: ShapesOf<Named>;
  readonly operations: {
    readonly [Name in keyof Operations]: OperationDescriptor<
      Operations[Name] extends { readonly input: infer Input } ? Input : never
    >;
  };
}

/** What a method is called with: nothing, something that may be left out, or something. */
type Arguments<Input> = [Input] extends [void]
  ? [input?: undefined, options?: CallOptions]
  : undefined extends Input
    ? [input?: Input, options?: CallOptions]
    : [Input] extends [object]
      ? Partial<Input> extends Input
        ? [input?: Input, options?: CallOptions]
        : [input: Input, options?: CallOptions]
      : [input: Input, options?: CallOptions];

/** The method that calls an operation. */
export type ServiceMethod<Operation> = Operation extends {
  readonly kind: infer Kind;
  readonly input: infer Input;
  readonly output: infer Output;
}
  ? (...given: Arguments<Input>) => Kind extends "stream" ? AsyncIterableIterator<Output> : Promise<Output>
  : never;

/** A client of a service: one method for each operation. */
export type ServiceClient<Operations, Named = unknown> = {
  readonly [Name in keyof Operations]: ServiceMethod<Operations[Name]>;
} & {
  /** What the description says. Frozen. */
  readonly deployment: ServiceDeployment<Operations, Named>;
};

/** What `createServiceClient` takes. */
export type ServiceClientOptions = Omit<ClientOptions, "batchSize" | "concurrency" | "window">;

/**
 * A documented error reply: thrown by an operation's method, and known by `isErrorReply`. Its code and message are those
 * of any failing reply.
 */
export interface ErrorReply<Reply = unknown> extends DeploymentError {
  /** The name of the method. */
  readonly operation: string;
  readonly status: number;
  /** The status as the description spells it: `422`, `4XX` or `default`. */
  readonly documented: string;
  /** What the reply held, the client's own credentials taken out. */
  readonly reply: Reply;
}

/** The documented error replies of an operation. */
export type ErrorsOf<Operation> = Operation extends { readonly errors: infer Errors } ? Errors : never;
