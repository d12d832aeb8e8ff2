import { bytesPayload } from "../json/body-writer.js";
import type { BodyWriter } from "../json/body.js";
import type { DataOf, Dtype, Shape } from "../arrays/dtype.js";
import { isNumeric } from "../arrays/dtype-storage.js";
import { DeploymentError, shown } from "../errors.js";
import { longestNumber, writeAscii } from "../json/float32-text.js";
import { elementWriter } from "../json/json-numbers-writer.js";
import type { ElementWriter } from "../json/json-numbers-writer.js";
import { elementCount } from "../arrays/nd-shape.js";
import { asciiText } from "./json-cursor.js";
import { isTextElement } from "./text-tensor.js";
import type { TextElement } from "./text-tensor.js";
import { tokenOf, writeText } from "./write-elements.js";

/*
 * Tensors as nested JSON lists, straight from the flat data and the shape; the lists themselves are never built.
 */

/** What can be written: an array, or one of texts and byte strings. */
export interface TensorToWrite {
  readonly dtype: Dtype;
  readonly shape: Shape;
  /** In C order. */
  readonly data: DataOf<Dtype> | readonly TextElement[];
}

/** What the writer must know beside the tensor. */
export interface TensorContext {
  /** The feature's wire name, for messages. */
  readonly feature: string;
  /** Whether the dtype is a guess: whole numbers are then written so that any numeric dtype takes them. */
  readonly assumed?: boolean | undefined;
}

/**
 * Writes `tensor` as nested lists, as a bare value where it has no dimension. Every number is the shortest text that
 * reads back as it in its dtype: integers are plain digits with none lost, floats may be `-0.0` or one of the tokens
 * `NaN`, `Infinity` and `-Infinity`. Booleans are `true` and `false`, texts JSON strings, byte strings `{"b64": …}`,
 * neither copied nor encoded before they are sent.
 *
 * Throws `wrong-type` for complex dtypes and raw items, for text that is not well-formed, and where the dtype is a
 * guess for whole numbers that a double may have rounded.
 */
export function writeTensor(tensor: TensorToWrite, body: BodyWriter, context: TensorContext): void {
  writeElements(tensor, { body, context, first: 0 });
}

/** Writes the row at `context.row` of a tensor with at least one dimension, as `writeTensor` writes a whole one. */
export function writeRowOf(
  tensor: TensorToWrite,
  body: BodyWriter,
  context: TensorContext & { readonly row: number },
): void {
  const shape = tensor.shape.slice(1);
  writeElements({ ...tensor, shape }, { body, context, first: context.row * elementCount(shape) });
}

interface Destination {
  readonly body: BodyWriter;
  readonly context: TensorContext;
  /** Index of the first element. */
  readonly first: number;
}

function writeElements(tensor: TensorToWrite, { body, context, first }: Destination): void {
  const { dtype, shape, data } = tensor;
  if (isNumeric(dtype) && !isListOfTexts(data))
    return writeNumbers({ dtype, shape, data }, { body, context, first });
  if (!isListOfTexts(data)) throw untold(dtype, context);
  visit(shape, first, {
    mark: (text) => body.text(text),
    element(index) {
      const element = data[index];
      if (!isTextElement(element)) throw untold(dtype, context);
      writeText(element, body, context.feature);
    },
  });
}

function isListOfTexts(data: TensorToWrite["data"]): data is readonly TextElement[] {
  return Array.isArray(data);
}

function untold(dtype: Dtype, { feature }: TensorContext): DeploymentError {
  return new DeploymentError(
    "wrong-type",
    `${shown(feature)} is of dtype ${dtype}, which the wire has no form for.`,
    {
      feature,
    },
  );
}

interface Visitor {
  /** A bracket or a comma. */
  readonly mark: (text: "[" | "]" | ",") => void;
  readonly element: (index: number) => void;
}

function visit(shape: Shape, first: number, { mark, element }: Visitor): void {
  const last = shape.length - 1;
  function level(depth: number, from: number, size: number): void {
    const length = shape[depth] ?? 0;
    const step = length === 0 ? 0 : size / length;
    mark("[");
    for (let index = 0; index < length; index += 1) {
      if (index > 0) mark(",");
      if (depth === last) element(from + index);
      else level(depth + 1, from + index * step, step);
    }
    mark("]");
  }
  if (last < 0) element(first);
  else level(0, first, elementCount(shape));
}

/** Bytes in a piece: small enough that no version of V8 treats it as a large object. */
const pieceSize = 65_536;
/** So few numbers cost less as text in the body's own. */
const fewNumbers = 16;
/** More bytes than they take with the brackets of eight dimensions. */
const fewBytes = 1024;

function writeNumbers(
  { dtype, shape, data }: { dtype: Dtype; shape: Shape; data: DataOf<Dtype> },
  { body, context, first }: Destination,
): void {
  const write = elementWriter(data, dtype);
  if (write === undefined) throw untold(dtype, context);
  const element = context.assumed === true ? assumedWriter(data, write, context) : write;
  const few = elementCount(shape) <= fewNumbers && shape.length <= 8 && !shape.includes(0);
  const pieces: Uint8Array[] = [];
  let piece = new Uint8Array(few ? fewBytes : pieceSize);
  let at = 0;

  /** Room for a number and a mark. */
  function room(): void {
    if (piece.length - at > longestNumber) return;
    pieces.push(piece.subarray(0, at));
    piece = new Uint8Array(pieceSize);
    at = 0;
  }

  visit(shape, first, {
    mark(text) {
      room();
      piece[at++] = text.charCodeAt(0);
    },
    element(index) {
      room();
      const next = element(index, piece, at);
      // What is refused as a JSON number has a token of its own.
      at = next >= 0 ? next : writeAscii(tokenOf(data[index]) ?? "", piece, at);
    },
  });
  if (few) return body.text(asciiText(piece, 0, at));
  pieces.push(piece.subarray(0, at));
  body.payload(bytesPayload(pieces));
}

/** Whole numbers without a point, which integers and floats both take; none that a double may have rounded. */
function assumedWriter(data: DataOf<Dtype>, write: ElementWriter, { feature }: TensorContext): ElementWriter {
  return (index, target, at) => {
    const value = data[index];
    if (typeof value !== "number" || !Number.isInteger(value)) return write(index, target, at);
    if (!Number.isSafeInteger(value)) {
      const seen = `${shown(feature)} has ${value} at index ${index}`;
      const why = `expected whole numbers up to ±${Number.MAX_SAFE_INTEGER}, as the description does not state the dtype`;
      throw new DeploymentError("wrong-type", `${seen}, ${why} (generate with --metadata to state it).`, {
        feature,
      });
    }
    return writeAscii(Object.is(value, -0) ? "-0" : String(value), target, at);
  };
}
