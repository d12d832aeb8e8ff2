/*
 * The schema of a tensor comes in, its dtype and shape go out: stated by `x-tensor`, else read from the schema itself
 * as KServe's tf2openapi writes it, where every number is just a number.
 */
import { faultAt, quoted } from "../spec/openapi-fault.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { appendPointer, isArray, isObject, ownMember } from "../spec/pointer.js";
import type { Json, JsonObject, Located, ResolvedSpec } from "../spec/spec-types.js";
import { dtypeNames, fingerprintOf, isTensorShape, toDtype } from "./tf-serving-tensor.js";
import type { Dtype, Tensor } from "./tf-serving-tensor.js";

/** What states dtype, whole shape and, for a tensor that stands bare, name. */
export const tensorMark = "x-tensor";

/** A tensor's schema and where it stands. */
export interface TensorSchema {
  readonly name: string;
  /** Whether the description does not name it. */
  readonly unnamed?: boolean;
  readonly schema: Located<JsonObject>;
  /** Whether the schema is of one row: the batch dimension is not in it. */
  readonly row: boolean;
}

/** What a schema's words say of the values in it. */
interface Reading {
  readonly dtype: Dtype;
  readonly assumed: boolean;
  readonly shape: readonly number[] | null;
}

/** The tensor of a schema; throws where `x-tensor` is wrong. */
export function toTensor(spec: ResolvedSpec, { name, unnamed = false, schema, row }: TensorSchema): Tensor {
  const mark = objectAt(spec, schema, tensorMark);
  const read = readSchema(spec, schema, row);
  const dtype = mark && statedDtype(spec, name, mark);
  const shape = mark && statedShape(spec, mark, row);
  const readDtype = toDtype(read.dtype, name) ?? read.dtype;
  return {
    name,
    doc: ownText(schema.value, "description").trim(),
    dtype: dtype ?? readDtype,
    shape: shape === undefined ? read.shape : shape,
    assumed: dtype === undefined && read.assumed,
    unnamed,
    fingerprint: fingerprintOf(spec.root, schema.pointer),
  };
}

/** Whether a schema is an object of tensors by name, and not one tensor. */
export function isByName({ value }: Located<JsonObject>): boolean {
  return (
    isObject(ownMember(value, "properties")) && ownMember(value, tensorMark) === undefined && !isBytes(value)
  );
}

/** Whether a schema is `{"b64": text}`: bytes, to the server as to tf2openapi. */
export function isBytes(schema: Json): boolean {
  const properties = ownMember(schema, "properties");
  if (!isObject(properties) || Object.keys(properties).join() !== "b64") return false;
  const only = ownMember(properties, "b64");
  return ownMember(only, tensorMark) === undefined && typeOf(only ?? null) === "string";
}

/** The type of a schema; the first that is not null where it has several (OpenAPI 3.1). */
export function typeOf(schema: Json): string {
  const type = ownMember(schema, "type");
  const found = isArray(type) ? type.find((one) => one !== "null") : type;
  return typeof found === "string" ? found : "";
}

function statedDtype(spec: ResolvedSpec, name: string, mark: Located<JsonObject>): Dtype | undefined {
  const stated = ownMember(mark.value, "dtype");
  if (stated === undefined) return undefined;
  const dtype = typeof stated === "string" ? toDtype(stated, name) : undefined;
  if (dtype !== undefined) return dtype;
  throw faultAt(spec, appendPointer(mark.pointer, "dtype"), {
    code: "tf-serving/bad-dtype",
    message: `The tensor ${quoted(name)} has the dtype ${quoted(stated)}, which REST cannot carry.`,
    hint: `Write one of ${dtypeNames}, or TensorFlow's own name such as DT_FLOAT.`,
  });
}

function statedShape(
  spec: ResolvedSpec,
  mark: Located<JsonObject>,
  row: boolean,
): readonly number[] | null | undefined {
  const stated = ownMember(mark.value, "shape");
  if (stated === undefined || stated === null) return stated;
  const shape = isArray(stated) ? stated.map((length) => (typeof length === "number" ? length : NaN)) : [NaN];
  if (isTensorShape(shape) && (!row || shape[0] === -1)) return shape;
  throw faultAt(spec, appendPointer(mark.pointer, "shape"), {
    code: "tf-serving/bad-shape",
    message: `The shape ${quoted(stated)} is not that of a tensor${row ? " of rows, whose first dimension is -1" : ""}.`,
    hint: "Write the whole shape as the server's metadata has it, batch first, -1 where any length is right; null where the rank is unknown.",
  });
}

function readSchema(spec: ResolvedSpec, schema: Located<JsonObject>, row: boolean): Reading {
  const shape: number[] = row ? [-1] : [];
  let here = schema;
  for (;;) {
    const items = objectAt(spec, here, "items");
    if (items === undefined && typeOf(here.value) !== "array") break;
    shape.push(lengthOf(here.value));
    if (!isTensorShape(shape)) {
      throw faultAt(spec, here.pointer, {
        code: "tf-serving/bad-shape",
        message: `The lists nest to the shape ${quoted(shape)}, which no tensor can have.`,
        hint: "Correct minItems and maxItems: they are equal where the length is fixed.",
      });
    }
    // A list of anything: neither rank nor dtype is stated.
    if (items === undefined) return { dtype: "float64", assumed: true, shape: null };
    here = items;
  }
  const known = knownDtype(here.value);
  if (known !== undefined) return { dtype: known, assumed: false, shape };
  const any = typeOf(here.value) === "";
  return { dtype: "float64", assumed: true, shape: any ? null : shape };
}

function lengthOf(schema: JsonObject): number {
  const least = ownMember(schema, "minItems");
  return typeof least === "number" && least === ownMember(schema, "maxItems") ? least : -1;
}

/** Formats are those of OpenAPI 3.0 §4.4; a number without one may be anything that JSON writes as a number. */
function knownDtype(schema: JsonObject): Dtype | undefined {
  if (isBytes(schema)) return "binary";
  const format = ownText(schema, "format");
  switch (typeOf(schema)) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "integer":
      return format === "int32" ? "int32" : "int64";
    case "number":
      return format === "float" ? "float32" : format === "double" ? "float64" : undefined;
    default:
      return undefined;
  }
}
