/*
 * Values of a body come in, tensors of a dtype go out: as TensorFlow Serving fills them, its first branch giving the
 * shape, with its own words for what does not fit (tensorflow/serving, `util/json_tensor.cc`). Shapes are not compared
 * with declared ones here, as the server never does that.
 */
import type { Dtype, Shape } from "../arrays/dtype.js";
import { allocate, isNumeric } from "../arrays/dtype-storage.js";
import { partWriter } from "../arrays/dtype-writer.js";
import { createNdArray } from "../arrays/nd-array.js";
import { elementCount } from "../arrays/nd-shape.js";
import { isDeploymentError } from "../errors.js";
import { decodeBase64 } from "../files/base64.js";
import type { Column } from "../protocols/tensors.js";
import type { TextElement } from "../tensor-json/text-tensor.js";
import { ServingFailure, invalid } from "./tf-serving-failure.js";
import { isBodyList, isBodyObject } from "./tf-serving-json.js";
import type { BodyValue } from "./tf-serving-json.js";
import { kindName, quotedValue } from "./tf-serving-quote.js";

/** What a tensor is held to. */
export interface DueTensor {
  readonly dtype: Dtype;
  /** The description does not state the dtype: any number is right. */
  readonly assumed?: boolean | undefined;
}

/** An element on its way into a tensor. */
export type Element = number | bigint | boolean | TextElement;

/** Elements in C order, and the shape that they have. */
export interface Filled {
  readonly shape: Shape;
  readonly data: readonly Element[];
}

/** The value as elements of the dtype; throws the server's failure. */
export function fillTensor(value: BodyValue, due: DueTensor): Filled {
  const shape: number[] = [];
  for (let at: BodyValue | undefined = value; isBodyList(at); at = at[0]) shape.push(at.length);
  const data: Element[] = [];
  const read = elementReader(due);
  fill(value, 0);
  return { shape, data };

  function fill(item: BodyValue, level: number): void {
    if (!isBodyList(item)) {
      if (level === shape.length) return void data.push(read(item));
      const places = `found at incorrect level: ${level + 1} in the JSON DOM. Expected at level: ${shape.length}`;
      throw invalid(`JSON Value: ${quotedValue(item)} ${places}`);
    }
    if (level >= shape.length)
      throw invalid(`Encountered list at unexpected level: ${level} expected < ${shape.length}`);
    if (item.length !== shape[level]) {
      const due = `expected size: ${shape[level]}`;
      throw invalid(`Encountered list at unexpected size: ${item.length} at level: ${level} ${due}`);
    }
    for (const inner of item) fill(inner, level + 1);
  }
}

/** The elements as a column of `dtype`; integers that it has no room for are cut to its bits, as the server does it. */
export function toColumn(dtype: Dtype, shape: Shape, elements: readonly Element[]): Column {
  if (!isNumeric(dtype)) return { dtype: "string", shape, data: elements.filter(isText) };
  const data = allocate(dtype, elementCount(shape));
  const write = partWriter(dtype, data);
  for (let index = 0; index < elements.length; index += 1) write(index, elements[index]);
  return createNdArray(dtype, shape, data);
}

function isText(element: Element): element is TextElement {
  return typeof element === "string" || typeof element === "object";
}

const bigInt32: readonly [bigint, bigint] = [-(2n ** 31n), 2n ** 31n - 1n];

/** The literals that an integer dtype takes: narrow ones are not held to their own range. */
const ranges: ReadonlyMap<Dtype, readonly [least: bigint, greatest: bigint]> = new Map([
  ["int8", bigInt32],
  ["int16", bigInt32],
  ["int32", bigInt32],
  ["uint8", bigInt32],
  ["int64", [-(2n ** 63n), 2n ** 63n - 1n]],
  ["uint32", [0n, 2n ** 32n - 1n]],
  ["uint64", [0n, 2n ** 64n - 1n]],
]);

function elementReader(due: DueTensor): (value: BodyValue) => Element {
  const { dtype, assumed } = due;
  const range = assumed === true ? undefined : ranges.get(dtype);
  if (range !== undefined) {
    const [least, greatest] = range;
    return (value) => {
      if (typeof value !== "bigint" || value < least || value > greatest) throw mistyped(value, dtype);
      return value;
    };
  }
  if (dtype === "float32" || dtype === "float64" || assumed === true)
    return (value) => {
      if (typeof value === "number") return value;
      if (typeof value === "bigint") return Number(value);
      throw mistyped(value, dtype);
    };
  if (dtype === "bool")
    return (value) => {
      if (typeof value !== "boolean") throw mistyped(value, dtype);
      return value;
    };
  if (dtype === "string") return (value) => textOf(toBytesOrText(value, dtype));
  if (dtype === "binary") return (value) => bytesOf(toBytesOrText(value, dtype));
  return (value) => {
    const conversion = `Conversion of JSON Value: ${quotedValue(value)} to type: ${dtypeName(dtype)}`;
    throw new ServingFailure("UNIMPLEMENTED", conversion);
  };
}

/** A dtype by TensorFlow's name for it, as errors have it. */
export function dtypeName(dtype: Dtype): string {
  if (dtype === "binary") return "string";
  if (dtype === "float16") return "half";
  return dtype.replace(/^float32$/, "float").replace(/^float64$/, "double");
}

function mistyped(value: BodyValue, dtype: Dtype): ServingFailure {
  const type = `Type: ${kindName(value)} is not of expected type: ${dtypeName(dtype)}`;
  return invalid(`JSON Value: ${quotedValue(value)} ${type}`);
}

function toBytesOrText(value: BodyValue, dtype: Dtype): TextElement {
  if (typeof value === "string") return value;
  const bytes = toBytes(value);
  if (bytes === undefined) throw mistyped(value, dtype);
  return bytes;
}

/** Whether the value is `{"b64": text}` and nothing else: its form alone makes it bytes. */
export function isBase64(value: BodyValue): boolean {
  return isBodyObject(value) && value.size === 1 && typeof value.get("b64") === "string";
}

/** The bytes of `{"b64": text}`, undefined where it is something else; throws the server's failure for what is no base64. */
export function toBytes(value: BodyValue): Uint8Array | undefined {
  const content = isBodyObject(value) && value.size === 1 ? value.get("b64") : undefined;
  if (typeof content !== "string") return undefined;
  // White space is passed over, and padding may be missing.
  const text = content.replace(/[\t\n\v\f\r ]+/g, "");
  const padded = /=/.test(text) ? text : text.padEnd(Math.ceil(text.length / 4) * 4, "=");
  try {
    return decodeBase64(padded);
  } catch (error) {
    if (isDeploymentError(error, "bad-base64")) throw invalid("Unable to base64 decode");
    throw error;
  }
}

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text where the bytes are some: the same value then has one form, however it was sent. */
export function textOf(element: TextElement): TextElement {
  if (typeof element === "string") return element;
  try {
    return utf8.decode(element);
  } catch {
    return element;
  }
}

function bytesOf(element: TextElement): Uint8Array {
  return typeof element === "string" ? new TextEncoder().encode(element) : element;
}
