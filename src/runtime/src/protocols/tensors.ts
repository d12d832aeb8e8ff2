/*
 * The verb `predict` of TensorFlow Serving: whole tensors in, by name, and whole tensors out. Columnar bodies hold
 * them as they are; row bodies hold them cut along the first dimension, which a client puts together again.
 */
import { createBodyWriter } from "../json/body-writer.js";
import type { Body, BodyWriter } from "../json/body.js";
import { atRow } from "../client/row-error.js";
import type { TensorsFraming } from "../deployment.js";
import type { Dtype } from "../arrays/dtype.js";
import { allocate, isNumeric } from "../arrays/dtype-storage.js";
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { createNdArray } from "../arrays/nd-array.js";
import type { NdArray } from "../arrays/nd-array.js";
import { stackTensors } from "../arrays/nd-rows.js";
import { fitsShape, shownShape } from "../arrays/nd-shape.js";
import {
  closeJson,
  jsonFault,
  nextKind,
  openJson,
  readItems,
  readMembers,
} from "../tensor-json/json-cursor.js";
import type { JsonCursor } from "../tensor-json/json-cursor.js";
import { skipValue } from "../tensor-json/json-value.js";
import { readTensor } from "../tensor-json/read-tensor.js";
import { isTextElement } from "../tensor-json/text-tensor.js";
import type { TextTensor } from "../tensor-json/text-tensor.js";
import { writeRowOf, writeTensor } from "../tensor-json/write-tensor.js";

/** A tensor of a signature, as its description states it. */
export interface TensorFeature {
  readonly name: string;
  readonly dtype: Dtype;
  /** The whole declared shape, -1 where any length is right; null where any rank is. */
  readonly shape: readonly number[] | null;
  readonly assumed: boolean;
}

/** A signature that can be called with `predict`. */
export interface TensorsOperation {
  readonly framing: TensorsFraming;
  readonly inputs: readonly TensorFeature[];
  readonly outputs: readonly TensorFeature[];
  /** False where the shapes of a request are the server's business alone. */
  readonly validate: boolean;
  /** True where a reply must hold what the description promises, in its shapes, and nothing else. */
  readonly strict: boolean;
}

/** How tensors are framed in one call. */
export type TensorLayout = "columnar" | "row";

/** A tensor on its way out. */
export type Column = NdArray | TextTensor;

/** The signature that a server takes where a request names none. */
const defaultSignature = "serving_default";

/**
 * The body for one tensor of each input. Throws `wrong-shape` where rows are asked for and the tensors cannot be cut
 * into them: into one at least, and all of them into equally many.
 */
export function frameTensors(
  columns: ReadonlyMap<string, Column>,
  operation: TensorsOperation,
  layout: TensorLayout,
): Body {
  const body = createBodyWriter();
  const { signature } = operation.framing;
  body.text("{");
  if (signature !== defaultSignature) body.text(`"signature_name":${JSON.stringify(signature)},`);
  const inputs = writersOf(columns, operation);
  if (layout === "columnar") {
    body.text('"inputs":');
    writeMembers(inputs, body, (input) => writeColumn(input, body, operation.framing));
  } else {
    const rows = rowCount(inputs);
    body.text('"instances":[');
    for (let row = 0; row < rows; row += 1) {
      if (row > 0) body.text(",");
      writeMembers(inputs, body, (input) => writeRow(input, body, row));
    }
    body.text("]");
  }
  body.text("}");
  return body.finish("application/json");
}

/** Writes a whole tensor; of a batched signature's, a fault names the row in which it is. */
function writeColumn({ column, context }: InputWriter, body: BodyWriter, { batched }: TensorsFraming): void {
  try {
    writeTensor(column, body, context);
  } catch (error) {
    const rows = batched ? (column.shape[0] ?? 0) : 0;
    for (let row = 0; row < rows; row += 1) writeRow({ column, context }, createBodyWriter(), row);
    throw error;
  }
}

function writeRow({ column, context }: Omit<InputWriter, "name">, body: BodyWriter, row: number): void {
  try {
    writeRowOf(column, body, { ...context, row });
  } catch (error) {
    throw atRow(error, row);
  }
}

interface InputWriter {
  readonly name: string;
  readonly column: Column;
  readonly context: { readonly feature: string; readonly assumed: boolean };
}

function writersOf(
  columns: ReadonlyMap<string, Column>,
  { inputs }: TensorsOperation,
): readonly InputWriter[] {
  return inputs.flatMap(({ name, assumed }) => {
    const column = columns.get(name);
    if (column === undefined) return [];
    const context = { feature: name, assumed };
    return [{ name, column: isHidden(name, inputs) ? asBytes(column) : column, context }];
  });
}

/** Whether the input by itself would look like bytes in base64: such an object is a value wherever it stands. */
function isHidden(name: string, inputs: readonly TensorFeature[]): boolean {
  return name === "b64" && inputs.length === 1;
}

/** Texts as their bytes, whose form no server takes for a name with its value. */
function asBytes(column: Column): Column {
  if (column.dtype !== "string") return column;
  const elements: ArrayLike<unknown> = column.data;
  const data = Array.from(elements, (element) => {
    if (!isTextElement(element)) throw new TypeError("An array of strings holds something else.");
    if (typeof element !== "string") return element;
    if (!/\p{Surrogate}/u.test(element)) return new TextEncoder().encode(element);
    const message = `"b64" has ${shown(element)} with half of a surrogate pair, expected well-formed text.`;
    throw new DeploymentError("wrong-type", message, { feature: "b64" });
  });
  return { dtype: "string", shape: column.shape, data };
}

/** One input by itself is its bare value; several are an object. */
function writeMembers(
  inputs: readonly InputWriter[],
  body: BodyWriter,
  write: (input: InputWriter) => void,
): void {
  const [first] = inputs;
  if (first !== undefined && inputs.length === 1 && first.name !== "b64") return write(first);
  body.text("{");
  for (const [index, input] of inputs.entries()) {
    body.text(`${index === 0 ? "" : ","}${JSON.stringify(input.name)}:`);
    write(input);
  }
  body.text("}");
}

function rowCount(inputs: readonly InputWriter[]): number {
  const rows = inputs[0]?.column.shape[0] ?? 0;
  for (const { name, column } of inputs) {
    if (column.shape[0] === rows && rows > 0) continue;
    const due = rows > 0 ? `${rows} rows as the first input has` : "one row at least";
    const message = `Feature ${shown(name)} has shape ${shownShape(column.shape)}, expected ${due}; the columnar framing takes any shapes.`;
    throw new DeploymentError("wrong-shape", message, { feature: name });
  }
  return rows;
}

/**
 * The outputs that a reply holds, one tensor each. Throws `bad-reply` where one is missing or is not of its dtype.
 */
export function unframeTensors(
  bytes: Uint8Array,
  operation: TensorsOperation,
  layout: TensorLayout,
): ReadonlyMap<string, NdArray> {
  const cursor = openJson(bytes);
  const key = layout === "columnar" ? "outputs" : "predictions";
  let found: ReadonlyMap<string, NdArray> | undefined;
  readMembers(cursor, (name) => {
    if (name === key && found === undefined) {
      found = layout === "columnar" ? readColumns(cursor, operation) : readRows(cursor, operation);
    } else {
      if (operation.strict) throw badReply(`The reply has ${shown(name)} beside its ${key}`);
      skipValue(cursor);
    }
  });
  closeJson(cursor);
  if (found === undefined) throw badReply(`The reply has no ${key}`);
  return new Map(
    operation.outputs.map((output) => [output.name, checked(found?.get(output.name), output, operation)]),
  );
}

function readColumns(cursor: JsonCursor, operation: TensorsOperation): ReadonlyMap<string, NdArray> {
  const found = new Map<string, NdArray>();
  readOutputs(cursor, operation, (name, array) => found.set(name, array));
  return found;
}

/** Reads one bare value, or an object of as many as the signature has outputs. */
function readOutputs(
  cursor: JsonCursor,
  { outputs, strict }: TensorsOperation,
  take: (name: string, array: NdArray) => void,
): void {
  const [only] = outputs;
  if (only !== undefined && outputs.length === 1) return take(only.name, readOutput(cursor, only));
  const left = new Map(outputs.map((output) => [output.name, output]));
  readMembers(cursor, (name) => {
    const output = left.get(name);
    left.delete(name);
    if (output !== undefined) return take(name, readOutput(cursor, output));
    if (strict) throw badReply(`The reply has ${shown(name)}, which is not described`, name);
    skipValue(cursor);
  });
}

function readOutput(cursor: JsonCursor, { name, dtype, assumed }: TensorFeature): NdArray {
  return readTensor(cursor, { feature: name, dtype, assumed });
}

function readRows(cursor: JsonCursor, operation: TensorsOperation): ReadonlyMap<string, NdArray> {
  const { outputs } = operation;
  if (nextKind(cursor) !== "array") throw jsonFault(cursor, "a list of predictions");
  // The rows of a single output in their list are the whole output.
  if (outputs.length === 1) return readColumns(cursor, operation);
  const rows = new Map<string, NdArray[]>(outputs.map(({ name }) => [name, []]));
  let count = 0;
  readItems(cursor, () => {
    count += 1;
    readOutputs(cursor, operation, (name, array) => rows.get(name)?.push(array));
    const lacking = outputs.find(({ name }) => rows.get(name)?.length !== count);
    if (lacking !== undefined)
      throw badReply(`The reply has a row without ${shown(lacking.name)}`, lacking.name);
  });
  return new Map(
    outputs.map(({ name, dtype }) => [name, stacked(rows.get(name) ?? [], { name, dtype })] as const),
  );
}

function stacked(rows: readonly NdArray[], { name, dtype }: Pick<TensorFeature, "name" | "dtype">): NdArray {
  if (rows.length === 0) return createNdArray(dtype, [0], isNumeric(dtype) ? allocate(dtype, 0) : []);
  try {
    return stackTensors(rows, name);
  } catch (cause) {
    if (!isDeploymentError(cause)) throw cause;
    throw badReply(`The reply's rows do not go together: ${cause.message.replace(/\.$/, "")}`, name);
  }
}

/** Servers never hold their outputs to what they declare: another shape is an error only where the caller wants that. */
function checked(array: NdArray | undefined, output: TensorFeature, operation: TensorsOperation): NdArray {
  const { name, shape } = output;
  if (array === undefined) throw badReply(`The reply has no output ${shown(name)}`, name);
  const whole = withHiddenDimensions(array, shape);
  if (!operation.strict || shape === null || fitsShape(whole.shape, shape)) return whole;
  const is = `The reply's ${shown(name)} has the shape ${shownShape(array.shape)}`;
  throw badReply(`${is}, but ${shownShape(shape)} is due`, name);
}

/** An empty list shows no dimensions below it: they are the declared ones. */
function withHiddenDimensions(array: NdArray, declared: readonly number[] | null): NdArray {
  const { dtype, shape, data } = array;
  if (declared === null || shape.at(-1) !== 0 || shape.length >= declared.length) return array;
  const hidden = declared.slice(shape.length).map((length) => Math.max(0, length));
  return createNdArray(dtype, [...shape, ...hidden], data);
}

function badReply(what: string, feature?: string): DeploymentError {
  return new DeploymentError("bad-reply", `${what}.`, { feature });
}
