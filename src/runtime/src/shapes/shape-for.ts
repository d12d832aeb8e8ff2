/*
 * What holds the shapes of a descriptor to the types of its values. In doubt a shape is let through: a package whose
 * right descriptor does not compile is worse than one whose descriptor is held less closely. Shapes with shapes inside
 * are interfaces, so that types that hold themselves are unfolded no further than a descriptor goes.
 */
import type { BlobLike, FileSource, Image } from "../files/image.js";
import type {
  FileShape,
  JsonShape,
  MemberShape,
  NamedShape,
  NumberShape,
  Scalar,
  UnionShape,
} from "./json-shape.js";
import type { RemoteFile } from "./value-types.js";

/** The shapes that carry values of type `V`; what recurs has a name. */
export type ShapeFor<V> = NamedShape | StatedShapeFor<V>;

/** One member for each member of `Row`, optional where that is. */
export type MembersFor<Row> = unknown extends Row
  ? Readonly<Record<string, MemberShape>>
  : { readonly [Name in keyof Row as StatedName<Name>]-?: MemberFor<Row, Name> };

/** One shape for each type of `Named`, by name: the shapes themselves. */
export type ShapesOf<Named> = unknown extends Named
  ? Readonly<Record<string, JsonShape>>
  : { readonly [Name in keyof Named as StatedName<Name>]: StatedShapeFor<Named[Name]> };

type StatedShapeFor<V> = unknown extends V
  ? Leaf<"any"> | UnionShape
  : [V] extends [never]
    ? JsonShape
    : UnionFor<V> | SingleFor<V>;

interface Leaf<Type extends "any" | "null" | "text" | "boolean"> {
  readonly type: Type;
}

/** What tells files from JSON values, and all that a file may be besides. */
type FileMark = Uint8Array | Image | RemoteFile;
type FilePart = FileMark | ArrayBuffer | BlobLike | FileSource | URL;

type Has<V, Part> = [Extract<V, Part>] extends [never] ? false : true;

/** The shapes that carry all of `V` by themselves. */
type SingleFor<V> =
  Has<V, FileMark> extends true
    ? [Exclude<V, FilePart | string>] extends [never]
      ? FileShape & { readonly form: FileForm<V> }
      : never
    : [V] extends [Scalar]
      ? ScalarFor<V>
      : [V] extends [readonly unknown[]]
        ? ListFor<V> | TupleFor<V>
        : [V] extends [object]
          ? IsUnion<V> extends true
            ? never
            : ObjectFor<V> | RecordFor<V>
          : never;

type FileForm<V> =
  Has<V, URL | RemoteFile> extends true
    ? "uri"
    : Has<V, BlobLike> extends true
      ? Has<V, string> extends true
        ? "data-url"
        : "base64" | "binary"
      : Has<V, Image> extends true
        ? "binary" | "data-url"
        : "base64";

type ScalarFor<V extends Scalar> = EnumFor<V> | LeafFor<V>;

type LeafFor<V extends Scalar> = [V] extends [null]
  ? [V] extends [never]
    ? never
    : Leaf<"null">
  : [V] extends [boolean]
    ? [boolean] extends [V]
      ? Leaf<"boolean">
      : never
    : [Labels<V>] extends [never]
      ? [V] extends [string]
        ? Leaf<"text">
        : [V] extends [number]
          ? NumberShape
          : never
      : never;

interface EnumFor<V extends Scalar> {
  readonly type: "enum";
  readonly values: readonly (
    LabelsOrAny<Extract<V, string>> | LabelsOrAny<Extract<V, number>> | Extract<V, boolean | null>
  )[];
}

/** Where labels fall together with all text or all numbers, none of them is stated. */
type LabelsOrAny<V extends Scalar> = [Labels<V>] extends [never] ? V : Labels<V>;

/** The values that a type states one by one: `Open` adds none. */
type Labels<V extends Scalar> = V extends string
  ? string extends V
    ? never
    : V
  : V extends number
    ? number extends V
      ? never
      : V
    : V;

interface ListFor<V extends readonly unknown[]> {
  readonly type: "list";
  readonly items: ShapeFor<V[number]>;
  readonly min?: number;
  readonly max?: number;
}

interface TupleFor<V extends readonly unknown[]> {
  readonly type: "tuple";
  readonly items: ItemsFor<V>;
  readonly rest?: ShapeFor<RestOf<V>>;
}

type ItemsFor<
  V extends readonly unknown[],
  Done extends readonly JsonShape[] = readonly [],
> = V extends readonly [infer First, ...infer Others]
  ? ItemsFor<Others, readonly [...Done, ShapeFor<First>]>
  : Done;

type RestOf<V extends readonly unknown[]> = V extends readonly [unknown, ...infer Others]
  ? RestOf<Others>
  : V[number];

interface ObjectFor<V> {
  readonly type: "object";
  readonly members: MembersFor<V>;
  readonly rest?: JsonShape | false;
}

/** A record states its names, if its type does; an object with members of several types is none. */
type RecordFor<V> = [StatedName<keyof V>] extends [never]
  ? AnyRecordFor<V>
  : Readonly<Record<keyof V, V[keyof V]>> extends V
    ? AnyRecordFor<V> & { readonly keys: readonly StatedName<keyof V>[] }
    : never;

interface AnyRecordFor<V> {
  readonly type: "record";
  readonly values: ShapeFor<Exclude<V[keyof V], undefined>>;
  readonly keys?: readonly string[];
}

interface RequiredFor<V> {
  readonly shape: ShapeFor<V>;
  readonly optional?: never;
}

interface OptionalFor<V> {
  readonly shape: ShapeFor<V>;
  readonly optional: true;
}

/** Asked of the member itself: an object without it has one all the same if it is called `toString`. */
type MemberFor<Row, Name extends keyof Row> =
  Pick<Row, Name> extends Required<Pick<Row, Name>>
    ? RequiredFor<Exclude<Row[Name], undefined>>
    : OptionalFor<Exclude<Row[Name], undefined>>;

/** A member's name as text; no index signature is one. */
export type StatedName<Name extends PropertyKey> = Name extends string
  ? string extends Name
    ? never
    : Name
  : Name extends number
    ? number extends Name
      ? never
      : `${Name}`
    : never;

/** Where types fall together, as `number` and `1 | 2` do, there are more shapes than types. */
interface UnionFor<V> {
  readonly type: "union";
  readonly of: readonly AlternativeFor<V>[];
}

type AlternativeFor<V> =
  | NamedShape
  | UnionFor<V>
  | LeafFor<Extract<V, string>>
  | LeafFor<Extract<V, number>>
  | LeafFor<Extract<V, boolean>>
  | LeafFor<Extract<V, null>>
  | (Has<V, Scalar> extends true ? EnumFor<Extract<V, Scalar>> : never)
  | (Has<V, FileMark> extends true ? FileShape : never)
  | EachFor<Exclude<V, Scalar | FilePart>>;

type EachFor<V> = V extends unknown ? SingleFor<V> : never;

type IsUnion<V, Whole = V> = V extends unknown ? ([Whole] extends [V] ? false : true) : never;
