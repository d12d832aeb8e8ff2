import { Buffer } from "node:buffer";
import { isBinary, toBytes } from "../servers/tf-serving-tensors.js";
import type { Scalar, ServedTensor } from "../servers/tf-serving-tensors.js";
import { memberOf, parseServingJson } from "../servers/tf-serving-json.js";
import type { JsonValue } from "../servers/tf-serving-json.js";
import type { Vector, VectorScalar, VectorTensor } from "./vectors-file.js";

/** A tensor in a form that `toEqual` compares rightly: each element as text that tells every value from every other. */
export interface PlainTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

/** A vector's element as text. */
export function plainScalar(value: VectorScalar, dtype: string): string {
  if (typeof value === "object") {
    return "utf8" in value ? `bytes:${Buffer.from(value.utf8, "utf8").toString("hex")}` : hex(value.base64);
  }
  if (typeof value === "boolean") return String(value);
  return dtype.endsWith("INT64") ? String(BigInt(value)) : plainNumber(Number(value), dtype);
}

function hex(base64: string): string {
  return `bytes:${Buffer.from(base64, "base64").toString("hex")}`;
}

/** A number as text, float32 rounded, the sign of zero kept. */
export function plainNumber(value: number, dtype: string): string {
  const rounded = dtype === "DT_FLOAT" ? Math.fround(value) : value;
  return Object.is(rounded, -0) ? "-0" : String(rounded);
}

/** A vector's tensor to be compared. */
export function plainVector({ dtype, shape, data }: VectorTensor): PlainTensor {
  return { dtype, shape, data: data.map((value) => plainScalar(value, dtype)) };
}

/** The server's tensor to be compared. */
export function plainServed({ dtype, shape, data }: ServedTensor): PlainTensor {
  return { dtype, shape, data: data.map((value) => plainServedScalar(value, dtype)) };
}

/** The server's element as text. */
export function plainServedScalar(value: Scalar, dtype: string): string {
  if (typeof value === "object") return `bytes:${Buffer.from(value).toString("hex")}`;
  return typeof value === "number" ? plainNumber(value, dtype) : String(value);
}

/** A vector's tensor as the server computes with it. */
export function servedVector({ dtype, shape, data }: VectorTensor): ServedTensor {
  return { dtype, shape, data: data.map((value) => servedScalar(value, dtype)) };
}

function servedScalar(value: VectorScalar, dtype: string): Scalar {
  if (typeof value === "object")
    return "utf8" in value ? Buffer.from(value.utf8) : Buffer.from(value.base64, "base64");
  if (typeof value === "boolean") return value;
  if (dtype.endsWith("INT64")) return BigInt(value);
  return dtype === "DT_FLOAT" ? Math.fround(Number(value)) : Number(value);
}

/**
 * A body as text in which only what matters differs: no white space, keys in order, and the spellings that the
 * contract calls equal made one. Those are a one-input signature's value with and without its name, an example's
 * value and its list of one, and, apart from examples, a number with and without its point.
 */
export function tokensOf(text: string, { format, signature }: Vector): string {
  const root = parseServingJson(text);
  if (root.kind !== "object") return tokens(root, "exact");
  const members = root.members.map(({ name, value }) => {
    const settled = withoutName(name, value, signature?.inputs.map((input) => input.name) ?? []);
    const style =
      format !== "examples" ? "value" : name === "context" || name === "examples" ? "example" : "exact";
    return `${JSON.stringify(name)}:${tokens(settled, style)}`;
  });
  return members.toSorted().join(",");
}

/** How numbers and lists are told apart. */
type Style = "exact" | "value" | "example";

function withoutName(key: string, value: JsonValue, inputs: readonly string[]): JsonValue {
  const [only] = inputs;
  if (inputs.length !== 1 || only === undefined) return value;
  const unwrap = (item: JsonValue): JsonValue => {
    if (item.kind !== "object" || isBinary(item) || item.members.length !== 1) return item;
    return memberOf(item.members, only) ?? item;
  };
  if (key === "inputs") return unwrap(value);
  if (key !== "instances" || value.kind !== "list") return value;
  return { kind: "list", items: value.items.map(unwrap) };
}

function tokens(value: JsonValue, style: Style, depth: number = 0): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "integer":
      return String(value.value);
    case "double": {
      const text = plainNumber(value.value, "");
      return style === "value" || !Number.isInteger(value.value) ? text : `${text}.0`;
    }
    case "list": {
      const [first, ...more] = value.items;
      // Examples stand in a list; whatever list is deeper is a feature's.
      if (style === "example" && depth > 0 && first !== undefined && more.length === 0)
        return tokens(first, style, depth + 1);
      return `[${value.items.map((item) => tokens(item, style, depth + 1)).join(",")}]`;
    }
    case "object": {
      const members = value.members.map(
        ({ name, value: member }) => `${JSON.stringify(name)}:${tokens(member, style, depth + 1)}`,
      );
      return `{${members.toSorted().join(",")}}`;
    }
  }
}

/** Every element of a request's input in order: whether the vector's body spells it as base64. */
export function base64Places(wire: string, input: string, inputs: readonly string[]): readonly boolean[] {
  const root = parseServingJson(wire);
  if (root.kind !== "object") return [];
  const whole = memberOf(root.members, "inputs") ?? memberOf(root.members, "instances");
  const places: boolean[] = [];
  const visit = (value: JsonValue | undefined): void => {
    if (value?.kind === "list") return value.items.forEach(visit);
    if (value?.kind !== "object" || isBinary(value))
      return void places.push(value !== undefined && isBytes(value));
    const known = value.members.every(({ name }) => inputs.includes(name));
    if (known) visit(memberOf(value.members, input));
  };
  visit(whole);
  return places;
}

function isBytes(value: JsonValue): boolean {
  return value.kind === "object" && toBytes(value) !== undefined;
}
