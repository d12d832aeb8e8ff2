/*
 * What a JSON value looks like, as plain JSON: the instruction set for descriptions that speak in schemas. A deployment
 * whose values are like this states shapes; `shapes/` writes values by them and holds replies to them.
 */

/** What JSON has at its leaves. */
export type Scalar = string | number | boolean | null;

/** What a value looks like. Requests are held to it; replies are, as far as real servers keep their promises. */
export type JsonShape =
  | { readonly type: "any" | "null" | "text" | "boolean" }
  | NumberShape
  | EnumShape
  | FileShape
  | ListShape
  | TupleShape
  | RecordShape
  | ObjectShape
  | UnionShape
  | NamedShape;

/** A number, or a whole one: `min` and `max` are inclusive, `above` and `below` are not. Held on the way in alone. */
export interface NumberShape {
  readonly type: "number" | "integer";
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** One of these values; in a reply others are delivered too. */
export interface EnumShape {
  readonly type: "enum";
  readonly values: readonly Scalar[];
}

/**
 * Bytes.
 *
 * `base64` is text in base64 (RFC 4648 §4), `data-url` a data URL (RFC 2397), `uri` an address or a data URL, and
 * `binary` a part of a form or a whole body.
 */
export interface FileShape {
  readonly type: "file";
  readonly form: "base64" | "binary" | "data-url" | "uri";
  /** As the description states it; left out where it states none. */
  readonly mediaType?: string;
}

/** A list; `min` and `max` count its items, both inclusive. */
export interface ListShape {
  readonly type: "list";
  readonly items: JsonShape;
  readonly min?: number;
  readonly max?: number;
}

/** A list whose items each have a shape of their own; `rest` is that of any further ones, and without it there are none. */
export interface TupleShape {
  readonly type: "tuple";
  readonly items: readonly JsonShape[];
  readonly rest?: JsonShape;
}

/** An object whose names are data; `keys` are the names that it has where they are stated. */
export interface RecordShape {
  readonly type: "record";
  readonly values: JsonShape;
  readonly keys?: readonly string[];
}

/** One member of an object. */
export interface MemberShape {
  readonly shape: JsonShape;
  /** Left out where every object has it. */
  readonly optional?: true;
}

/**
 * An object with stated members. `rest` is the shape of any others; false refuses them, and without it they are
 * let through as they are.
 */
export interface ObjectShape {
  readonly type: "object";
  readonly members: Readonly<Record<string, MemberShape>>;
  readonly rest?: JsonShape | false;
}

/** Any one of these; the first that fits is taken. */
export interface UnionShape {
  readonly type: "union";
  readonly of: readonly JsonShape[];
}

/** The shape that the deployment states under this name: what recurs, or is long, stands there once. */
export interface NamedShape {
  readonly type: "named";
  readonly name: string;
}
