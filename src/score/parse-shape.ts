/*
 * Values that a schema describes. A cell's text is read as the narrowest of the alternatives that it fits: a label
 * before a number, a number before text. What stands inside of lists and objects is JSON in a cell; whether it fits in
 * every point is for the client to say.
 */
import type { EnumShape, JsonShape, NumberShape, Scalar } from "@gen-deploy/runtime";
import { suggest } from "../spec/suggest.js";
import { alternativesOf, holdsFile, type StatedShape } from "./input-shapes.js";
import { isMembers } from "./own-members.js";
import { toBoolean, toFinite, toInteger, toText } from "./parse-elements.js";
import { fileReader } from "./parse-files.js";
import { parseJson, whyNoJson } from "./parse-json.js";
import { readNested, type NestedContext } from "./parse-nested.js";
import { parseBoolean, parseInteger, parseNumber, withinBounds } from "./parse-number.js";
import { nearOnes, shownValue, ValueFault } from "./value-fault.js";
import type { ValueReader } from "./value-reader.js";

type Reader = Pick<ValueReader, "fromText" | "fromValue" | "fromFile">;

/** The narrowest first. */
const order: readonly StatedShape["type"][] = [
  ...(["enum", "boolean", "integer", "number", "null"] as const),
  ...(["tuple", "list", "object", "record", "any", "file", "text"] as const),
];

/** What reads values of `shape`. */
export function shapeReader(shape: JsonShape, context: NestedContext): ValueReader {
  const stated = alternativesOf([shape], context.shapes).toSorted(
    (one, other) => order.indexOf(one.type) - order.indexOf(other.type),
  );
  // What may be text is not looked for on the disk.
  const isText = stated.some(({ type }) => type === "text" || type === "any");
  const taken = isText ? stated.filter(({ type }) => type !== "file") : stated;
  const readers = taken.map((one) => statedReader(one, shape, context));
  const [only] = readers;
  const hasNull = stated.some(({ type }) => type === "null" || type === "any");
  const hasEmpty = stated.some(
    (one) => one.type === "text" || (one.type === "enum" && one.values.includes("")),
  );
  return {
    ...(only !== undefined && readers.length === 1 ? only : firstOf(readers)),
    ...(hasNull ? { empty: null } : hasEmpty ? { empty: "" as const } : {}),
    waits: holdsFile(shape, context.shapes),
  };
}

/** What reads whatever the first of several takes. */
function firstOf(readers: readonly Reader[]): Reader {
  const first = (value: unknown, read: (one: Reader) => unknown): unknown => {
    const faults = new Set<string>();
    for (const one of readers) {
      try {
        return read(one);
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error;
        faults.add(error.message);
      }
    }
    const [fault, ...others] = faults;
    if (fault !== undefined && others.length === 0) throw new ValueFault(fault);
    throw new ValueFault(`is ${shownValue(value)}, which fits none of ${readers.length} alternatives`);
  };
  return {
    fromText: (text) => first(text, (one) => one.fromText(text)),
    fromValue: (value) => first(value, (one) => one.fromValue(value)),
  };
}

function statedReader(stated: StatedShape, whole: JsonShape, context: NestedContext): Reader {
  switch (stated.type) {
    case "text":
      return { fromText: (text) => text, fromValue: toText };
    case "boolean":
      return { fromText: parseBoolean, fromValue: toBoolean };
    case "integer":
      return numbers(stated, parseInteger, toInteger);
    case "number":
      return numbers(stated, parseNumber, toFinite);
    case "enum":
      return labels(stated);
    case "null":
      return { fromText: (text) => (text.trim() === "null" ? null : notNull(text)), fromValue: notNull };
    case "file":
      return fileReader(context.files, { addresses: stated.form === "uri" });
    case "any":
      return {
        fromText: (text) => readNested(valueOf(text), whole, context),
        fromValue: (value) => readNested(value, whole, context),
      };
    case "list":
    case "tuple":
      return nested("a list", isItems, whole, context);
    case "object":
    case "record":
      return nested("an object", isMembers, whole, context);
  }
}

function notNull(value: unknown): never {
  throw new ValueFault(`is ${shownValue(value)}, not null`);
}

function numbers<N extends number | bigint>(
  bounds: NumberShape,
  fromText: (text: string) => N,
  fromValue: (value: unknown) => N,
): Reader {
  return {
    fromText: (text) => withinBounds(fromText(text), bounds),
    fromValue: (value) => withinBounds(fromValue(value), bounds),
  };
}

/** One of the stated values, by its own text: `2`, `true` and `null` are those of JSON. */
function labels({ values }: EnumShape): Reader {
  const byText = new Map<string, Scalar>(values.map((value) => [String(value), value]));
  for (const value of values) if (typeof value === "string") byText.set(value, value);
  const known = new Set<unknown>(values);
  const numeric = values.some((value) => typeof value === "number");
  const unknown = (given: unknown): ValueFault => {
    const names = [...byText.keys()];
    const near = typeof given === "string" ? suggest(given, names) : [];
    return new ValueFault(
      `is ${shownValue(given)}, not one of its ${values.length} labels: ${nearOnes(names, near)}`,
    );
  };
  return {
    fromText(text) {
      const value = byText.get(text);
      if (value !== undefined) return value;
      const number = numeric && text.trim() !== "" ? Number(text) : NaN;
      if (known.has(number)) return number;
      throw unknown(text);
    },
    fromValue(value) {
      const given =
        typeof value === "bigint" ? Number(value) : value instanceof Uint8Array ? toText(value) : value;
      if (known.has(given)) return given;
      throw unknown(given);
    },
  };
}

function nested(
  what: string,
  isRight: (value: unknown) => boolean,
  whole: JsonShape,
  context: NestedContext,
): Reader {
  const fromValue = (value: unknown): unknown => {
    if (isRight(value)) return readNested(value, whole, context);
    throw new ValueFault(`is ${shownValue(value)}, expected ${what}`);
  };
  return {
    fromText(text) {
      let value: unknown;
      try {
        value = parseJson(text);
      } catch (error) {
        throw new ValueFault(`is ${shownValue(text)}, expected ${what} as JSON${whyNoJson(error)}`);
      }
      return fromValue(value);
    },
    fromValue: (value) => (typeof value === "string" ? refuseText(value, what) : fromValue(value)),
  };
}

function refuseText(value: string, what: string): never {
  throw new ValueFault(`is ${shownValue(value)}, expected ${what}`);
}

function isItems(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof Uint8Array));
}

/** What a text is where anything may stand: the value of a JSON text, and other text itself. */
function valueOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
