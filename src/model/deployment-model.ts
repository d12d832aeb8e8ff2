/*
 * The waist: what every dialect makes of its description, and all that later stages see of it.
 * Plain JSON: `JSON.parse(JSON.stringify(model))` equals `model`.
 *
 * How the systems of this field fit:
 *
 * - a TensorFlow Serving or Open Inference signature is an operation; row or columnar is its framing's business;
 * - the arguments of a Modelbit function are features in the order in which they are called;
 * - a function's or a Cog model's whole output, or a tensor that is the only input, is the one feature of a `bare` row;
 * - tokens that come one by one are a `stream` of such rows;
 * - each operation of a plain service is an operation, its parameters and its `body` features, and its reply is the one
 *   feature of a `bare` row;
 * - values that a schema describes are features with a shape, and shapes that recur or have a name stand in the model.
 */
import type { AuthScheme, CodecSpec, Framing, JsonShape } from "@gen-deploy/runtime";

/** One deployment, whatever system describes it. */
export interface DeploymentModel {
  /** The dialect's id. */
  readonly dialect: string;
  readonly title: string;
  /** Markdown, or empty. */
  readonly doc: string;
  /** The address that the deployment's own page shows, or null where the description does not state it. */
  readonly url: string | null;
  /** In order of preference; empty where none is needed. */
  readonly auth: readonly AuthScheme[];
  /** Where a running deployment serves its description, or null where it does not. */
  readonly live: LiveModel | null;
  /** The main one first; never empty. */
  readonly operations: readonly OperationModel[];
  /** What the shapes of the features call by name; left out where that is nothing. */
  readonly shapes?: readonly NamedShapeModel[];
}

/** A shape that others call by name: every object with stated members, what recurs, and what the description names. */
export interface NamedShapeModel {
  /** As `NamedShape` has it: what the description calls it, made unique. */
  readonly name: string;
  /** Markdown, or empty. */
  readonly doc: string;
  readonly shape: JsonShape;
  /** Markdown by member, for the members that have any. */
  readonly docs: Readonly<Record<string, string>>;
  /** Which way its values go; labels are closed on the way in and open on the way out. */
  readonly side: "input" | "output" | "both";
  /** Where openapi-typescript puts the type of its values, as in `RowModel`, or null. */
  readonly wireType: readonly string[] | null;
}

/** Where the live description is and what of it matters beside the features. */
export interface LiveModel {
  /** Relative to the deployment's address. */
  readonly url: string;
  /** JSON pointers whose contents change how rows are framed, with their fingerprints. */
  readonly rest: readonly { readonly pointer: string; readonly fingerprint: string }[];
}

/** One thing that a deployment does. */
export interface OperationModel {
  /** What the description calls it. */
  readonly id: string;
  readonly doc: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the deployment's address; empty where the address itself is called. */
  readonly path: string;
  readonly framing: Framing;
  readonly input: RowModel;
  readonly output: RowModel;
}

/** The features that go in together, or come out together. */
export interface RowModel {
  readonly features: readonly FeatureModel[];
  /** True where the wire has the value of the only feature in place of an object. */
  readonly bare: boolean;
  /** True where rows come one by one in one reply. */
  readonly stream: boolean;
  /** JSON pointer of the object whose members describe the features. */
  readonly pointer: string;
  /**
   * Where openapi-typescript puts the type of that object: an exported name, then keys. Null where the
   * description is no OpenAPI document.
   */
  readonly wireType: readonly string[] | null;
}

/** One value of a row. */
export interface FeatureModel {
  /** Exactly as the wire has it; any text. */
  readonly wireName: string;
  /** Markdown, or empty. */
  readonly doc: string;
  readonly required: boolean;
  readonly codec: CodecSpec;
  /** Fingerprint of the feature's description. */
  readonly fingerprint: string;
}
