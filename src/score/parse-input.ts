/*
 * What reads the values of one input, by its codec: the runtime's instruction set, the other way about.
 */
import type { CodecSpec, ExampleCodec, NumberCodec } from "@gen-deploy/runtime";
import { arrayReader } from "./parse-array.js";
import { elementReader, toFinite, toNumber, toText } from "./parse-elements.js";
import { fileReader, toBytes } from "./parse-files.js";
import { parseJson } from "./parse-json.js";
import type { NestedContext } from "./parse-nested.js";
import { parseNumber, withinBounds } from "./parse-number.js";
import { isMembers } from "./own-members.js";
import { shapeReader } from "./parse-shape.js";
import { shownValue, ValueFault } from "./value-fault.js";
import type { ValueReader } from "./value-reader.js";

/** What reads values of `codec`; of a signature whose rows are stacked, those of one row. */
export function inputReader(
  codec: CodecSpec,
  context: NestedContext,
  { stacked }: { readonly stacked: boolean },
): ValueReader {
  switch (codec.kind) {
    case "number":
      return numberReader(codec);
    case "text":
      return { fromText: (text) => text, fromValue: toText, empty: "", waits: false };
    case "label":
      return shapeReader({ type: "enum", values: codec.labels }, context);
    case "image":
      return fileReader(context.files, { addresses: false });
    case "tensor": {
      const { dtype, shape } = codec;
      return arrayReader({ dtype, shape: stacked ? (shape?.slice(1) ?? null) : shape }, context.files);
    }
    case "example":
      return exampleReader(codec, context);
    case "json":
      return shapeReader(codec.shape, context);
    case "probabilities":
      return shapeReader({ type: "record", values: { type: "number" } }, context);
  }
}

function numberReader(bounds: NumberCodec): ValueReader {
  return {
    fromText: (text) => withinBounds(parseNumber(text), bounds),
    fromValue: (value) => withinBounds(toFinite(value), bounds),
    waits: false,
  };
}

const dtypes = { float: "float32", int64: "int64", bytes: "string" } as const;

/** A feature of a `tf.Example`: a value, or a list as JSON. What states no kind is float or bytes unless it says so. */
function exampleReader({ type, list }: ExampleCodec, { files }: NestedContext): ValueReader {
  if (type === null) return { fromText: taggedText, fromValue: taggedValue, waits: false };
  const element = elementReader(dtypes[type]);
  const one = (value: unknown): unknown =>
    type === "bytes" ? (toBytes(value) ?? toText(value)) : element.fromValue(value);
  const file = fileReader(files, { addresses: false }).fromFile;
  const lists = arrayReader({ dtype: dtypes[type], shape: [-1] }, files);
  return {
    fromText: (text) => (list && /^\s*\[/.test(text) ? lists.fromText(text) : element.fromText(text)),
    fromValue: (value) => (list && Array.isArray(value) ? value.map(one) : one(value)),
    ...(type === "bytes" ? { empty: "" as const } : {}),
    ...(type === "bytes" && file !== undefined ? { fromFile: file } : {}),
    waits: false,
  };
}

function taggedText(text: string): unknown {
  const given = /^\s*[[{]/.test(text) ? jsonOr(text) : undefined;
  if (given !== undefined) return taggedValue(given);
  try {
    return { float: parseNumber(text) };
  } catch {
    return { bytes: text };
  }
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function taggedValue(value: unknown): unknown {
  if (typeof value === "bigint") return { int64: value };
  if (typeof value === "number") return { float: value };
  if (typeof value === "string") return { bytes: value };
  const bytes = toBytes(value);
  if (bytes !== undefined) return { bytes };
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === "string")) return { bytes: value };
    return { float: value.map(toNumber) };
  }
  const [tag, ...others] = isMembers(value) ? Object.keys(value) : [];
  if (tag !== undefined && others.length === 0 && Object.hasOwn(dtypes, tag)) return value;
  throw new ValueFault(
    `is ${shownValue(value)}, expected one of {"float": …}, {"int64": …} and {"bytes": …}`,
  );
}
