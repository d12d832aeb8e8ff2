/*
 * In: the first bytes of a `.npy` file. Out: the shape, order and item type of its array, and where its data begin.
 * Reads nothing behind the header and makes room for nothing that the header asks for.
 */
import { shown } from "../errors.js";
import { elementCount } from "./nd-shape.js";
import { npyFault } from "./npy-fault.js";
import { parseItemType } from "./npy-item.js";
import type { ItemType } from "./npy-item.js";
import { parseLiteral } from "./npy-literal.js";
import type { Literal } from "./npy-literal.js";

/** What the header of a `.npy` file says. */
export interface NpyHeader {
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly item: ItemType;
  /** Number of items: the product of the shape. */
  readonly count: number;
  /** Where the data begin, in bytes from the file's beginning. */
  readonly dataStart: number;
}

/** What every `.npy` file begins with. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy reads no longer headers unless it is told to. */
const longestHeader = 10_000;
const mostDimensions = 64;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The header of the file that `bytes` begin with, checked against the number of bytes that follow.
 * Throws `bad-npy`, and a `TypeError` where bytes are no UTF-8 (NumPy formats 1.0, 2.0 and 3.0).
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (last === undefined || !beginsWith(bytes, last.file)) {
    const [text, major, dataStart] = headerText(bytes);
    last = { file: bytes.slice(0, dataStart), header: { ...stateOf(text, major), dataStart } };
  }
  const { header } = last;
  checkLength("file's data", bytes.length - header.dataStart, header.count * header.item.itemSize);
  return header;
}

/** A deployment's arrays are mostly alike, and to read a header of a small array takes as long as the rest of it. */
let last: { readonly file: Uint8Array; readonly header: NpyHeader } | undefined;

function beginsWith(bytes: Uint8Array, start: ArrayLike<number>): boolean {
  for (let at = 0; at < start.length; at += 1) if (bytes[at] !== start[at]) return false;
  return true;
}

function stateOf(text: string, major: number): Omit<NpyHeader, "dataStart"> {
  const members = membersOf(parseLiteral(text, major < 3));
  const { shape, source } = shapeOf(members.shape);
  const item = parseItemType(members.descr);
  const count = elementCount(shape);
  // NumPy leaves out zeros here, so that an empty array with an absurd shape is refused too.
  const size = elementCount([...shape, item.itemSize].map((length) => length || 1));
  if (!Number.isSafeInteger(size))
    throw npyFault(`header's shape is ${source}`, "an array that memory can hold");
  return { shape, fortran: members.fortran, item, count };
}

function checkLength(part: string, seen: number, due: number): void {
  if (seen < due) throw npyFault(`${part} are cut short at ${seen} bytes`, String(due));
}

function headerText(bytes: Uint8Array): readonly [text: string, major: number, dataStart: number] {
  if (!beginsWith(bytes, npyMagic)) {
    throw npyFault("file does not begin with NumPy's magic bytes", "93 4E 55 4D 50 59");
  }
  const [major = 0, minor] = bytes.subarray(6, 8);
  if (major < 1 || major > 3 || minor !== 0)
    throw npyFault(`file has format ${major}.${minor}`, "1.0, 2.0 or 3.0");
  const start = major === 1 ? 10 : 12;
  checkLength("file's first bytes", bytes.length, start);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  checkLength("header's bytes", bytes.length - start, length);
  const header = bytes.subarray(start, start + length);
  // A character takes up to 4 bytes, so much longer runs need not be decoded to be refused.
  const most = longestHeader * (major < 3 ? 1 : 4);
  const text = length > most ? undefined : major < 3 ? String.fromCharCode(...header) : utf8.decode(header);
  if (text === undefined || text.length > longestHeader) {
    throw npyFault(`header is ${length} bytes long`, `at most ${longestHeader} characters`);
  }
  return [text, major, start + length];
}

interface Members {
  readonly descr: Literal;
  readonly fortran: boolean;
  readonly shape: Literal;
}

function membersOf(header: Literal): Members {
  const members = new Map<string, Literal>();
  if (header.kind === "dict") {
    header.items.forEach((key, index) => {
      const value = header.items[index + 1];
      // As in Python, the last of equal keys counts.
      if (index % 2 === 0 && value) members.set(key.kind === "text" ? key.text : key.source, value);
    });
  }
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => members.get(key));
  if (members.size !== 3 || !descr || !order || !shape) {
    throw npyFault(`header is ${shown(header.source)}`, "a dictionary of descr, fortran_order and shape");
  }
  if (order.kind !== "bool")
    throw npyFault(`header's fortran_order is ${shown(order.source)}`, "True or False");
  return { descr, fortran: order.value, shape };
}

function shapeOf(literal: Literal): { readonly shape: readonly number[]; readonly source: string } {
  const source = shown(literal.source);
  const lengths = literal.kind === "tuple" ? literal.items : [literal];
  const shape = lengths.flatMap((length) =>
    length.kind === "whole" && length.value >= 0 ? length.value : [],
  );
  if (literal.kind !== "tuple" || shape.length < lengths.length || shape.length > mostDimensions) {
    throw npyFault(
      `header's shape is ${source}`,
      `a tuple of at most ${mostDimensions} whole numbers from 0 on`,
    );
  }
  return { shape, source };
}
