import type { BytesInput, SpecsOf, TensorSpec } from "./tensor-types.js";

/** The types of a signature's values: rows one by one, and whole columns. */
export interface SignatureTypes<
  Input = unknown,
  Output = unknown,
  InputColumns = unknown,
  OutputColumns = unknown,
> {
  readonly input: Input;
  readonly output: Output;
  readonly inputColumns: InputColumns;
  readonly outputColumns: OutputColumns;
}

/**
 * A signature that can be called with `predict`, as data: a dtype or shape that is not the columns' does not compile.
 * Rows are the columns without their first dimension where the signature is batched, and the columns where it is not.
 */
export interface Signature<Input = unknown, Output = unknown, InputColumns = Input, OutputColumns = Output> {
  /** As the wire has it. */
  readonly name: string;
  /** Whether rows can be stacked: every input's first declared dimension is -1, or its rank is unknown. */
  readonly batched: boolean;
  readonly inputs: SpecsOf<InputColumns>;
  readonly outputs: SpecsOf<OutputColumns>;
  /** Never there at run time: carries the types to the client's methods. */
  readonly types?: SignatureTypes<Input, Output, InputColumns, OutputColumns>;
}

/** A feature's value where the description does not state its kind: whole floats and integers look alike. */
export type ExampleValue =
  | { readonly float: number | readonly number[] | Float32Array | Float64Array }
  | { readonly int64: number | bigint | readonly (number | bigint)[] | BigInt64Array }
  | { readonly bytes: BytesInput | readonly BytesInput[] };

/** An example whose features the description does not state. */
export type AnyExample = Readonly<Record<string, ExampleValue>>;

/** What a description says of one feature of a `tf.Example`, as plain JSON. */
export interface ExampleFeature {
  /** The kind of its values, or null where the caller must say it with every value. */
  readonly type: "float" | "int64" | "bytes" | null;
  /** Whether it is a list of values and not a single one. */
  readonly list: boolean;
  /** Left out where every example has it. */
  readonly optional?: true;
}

/** One feature for each member of `Example`; null where the members are not known; either where nothing is. */
export type ExampleFeaturesOf<Example> = unknown extends Example
  ? Readonly<Record<string, ExampleFeature>> | null
  : string extends keyof Example
    ? null
    : { readonly [Name in keyof Example & string]-?: ExampleFeature };

/** A signature that can be called with `classify` or `regress`, as data. */
export interface ExampleSignature<Verb extends ExampleVerb = ExampleVerb, Example = AnyExample> {
  /** As the wire has it. */
  readonly name: string;
  readonly verb: Verb;
  /** Null where the description does not state them: then any name is taken, and each value says its kind. */
  readonly features: ExampleFeaturesOf<Example>;
  /** Never there at run time: carries the type to the client's methods. */
  readonly exampleTypes?: { readonly verb: Verb; readonly example: Example };
}

/** What is done with examples. */
export type ExampleVerb = "classify" | "regress";

/** A signature as the runtime reads it, whatever its types. */
export interface SignatureDescriptor {
  readonly name: string;
  readonly batched?: boolean;
  readonly inputs?: Readonly<Record<string, TensorSpec>>;
  readonly outputs?: Readonly<Record<string, TensorSpec>>;
  readonly verb?: ExampleVerb;
  readonly features?: Readonly<Record<string, ExampleFeature>> | null;
}
