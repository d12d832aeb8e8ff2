import type {
  CodecSpec,
  FieldCodec,
  ImageCodec,
  LabelCodec,
  NumberCodec,
  ProbabilitiesCodec,
  TensorCodec,
  TextCodec,
} from "./codec.js";
import type { Dtype } from "./arrays/dtype.js";
import type { NdArray } from "./arrays/nd-array.js";
import type { Image, ImageInput } from "./files/image.js";
import type { JsonShape } from "./shapes/json-shape.js";

/** How a deployment knows its callers. */
export type AuthScheme =
  /** `Authorization: Bearer <token>` (RFC 6750 §2.1). */
  | { readonly kind: "bearer" }
  /** `Authorization: Basic …` (RFC 7617); a bare token is the user, the password empty. */
  | { readonly kind: "basic" }
  /** The token by itself under a name of the deployment's own. */
  | { readonly kind: "api-key"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  /** `Authorization: <token>`, with no scheme before it. */
  | { readonly kind: "raw" };

/** How an operation's rows are framed: the protocol, and what it must know of this operation. */
export type Framing =
  /** `{"rows": […]}` both ways; `multipart` where a single row may also go as a form. */
  | RowsFraming
  /** `{"inputs": …}` and `{"outputs": …}`, or `instances` and `predictions`, of a TensorFlow Serving signature. */
  | TensorsFraming
  /** `{"examples": […]}` and `{"results": […]}`, of a signature that classifies or regresses. */
  | ExamplesFraming
  /** `{"data": …}` both ways, of a Python function. */
  | DataFraming
  /** An operation of a service that OpenAPI describes. */
  | HttpFraming
  /** `{"input": …}` and a prediction with its `output`, of a Cog model. */
  | CogFraming;

/** Rows as Peltarion's Deployment API takes and gives them. */
export interface RowsFraming {
  readonly protocol: "rows";
  /** Whether a single row may also go as a form. */
  readonly multipart: boolean;
}

/** Tensors as the verb `predict` of TensorFlow Serving takes and gives them. */
export interface TensorsFraming {
  readonly protocol: "tensors";
  readonly signature: string;
  /** Whether rows can be stacked: every input's first declared dimension is -1, or its rank is unknown. */
  readonly batched: boolean;
}

/** Examples as the verbs `classify` and `regress` of TensorFlow Serving take them. */
export interface ExamplesFraming {
  readonly protocol: "examples";
  readonly verb: "classify" | "regress";
  readonly signature: string;
}

/** Calls as Modelbit takes them. */
export interface DataFraming {
  readonly protocol: "data";
  /** `arguments` are sent by position; `rows` go as objects of columns, in DataFrame mode. */
  readonly form: "arguments" | "rows";
}

/** Requests and replies as OpenAPI describes them. */
export interface HttpFraming {
  readonly protocol: "http";
  /** Where each input but the body stands, by its name among the inputs. */
  readonly places: Readonly<Record<string, HttpPlace>>;
  /** What goes out as body, or null where nothing does. */
  readonly body: HttpBody | null;
  /** What the description says of replies, those to the same status in its own order. */
  readonly replies: readonly HttpReply[];
}

/** Where a parameter stands (OpenAPI 3.1 §4.8.12). */
export interface HttpPlace {
  readonly in: "path" | "query" | "header" | "cookie";
  /** As the wire has it. */
  readonly name: string;
  readonly style: "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  readonly explode: boolean;
  /** Present where the value goes as JSON, whatever the style. */
  readonly json?: true;
}

/** How a body goes out. */
export interface HttpBody {
  readonly mediaType: string;
  readonly form: "json" | "form" | "multipart" | "text" | "bytes";
  /**
   * Where a call has it: `whole` is the argument itself, `rest` the argument without the parameters, `member` its
   * member `body`.
   */
  readonly at: "whole" | "rest" | "member";
  /** Left out where every request has a body. */
  readonly optional?: true;
}

/** One kind of reply. */
export interface HttpReply {
  /** A status such as `200`, a range such as `2XX`, or `default`. */
  readonly status: string;
  /** `events` are server-sent events, `lines` JSON texts line by line; `none` is no body. */
  readonly form: "json" | "text" | "bytes" | "events" | "lines" | "none";
  /** As the description states it, or null where there is no body. */
  readonly mediaType: string | null;
  /** Of the whole reply, or of each item where they come one by one. */
  readonly shape: JsonShape;
}

/** Predictions as Cog's HTTP server and Replicate's API take and give them. */
export interface CogFraming {
  readonly protocol: "cog";
  /** `text` is a list of tokens that reads as one text, `list` one whose items come one by one. */
  readonly output: "value" | "list" | "text";
  /** Whether the model's own server sends outputs one by one on request. */
  readonly streams: boolean;
  /** `owner/name` on Replicate, and the version that the description is of; null where it does not say. */
  readonly model: string | null;
  readonly version: string | null;
}

/** A feature that a row must have, or may have. */
export interface Feature<Codec extends CodecSpec = FieldCodec> {
  readonly codec: Codec;
  /** Left out where every row has it. */
  readonly optional?: true;
  /** Fingerprint of the feature's description, for `verify()`. */
  readonly fingerprint?: string;
}

/** The codecs that carry a value of type `V`: what holds a descriptor to its row type. */
export type CodecFor<V> = [V] extends [number]
  ? NumberCodec
  : [V] extends [string]
    ? string extends V
      ? TextCodec
      : LabelCodec<V & string>
    : [Extract<V, NdArray>] extends [never]
      ? [ImageInput] extends [V]
        ? ImageCodec
        : [V] extends [Image]
          ? ImageCodec
          : V extends Readonly<Record<infer Label extends string, number>>
            ? ProbabilitiesCodec<Label>
            : never
      : Extract<V, NdArray> extends NdArray<infer D extends Dtype, infer S>
        ? TensorCodec<D, S>
        : never;

/** One feature for each member of `Row`, each with a codec that carries the member's type. */
export type FeaturesOf<Row> = {
  readonly [Name in keyof Row & string]-?: Feature<CodecFor<Exclude<Row[Name], undefined>>>;
};

/** One thing that a deployment does, as data. */
export interface Operation<Input = unknown, Output = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the deployment's url; empty where the url itself is called. */
  readonly path: string;
  readonly framing: Framing;
  readonly inputs: FeaturesOf<Input>;
  readonly outputs: FeaturesOf<Output>;
}

/** Where the live description is, and what of it a generated package depends on. */
export interface LiveDescription {
  /** Relative to the deployment's url (RFC 3986 §5). */
  readonly url: string;
  /** JSON pointers (RFC 6901) of the objects whose members are the features. */
  readonly inputs: string;
  readonly outputs: string;
  /** Fingerprints of whatever else matters, by JSON pointer. */
  readonly rest: Readonly<Record<string, string>>;
}

/** What a generated package knows of its deployment: everything that happens at run time follows from it. */
export interface Deployment<Input = unknown, Output = unknown, Others = unknown> {
  readonly title: string;
  /** The default address, or null where the description states none. */
  readonly url: string | null;
  /** The ways to authenticate, in order of preference; empty where none is needed. */
  readonly auth: readonly AuthScheme[];
  readonly description: LiveDescription | null;
  /** By the name of the client's method: the main one, and whatever else the deployment does. */
  readonly operations: { readonly predict: Operation<Input, Output> } & Others;
}

/**
 * `D`, if every feature name is a name that the description knows; a complaint otherwise.
 * Generated sources put it behind `satisfies`.
 */
export type Described<D, Names extends PropertyKey, Known extends PropertyKey> = [Names] extends [Known]
  ? D
  : { readonly "not in the description": Exclude<Names, Known> };

/** The names that an emitted wire type knows at `Path`, whatever is optional, a list or written as a number on the way. */
export type WireNames<Wire, Path extends readonly string[]> = Path extends readonly [
  infer Head extends string,
  ...infer Rest extends readonly string[],
]
  ? Extract<Element<Wire>, object> extends infer Here
    ? Head extends keyof Here
      ? WireNames<Here[Head], Rest>
      : Head extends `${infer Status extends number}`
        ? Status extends keyof Here
          ? WireNames<Here[Status], Rest>
          : never
        : never
    : never
  : TextKey<keyof Extract<Element<Wire>, object>>;

/** Keys as text: a property that is written as a number has a number for its key. */
type TextKey<Key extends PropertyKey> = Key extends number ? `${Key}` : Key;

type Element<T> = NonNullable<T> extends readonly (infer Item)[] ? NonNullable<Item> : NonNullable<T>;
