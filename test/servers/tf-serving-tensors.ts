import { Buffer } from "node:buffer";
import { ServingFailure, invalid } from "./tf-serving-failure.js";
import { debugText } from "./tf-serving-print.js";
import type { JsonValue } from "./tf-serving-json.js";

/** One element: a `Uint8Array` for DT_STRING, a `bigint` for the 64-bit integers. */
export type Scalar = number | bigint | boolean | Uint8Array;

/** A tensor inside the server, its elements in row-major order. */
export interface ServedTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly Scalar[];
}

/** What a signature declares of a tensor; `shape` is null where the rank is unknown. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[] | null;
}

/** The value as a tensor of `dtype`: its first branch fixes the shape. Throws the server's failure. */
export function toServedTensor(value: JsonValue, dtype: string): ServedTensor {
  const shape: number[] = [];
  for (let at: JsonValue | undefined = value; at?.kind === "list"; at = at.items[0])
    shape.push(at.items.length);
  const data: Scalar[] = [];
  fill(value, 0, { dtype, shape, data });
  return { dtype, shape, data };
}

interface Filling {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Scalar[];
}

function fill(value: JsonValue, level: number, into: Filling): void {
  const rank = into.shape.length;
  if (value.kind !== "list") {
    if (level === rank) return void into.data.push(toScalar(value, into.dtype));
    const places = `found at incorrect level: ${level + 1} in the JSON DOM. Expected at level: ${rank}`;
    throw invalid(`JSON Value: ${debugText(value)} ${places}`);
  }
  const size = value.items.length;
  if (level >= rank) throw invalid(`Encountered list at unexpected level: ${level} expected < ${rank}`);
  if (size !== into.shape[level]) {
    const due = `expected size: ${into.shape[level]}`;
    throw invalid(`Encountered list at unexpected size: ${size} at level: ${level} ${due}`);
  }
  for (const item of value.items) fill(item, level + 1, into);
}

const int32: readonly [bigint, bigint] = [-(2n ** 31n), 2n ** 31n - 1n];

/** The literals that an integer dtype takes; the narrow ones are not held to their own range. */
const ranges: ReadonlyMap<string, readonly [least: bigint, greatest: bigint]> = new Map([
  ["DT_INT8", int32],
  ["DT_INT16", int32],
  ["DT_INT32", int32],
  ["DT_UINT8", int32],
  ["DT_INT64", [-(2n ** 63n), 2n ** 63n - 1n]],
  ["DT_UINT32", [0n, 2n ** 32n - 1n]],
  ["DT_UINT64", [0n, 2n ** 64n - 1n]],
]);

function toScalar(value: JsonValue, dtype: string): Scalar {
  const range = ranges.get(dtype);
  if (range !== undefined) {
    if (value.kind !== "integer" || value.value < range[0] || value.value > range[1])
      throw wrongType(value, dtype);
    return dtype.endsWith("INT64") ? value.value : Number(value.value);
  }
  if (dtype === "DT_FLOAT" || dtype === "DT_DOUBLE") {
    if (value.kind !== "integer" && value.kind !== "double") throw wrongType(value, dtype);
    const number = Number(value.value);
    return dtype === "DT_FLOAT" ? Math.fround(number) : number;
  }
  if (dtype === "DT_BOOL") {
    if (value.kind !== "boolean") throw wrongType(value, dtype);
    return value.value;
  }
  if (dtype === "DT_STRING") {
    const bytes = toBytes(value);
    if (bytes === undefined) throw wrongType(value, dtype);
    return bytes;
  }
  const conversion = `Conversion of JSON Value: ${debugText(value)} to type: ${dtypeText(dtype)}`;
  throw new ServingFailure("UNIMPLEMENTED", conversion);
}

/** `float` for DT_FLOAT, as error texts have it. */
export function dtypeText(dtype: string): string {
  return dtype.replace(/^DT_/, "").toLowerCase();
}

function wrongType(value: JsonValue, dtype: string): ServingFailure {
  const type = `Type: ${typeText(value)} is not of expected type: ${dtypeText(dtype)}`;
  return invalid(`JSON Value: ${debugText(value)} ${type}`);
}

/** A value's kind as RapidJSON names it. */
export function typeText(value: JsonValue): string {
  switch (value.kind) {
    case "null":
      return "Null";
    case "boolean":
      return value.value ? "True" : "False";
    case "string":
      return "String";
    case "integer":
    case "double":
      return "Number";
    case "list":
      return "Array";
    case "object":
      return "Object";
  }
}

/** Whether the value is `{"b64": text}` and nothing more: that alone makes it binary. */
export function isBinary(value: JsonValue): boolean {
  if (value.kind !== "object" || value.members.length !== 1) return false;
  return value.members[0]?.name === "b64" && value.members[0].value.kind === "string";
}

/** The bytes of text or of a b64 object; undefined for any other value. Throws where the base64 is none. */
export function toBytes(value: JsonValue): Uint8Array | undefined {
  if (value.kind === "string") return Buffer.from(value.value, "utf8");
  if (value.kind !== "object" || !isBinary(value)) return undefined;
  const content = value.members[0]?.value;
  const text = content?.kind === "string" ? content.value.replace(/\s/g, "") : "";
  const [, digits = "", padding = ""] = /^([A-Za-z0-9+/]*)(=*)$/.exec(text) ?? [];
  const missing = (4 - (digits.length % 4)) % 4;
  const right =
    digits.length + padding.length === text.length &&
    missing < 3 &&
    (padding.length === 0 || padding.length === missing);
  if (!right) throw invalid(`JSON Value: ${debugText(value)} Unable to base64 decode`);
  return Buffer.from(digits, "base64");
}
