/*
 * In: the `descr` of a `.npy` header. Out: how the items of the array lie in the file. Never looks at the items.
 */
import type { Dtype } from "./dtype.js";
import { shown } from "../errors.js";
import { isNumeric, storageByDtype } from "./dtype-storage.js";
import { npyFault } from "./npy-fault.js";
import type { Literal } from "./npy-literal.js";

/** How one item of an array lies in a `.npy` file. */
export interface ItemType {
  readonly dtype: Exclude<Dtype, "binary">;
  /** In bytes; 0 is legal. */
  readonly itemSize: number;
  /** Bytes of the words that a byte order is about: 4 for UTF-32 text, 1 where there is none. */
  readonly word: number;
  /** Whether those words have their high byte first. */
  readonly big: boolean;
  /** NumPy's description, where the items stay raw bytes. */
  readonly descr?: string;
}

/** NumPy refuses items that are larger. */
const largestItem = 2 ** 31 - 1;

const typeString = /^([<>|=]?)([a-zA-Z])(\d*)$/;
/** datetime64, timedelta64 and long doubles. */
const rawType = /^[<>|=]?([mM]8(?:\[(?:generic|\d*(?:[YMWDhms]|[munpfa]s)(?:\/[1-9]\d*)?)\])?|f16|c32)$/;

/** The items that `descr` describes; throws `bad-npy` where NumPy would refuse it, or where it holds Python objects. */
export function parseItemType(descr: Literal): ItemType {
  if (descr.kind !== "text") return raw(structSize(descr, 0), descr);
  const [, order, letter = "", digits] = typeString.exec(descr.text) ?? [];
  const size = Number(digits);
  const big = order === ">";
  const dtype = Object.keys(storageByDtype).find(
    (name) => isNumeric(name) && storageByDtype[name].kind + storageByDtype[name].itemSize === letter + size,
  );
  if (isNumeric(dtype)) return { dtype, itemSize: size, word: size / storageByDtype[dtype].parts, big };
  const [, rawName] = rawType.exec(descr.text) ?? [];
  if (rawName) return raw(rawName.startsWith("f") ? 16 : rawName.startsWith("c") ? 32 : 8, descr);
  if (letter === "O") throw npyFault("file holds pickled Python objects", "numbers, text or raw bytes");
  if (letter === "V") return raw(size, descr);
  if (letter === "S") return { dtype: "string", itemSize: checked(size, descr), word: 1, big };
  if (letter === "U") return { dtype: "string", itemSize: checked(size * 4, descr), word: 4, big };
  return refuse(descr);
}

function raw(size: number, descr: Literal): ItemType {
  const text = descr.kind === "text" ? descr.text : descr.source;
  return { dtype: "bytes", itemSize: checked(size, descr), word: 1, big: false, descr: text };
}

function refuse(descr: Literal): never {
  throw npyFault(`header's descr is ${shown(descr.source)}`, "a type that NumPy knows");
}

function checked(size: number, descr: Literal): number {
  return size <= largestItem ? size : refuse(descr);
}

/** Bytes of one item of a structured type: a list of fields, or inside one a type with a shape. */
function structSize(descr: Literal, depth: number): number {
  if (descr.kind === "text") return parseItemType(descr).itemSize;
  // NumPy adds the shape of a bare type to that of the array, so that the two never agree.
  if (descr.kind === "tuple" && depth > 0 && descr.items.length === 2)
    return fieldSize(descr.items, depth, descr);
  if (descr.kind !== "list") return refuse(descr);
  const names = new Set<string>();
  let size = 0;
  for (const [index, field] of descr.items.entries()) {
    if (field.kind !== "tuple") return refuse(descr);
    const [name, ...type] = field.items;
    size = checked(size + fieldSize(type, depth + 1, descr), descr);
    const padding = name?.kind === "text" && name.text === "" && /^'[<>|=]?V/.test(type[0]?.source ?? "");
    // A title stands before its name.
    const labels = name?.kind === "tuple" && name.items.length === 2 ? name.items : [name];
    for (const label of padding ? [] : labels) {
      const text = label?.kind === "text" ? label.text || `f${index}` : refuse(descr);
      if (names.has(text)) return refuse(descr);
      names.add(text);
    }
  }
  return size;
}

/** Bytes of one field, from its type and maybe its shape. */
function fieldSize([type, shape, more]: readonly Literal[], depth: number, descr: Literal): number {
  if (!type || more) return refuse(descr);
  let size = structSize(type, depth);
  // NumPy repeats text and raw bytes only where they are of some length.
  if (shape && size === 0 && type.kind !== "list") return refuse(descr);
  for (const length of shape?.kind === "tuple" ? shape.items : shape ? [shape] : []) {
    if (length.kind !== "whole" || length.value < 0 || length.value > largestItem) return refuse(descr);
    size *= length.value;
  }
  return checked(size, descr);
}
