/*
 * Arrays in cells and in rows of JSON and Parquet: lists in lists, `.npy` files and data URLs of them. A shape that is
 * not the input's is refused here, where the line is known.
 */
import { decodeNpy, type Dtype, type NdArray } from "@gen-deploy/runtime";
import { fileReader, isDataUrl } from "./parse-files.js";
import { elementReader, type ElementReader } from "./parse-elements.js";
import { parseJson, whyNoJson } from "./parse-json.js";
import { shownValue, ValueFault } from "./value-fault.js";
import type { RowFiles, ValueReader } from "./value-reader.js";

/** The array that a row has for an input. */
export interface ArraySpec {
  readonly dtype: Dtype;
  /** -1 where any length is right, null where any rank is, empty for a single element. */
  readonly shape: readonly number[] | null;
}

/** What reads arrays of a dtype and shape. */
export function arrayReader(spec: ArraySpec, files: RowFiles): ValueReader {
  const { dtype, shape } = spec;
  const element = elementReader(dtype);
  if (shape?.length === 0) return scalarReader(dtype, element, files);
  const fromLists = (value: unknown): unknown => readLists(value, spec, element);
  const fromFile = async (path: string): Promise<unknown> => fitted(decoded(await files.read(path)), shape);
  const fromText = (text: string): unknown => {
    if (/^\s*\[/.test(text)) return fromLists(parseList(text));
    if (isDataUrl(text)) return fitted(decoded(bytesOfDataUrl(text)), shape);
    if (/\.npy$/i.test(text)) return fromFile(text);
    if (shape === null) return element.fromText(text);
    throw new ValueFault(`is ${shownValue(text)}, not a JSON list, a .npy file or a data URL of one`);
  };
  const isText = dtype === "string" || dtype === "binary";
  return {
    fromText,
    fromValue(value) {
      if (value instanceof Uint8Array && !isText && isNpy(value)) return fitted(decoded(value), shape);
      return typeof value === "string" && !isText ? fromText(value) : fromLists(value);
    },
    ...(isText ? (shape === null ? { empty: "" as const } : {}) : { fromFile }),
    waits: !isText,
  };
}

/** Byte strings come from files; text may be bytes, and a picture that stands by itself is. */
function scalarReader(dtype: Dtype, element: ElementReader, files: RowFiles): ValueReader {
  if (dtype === "binary") return fileReader(files, { addresses: false });
  if (dtype !== "string") return { ...element, waits: false };
  const { fromFile } = fileReader(files, { addresses: false });
  return {
    fromText: (text) => text,
    fromValue: element.fromValue,
    empty: "",
    waits: false,
    ...(fromFile === undefined ? {} : { fromFile }),
  };
}

function parseList(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ValueFault(`is ${shownValue(text)}, which is no JSON${whyNoJson(error)}`);
  }
}

/** As many as NumPy has, and no more than a stack can hold. */
const mostDimensions = 64;

/** Lists in lists, or typed arrays as Parquet has them, as lists of elements. */
function readLists(value: unknown, { dtype, shape }: ArraySpec, element: ElementReader): unknown {
  const isPair = dtype === "complex64" || dtype === "complex128";
  const path: number[] = [];
  const fault = (given: unknown, due: string): ValueFault => {
    const has = path.length === 0 ? "is" : `has at [${path.join("][")}]`;
    return new ValueFault(`${has} ${shownValue(given)}, expected ${due}`);
  };

  function level(given: unknown): unknown {
    const isList = isItems(given, dtype);
    if (shape === null ? !isList || isPair : path.length === shape.length) {
      if (isList && !isPair) throw fault(given, "one element");
      return leaf(given);
    }
    if (path.length > mostDimensions) throw new ValueFault(`has more than ${mostDimensions} dimensions`);
    const due = shape?.[path.length] ?? -1;
    if (!isList) throw fault(given, "a list");
    if (due !== -1 && given.length !== due) throw fault(given, `a list of ${due}`);
    const items: unknown[] = [];
    for (let index = 0; index < given.length; index += 1) {
      path.push(index);
      items.push(level(given[index]));
      path.pop();
    }
    return items;
  }

  function leaf(given: unknown): unknown {
    try {
      return element.fromValue(given);
    } catch (error) {
      if (!(error instanceof ValueFault) || path.length === 0) throw error;
      throw new ValueFault(error.message.replace(/^is /, `has at [${path.join("][")}] `));
    }
  }

  return level(value);
}

/** Whether `value` is a list of items; bytes among texts and byte strings are an item. */
function isItems(value: unknown, dtype: Dtype): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  if (!ArrayBuffer.isView(value) || !("length" in value)) return false;
  return !(value instanceof Uint8Array && (dtype === "string" || dtype === "binary"));
}

function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && bytes[1] === 0x4e && bytes[2] === 0x55;
}

function decoded(bytes: Uint8Array): NdArray {
  try {
    return decodeNpy(bytes);
  } catch (error) {
    throw new ValueFault(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The payload of a data URL (RFC 2397), in base64 or percent-encoded. */
function bytesOfDataUrl(url: string): Uint8Array {
  const comma = url.indexOf(",");
  const head = url.slice(0, comma);
  if (comma === -1) throw new ValueFault("is no data URL that can be read");
  const payload = url.slice(comma + 1);
  if (!/;\s*base64\s*$/i.test(head)) return Buffer.from(unescaped(payload), "latin1");
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(payload))
    throw new ValueFault("is a data URL whose base64 cannot be read");
  return Buffer.from(payload, "base64");
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The array, if its shape is the input's: files are refused with their line. */
function fitted(array: NdArray, shape: readonly number[] | null): NdArray {
  const fits =
    shape === null ||
    (array.shape.length === shape.length &&
      shape.every((due, axis) => due === -1 || due === array.shape[axis]));
  if (fits) return array;
  const due = shape?.map((length) => (length === -1 ? "any" : String(length))).join(", ") ?? "";
  throw new ValueFault(`has shape [${array.shape.join(", ")}], expected [${due}]`);
}
