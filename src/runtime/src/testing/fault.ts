import { shown } from "../errors.js";
import type { Scalar } from "../shapes/json-shape.js";

/** What is wrong with a value and where, as Pydantic 2 lists it and FastAPI answers with it under `detail`. */
export interface Fault {
  readonly type: string;
  /** Where the value was looked for, such as `body`, then names of members, and indices from 0. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** Left out where it is large, or came where credentials come. */
  readonly input?: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** A fault without its place and its value. */
export type FaultWords = Pick<Fault, "type" | "msg" | "ctx">;

type FaultName =
  | "missing"
  | "extra"
  | "notNull"
  | "notText"
  | "notBoolean"
  | "noBoolean"
  | "notWhole"
  | "noWhole"
  | "fraction"
  | "notNumber"
  | "noNumber"
  | "notFinite"
  | "notList"
  | "notTuple"
  | "notRecord"
  | "notObject"
  | "notUrl";

/** Pydantic's words (pydantic-core `src/errors/types.rs`), for the faults that a value of JSON can have. */
export const faultWords: { readonly [Name in FaultName]: FaultWords } = {
  missing: { type: "missing", msg: "Field required" },
  extra: { type: "extra_forbidden", msg: "Extra inputs are not permitted" },
  notNull: { type: "none_required", msg: "Input should be None" },
  notText: { type: "string_type", msg: "Input should be a valid string" },
  notBoolean: { type: "bool_type", msg: "Input should be a valid boolean" },
  noBoolean: { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" },
  notWhole: { type: "int_type", msg: "Input should be a valid integer" },
  noWhole: {
    type: "int_parsing",
    msg: "Input should be a valid integer, unable to parse string as an integer",
  },
  fraction: {
    type: "int_from_float",
    msg: "Input should be a valid integer, got a number with a fractional part",
  },
  notNumber: { type: "float_type", msg: "Input should be a valid number" },
  noNumber: {
    type: "float_parsing",
    msg: "Input should be a valid number, unable to parse string as a number",
  },
  notFinite: { type: "finite_number", msg: "Input should be a finite number" },
  notList: { type: "list_type", msg: "Input should be a valid list" },
  notTuple: { type: "tuple_type", msg: "Input should be a valid tuple" },
  notRecord: { type: "dict_type", msg: "Input should be a valid dictionary" },
  notObject: {
    type: "model_attributes_type",
    msg: "Input should be a valid dictionary or object to extract fields from",
  },
  notUrl: { type: "url_parsing", msg: "Input should be a valid URL, relative URL without a base" },
};

/** For a value that none of `values` is; `isClass` where they have a name, as the members of an enumeration in Python do. */
export function notAmong(values: readonly Scalar[], isClass: boolean): FaultWords {
  const texts = values
    .slice(0, 50)
    .map((value) => (typeof value === "string" ? `'${value}'` : pythonText(value)));
  const last = values.length > texts.length ? "…" : (texts.pop() ?? "");
  const expected = texts.length === 0 ? last : `${texts.join(", ")} or ${last}`;
  return { type: isClass ? "enum" : "literal_error", msg: `Input should be ${expected}`, ctx: { expected } };
}

/** A value that is no text as Python writes it. */
function pythonText(value: Scalar): string {
  if (value === null) return "None";
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/** For a number that is not on its side of a bound. */
export function beyond(bound: "ge" | "gt" | "le" | "lt", limit: number): FaultWords {
  const words = {
    ge: ["greater_than_equal", "greater than or equal to"],
    gt: ["greater_than", "greater than"],
    le: ["less_than_equal", "less than or equal to"],
    lt: ["less_than", "less than"],
  } as const;
  const [type, relation] = words[bound];
  return { type, msg: `Input should be ${relation} ${limit}`, ctx: { [bound]: limit } };
}

/** For a list that has too few items, or too many. */
export function wrongLength(kind: "List" | "Tuple", length: number, { min, max }: Lengths): FaultWords {
  const isShort = min !== undefined && length < min;
  const due = (isShort ? min : max) ?? 0;
  const items = due === 1 ? "item" : "items";
  return {
    type: isShort ? "too_short" : "too_long",
    msg: `${kind} should have at ${isShort ? "least" : "most"} ${due} ${items} after validation, not ${length}`,
    ctx: { field_type: kind, [isShort ? "min_length" : "max_length"]: due, actual_length: length },
  };
}

interface Lengths {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** For a value of which the reason is known in words alone. */
export function valueError(why: string): FaultWords {
  return { type: "value_error", msg: `Value error, ${why}`, ctx: { error: {} } };
}

/** For text that should be base64. */
export function notBase64(text: string): FaultWords {
  return { type: "base64_decode", msg: `Base64 decoding error: ${shown(text, 20)} is not base64` };
}

/** `value` as the input of a fault: present where it is small and no file. */
export function inputOf(value: unknown): { readonly input?: unknown } {
  return value !== undefined && sizeOf(value, 1000) < 1000 ? { input: value } : {};
}

/** About as many characters as `value` has as JSON; at least `enough` from there on, and for bytes. */
function sizeOf(value: unknown, enough: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 4;
  if (ArrayBuffer.isView(value)) return enough;
  let size = 2;
  for (const [name, inner] of Object.entries(value)) {
    size += name.length + sizeOf(inner, enough - size) + 2;
    if (size >= enough) return enough;
  }
  return size;
}

/** A fault of a value that was made of text, as it is told of the text: numbers as they may have stood there. */
export function asOfText(fault: Fault, start: readonly (string | number)[]): Fault {
  const { input } = fault;
  if (fault.type === "missing" && fault.loc.length === start.length + 1) return { ...fault, input: null };
  return typeof input === "number" || typeof input === "boolean" ? { ...fault, input: String(input) } : fault;
}
