/*
 * In: the first bytes of a `.npy` file. Out: the shape, order and item type of its array, and where its data begin.
 * Reads nothing behind the header and makes room for nothing that the header asks for.
 */
import { DeploymentError, shown } from "./errors.js";
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

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy reads no longer headers unless it is told to. */
const longestHeader = 10_000;
const mostDimensions = 64;

function fault(message: string): DeploymentError {
  return new DeploymentError("bad-npy", message);
}

/**
 * The header of the file that `bytes` begin with, checked against the number of bytes that follow.
 * Throws `bad-npy` (NumPy formats 1.0, 2.0 and 3.0).
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  const { text, long, dataStart } = headerText(bytes);
  const { descr, fortran_order: order, shape: lengths } = membersOf(parseLiteral(text, long));
  if (order.kind !== "name" || order.name === "None") {
    throw fault(`The .npy header's fortran_order is ${shown(order.source)}, expected True or False.`);
  }
  const shape = shapeOf(lengths);
  const item = parseItemType(descr);
  const count = shape.reduce((product, length) => product * length, 1);
  // NumPy leaves out zeros here, so that an empty array with an absurd shape is refused too.
  const size = shape.reduce((product, length) => product * (length || 1), item.itemSize || 1);
  if (!Number.isSafeInteger(size)) {
    throw fault(
      `The .npy header's shape is ${shown(lengths.source)}, expected an array that memory can hold.`,
    );
  }
  const due = count * item.itemSize;
  if (bytes.length - dataStart < due) {
    throw fault(
      `The .npy file has ${bytes.length - dataStart} bytes of data, expected ${due}: it is cut short.`,
    );
  }
  return { shape, fortran: order.name === "True", item, count, dataStart };
}

function headerText(bytes: Uint8Array): {
  readonly text: string;
  readonly long: boolean;
  readonly dataStart: number;
} {
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    throw fault("The .npy file does not begin with NumPy's magic bytes, expected 93 4E 55 4D 50 59.");
  }
  const [major = -1, minor = -1] = bytes.subarray(6, 8);
  if (bytes.length < 8 || major < 1 || major > 3 || minor !== 0) {
    throw fault(`The .npy file has format ${major}.${minor}, expected 1.0, 2.0 or 3.0.`);
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start)
    throw fault(`The .npy file has ${bytes.length} bytes, expected a header's length.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > bytes.length - start) {
    throw fault(`The .npy header has ${bytes.length - start} bytes, expected ${length}: it is cut short.`);
  }
  // A character takes up to 4 bytes, so much longer runs need not be decoded to be refused.
  const tooLong = length > longestHeader * 4;
  const text = tooLong ? "" : decodeHeader(bytes.subarray(start, start + length), major === 3);
  if (tooLong || text.length > longestHeader) {
    throw fault(`The .npy header is ${length} bytes long, expected at most ${longestHeader} characters.`);
  }
  return { text, long: major < 3, dataStart: start + length };
}

function decodeHeader(bytes: Uint8Array, utf8: boolean): string {
  if (!utf8) return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DeploymentError("bad-npy", "The .npy header has bytes that are no UTF-8, expected text.", {
      cause,
    });
  }
}

interface Members {
  readonly descr: Literal;
  readonly fortran_order: Literal;
  readonly shape: Literal;
}

function membersOf(header: Literal): Members {
  if (header.kind !== "dict")
    throw fault(`The .npy header is ${shown(header.source)}, expected a dictionary.`);
  // As in Python, the last of equal keys counts.
  const members = new Map(
    header.entries.map(([key, value]) => [key.kind === "text" ? key.text : key, value]),
  );
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => members.get(key));
  if (members.size !== 3 || descr === undefined || order === undefined || shape === undefined) {
    const keys = header.entries.map(([key]) => key.source).join(", ");
    throw fault(`The .npy header has the keys ${shown(keys)}, expected descr, fortran_order and shape.`);
  }
  return { descr, fortran_order: order, shape };
}

function shapeOf(literal: Literal): readonly number[] {
  const lengths = literal.kind === "tuple" ? literal.items : undefined;
  const shape = lengths?.flatMap((length) =>
    length.kind === "whole" && length.value >= 0 ? [length.value] : [],
  );
  if (shape === undefined || shape.length !== lengths?.length) {
    throw fault(
      `The .npy header's shape is ${shown(literal.source)}, expected a tuple of whole numbers from 0 on.`,
    );
  }
  if (shape.length > mostDimensions) {
    throw fault(
      `The .npy header's shape has ${shape.length} dimensions, expected at most ${mostDimensions}.`,
    );
  }
  return shape;
}
