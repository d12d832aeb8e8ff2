/*
 * In: the `descr` of a `.npy` header. Out: how the items of the array lie in the file. Never looks at the items.
 */
import type { Dtype } from "./dtype.js";
import { DeploymentError, shown } from "./errors.js";
import { isNumeric, storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import type { Literal } from "./npy-literal.js";

/** How one item of an array lies in a `.npy` file. */
export interface ItemType {
  readonly dtype: Dtype;
  /** In bytes; 0 is legal. */
  readonly itemSize: number;
  /** Bytes of the words that stand in the order that is not this machine's; 0 where nothing is to be swapped. */
  readonly swap: number;
  /** Whether the items are UTF-32 text. */
  readonly wide: boolean;
  /** NumPy's description, where the items stay raw bytes. */
  readonly descr: string | undefined;
}

/** Whether this machine puts the low byte first. */
export const littleEndian: boolean = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** NumPy refuses items that are larger. */
const largestItem = 2 ** 31 - 1;

const numericTypes = new Map<string, NumericDtype>();
for (const [dtype, { kind, itemSize }] of Object.entries(storageByDtype)) {
  if (isNumeric(dtype)) numericTypes.set(`${kind}${itemSize}`, dtype);
}

/** NumPy's one-letter codes whose size is the same on every platform. */
const letters = new Map(
  [..."?b1 bi1 Bu1 hi2 Hu2 ii4 Iu4 qi8 Qu8 ef2 ff4 df8 Fc8 Dc16".split(" ")].map((pair) => [
    pair.slice(0, 1),
    pair.slice(1),
  ]),
);

const typeString =
  /^([<>|=]?)([?a-zA-Z])(\d*)(?:\[(\d*(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)(?:\/[1-9]\d*)?|generic)\])?$/;

/** The items that `descr` describes; throws `bad-npy` where NumPy would refuse it, or where it holds Python objects. */
export function parseItemType(descr: Literal): ItemType {
  if (descr.kind !== "text") return raw(structSize(descr, 0), descr.source);
  const text = descr.text;
  if (isNumeric(text)) return numeric(text, false);
  const [, order, letter = "", digits = "", unit] = typeString.exec(text) ?? refuse(descr);
  const foreign = order === (littleEndian ? ">" : "<");
  const size = Number(digits);
  const dtype =
    unit === undefined && numericTypes.get(digits === "" ? (letters.get(letter) ?? "") : `${letter}${size}`);
  if (dtype) return numeric(dtype, foreign);
  if (letter === "O")
    throw new DeploymentError(
      "bad-npy",
      "The .npy file holds pickled Python objects, expected numbers, text or raw bytes.",
    );
  if ((letter === "M" || letter === "m") && (digits === "8" || (digits === "" && unit === undefined)))
    return raw(8, text);
  if (unit !== undefined) return refuse(descr);
  if (letter === "f" && size === 16) return raw(16, text);
  if (letter === "c" && size === 32) return raw(32, text);
  if (letter === "V") return raw(checked(size), text);
  if (letter === "S" || letter === "a")
    return { dtype: "string", itemSize: checked(size), swap: 0, wide: false, descr: undefined };
  if (letter === "U")
    return {
      dtype: "string",
      itemSize: checked(size * 4),
      swap: foreign ? 4 : 0,
      wide: true,
      descr: undefined,
    };
  return refuse(descr);
}

function numeric(dtype: NumericDtype, foreign: boolean): ItemType {
  const { itemSize, parts } = storageByDtype[dtype];
  const word = itemSize / parts;
  return { dtype, itemSize, swap: foreign && word > 1 ? word : 0, wide: false, descr: undefined };
}

function raw(itemSize: number, descr: string): ItemType {
  return { dtype: "bytes", itemSize, swap: 0, wide: false, descr };
}

function refuse(descr: Literal): never {
  throw new DeploymentError(
    "bad-npy",
    `The .npy header's descr is ${shown(descr.source)}, expected a type that NumPy knows.`,
  );
}

function checked(size: number): number {
  if (size <= largestItem) return size;
  throw new DeploymentError(
    "bad-npy",
    `The .npy header's descr has items of ${size} bytes, expected at most ${largestItem}.`,
  );
}

/** Bytes of one item of a structured type: a list of fields, or a type with a shape. */
function structSize(descr: Literal, depth: number): number {
  if (descr.kind === "text") return parseItemType(descr).itemSize;
  if (descr.kind === "tuple") {
    const [base, shape] = descr.items;
    // NumPy adds the shape of a bare type to that of the array, so that the two never agree.
    if (depth === 0 || base === undefined || shape === undefined || descr.items.length > 2)
      return refuse(descr);
    return repeated(base, shape, depth);
  }
  if (descr.kind !== "list") return refuse(descr);
  const names = new Set<string>();
  let size = 0;
  for (const [index, field] of descr.items.entries()) {
    if (field.kind !== "tuple" && field.kind !== "list") return refuse(descr);
    const [name, type, shape] = field.items;
    if (name === undefined || type === undefined || field.items.length > 3) return refuse(descr);
    const padding =
      name.kind === "text" && name.text === "" && type.kind === "text" && /^[<>|=]?V/.test(type.text);
    for (const label of padding ? [] : labelsOf(name, index)) {
      if (names.has(label)) return refuse(descr);
      names.add(label);
    }
    size = checked(
      size + (shape === undefined ? structSize(type, depth + 1) : repeated(type, shape, depth + 1)),
    );
  }
  return size;
}

/** A field's name, and its title where it has one. */
function labelsOf(name: Literal, index: number): readonly string[] {
  if (name.kind === "text") return [name.text === "" ? `f${index}` : name.text];
  const [title, own] = name.kind === "tuple" && name.items.length === 2 ? name.items : [];
  if (title?.kind !== "text" || own?.kind !== "text" || title === own) return refuse(name);
  return [title.text, ...labelsOf(own, index)];
}

/** Bytes of an item that is itself an array of `base`. */
function repeated(base: Literal, shape: Literal, depth: number): number {
  const size = structSize(base, depth);
  // NumPy repeats text and raw bytes only where they are of some length, but structures without fields always.
  if (size === 0 && base.kind !== "list") return refuse(base);
  let count = 1;
  for (const length of shape.kind === "tuple" || shape.kind === "list" ? shape.items : [shape]) {
    if (length.kind !== "whole" || !(length.value >= 0 && length.value <= largestItem)) return refuse(shape);
    count *= length.value;
  }
  return checked(size * count);
}
