import { Buffer } from "node:buffer";
import { ServingFailure, invalid } from "./tf-serving-failure.js";
import { memberOf, parseServingJson } from "./tf-serving-json.js";
import type { JsonMember, JsonValue } from "./tf-serving-json.js";
import { createPrinter, debugText, decimalText } from "./tf-serving-print.js";
import type { Printer } from "./tf-serving-print.js";
import { dtypeText, isBinary, toServedTensor } from "./tf-serving-tensors.js";
import type { Scalar, ServedTensor, TensorInfo } from "./tf-serving-tensors.js";

/** Tensors by alias. */
export type ServedTensors = ReadonlyMap<string, ServedTensor>;

/** What a body of `:predict` asks for. */
export interface PredictRequest {
  /** Null where the body names none. */
  readonly signatureName: string | null;
  readonly format: "row" | "columnar";
  readonly inputs: ServedTensors;
}

/** The body's root object and the signature that it names; throws the server's failure. */
export function readRoot(text: string): {
  readonly root: JsonValue & { readonly kind: "object" };
  readonly signatureName: string | null;
} {
  const root = parseServingJson(text);
  if (root.kind !== "object") throw invalid(`JSON Value: ${debugText(root)} Is not object`);
  const name = memberOf(root.members, "signature_name");
  if (name !== undefined && name.kind !== "string") {
    const due = "not formatted correctly. 'signature_name' key must be a string value.";
    throw invalid(`JSON Value: ${debugText(root)} ${due}`);
  }
  return { root, signatureName: name === undefined || name.value === "" ? null : name.value };
}

/** Reads a body by the inputs of the signature that it names; throws the server's failure. */
export function readPredictRequest(
  text: string,
  inputsOf: (signatureName: string | null) => readonly TensorInfo[],
): PredictRequest {
  const { root, signatureName } = readRoot(text);
  const instances = memberOf(root.members, "instances");
  const inputs = memberOf(root.members, "inputs");
  if (instances !== undefined && inputs !== undefined) {
    const due = "Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist ";
    throw invalid(`JSON Value: ${debugText(root)} ${due}`);
  }
  const infos = inputsOf(signatureName);
  if (infos.length === 0) throw invalid("Failed to get input map for the signature: it has no inputs");
  if (instances !== undefined)
    return { signatureName, format: "row", inputs: readInstances(root, instances, infos) };
  if (inputs !== undefined) return { signatureName, format: "columnar", inputs: readInputs(inputs, infos) };
  throw invalid("Missing 'inputs' or 'instances' key");
}

function readInputs(inputs: JsonValue, infos: readonly TensorInfo[]): ServedTensors {
  if (inputs.kind !== "object" || isBinary(inputs)) {
    const [only, ...more] = infos;
    if (only !== undefined && more.length === 0)
      return new Map([[only.name, toServedTensor(inputs, only.dtype)]]);
    const due = "but expecting an object as multiple input tensors required as per tensorinfo_map";
    throw invalid(`inputs is a plain value/list, ${due}`);
  }
  return new Map(
    infos.map(({ name, dtype }) => {
      const value = memberOf(inputs.members, name);
      if (value === undefined) throw invalid(`Missing named input: ${name} in 'inputs' object.`);
      return [name, toServedTensor(value, dtype)];
    }),
  );
}

function readInstances(root: JsonValue, instances: JsonValue, infos: readonly TensorInfo[]): ServedTensors {
  if (instances.kind !== "list" || instances.items.length === 0) {
    const found = instances.kind === "list" ? "value is an empty array" : "value is not an array";
    throw invalid(`JSON Value: ${debugText(root)} 'instances' ${found}`);
  }
  const byName = instances.items[0]?.kind === "object" && !isBinary(instances.items[0]);
  if (instances.items[0]?.kind !== "object" && infos.length > 1) {
    const due = "but expecting list of objects as multiple input tensors required as per tensorinfo_map";
    throw invalid(`instances is a plain list, ${due}`);
  }
  const stacks = new Map<string, Stack>();
  for (const [index, item] of instances.items.entries()) {
    const isObject = item.kind === "object" && !isBinary(item);
    if (isObject !== byName) {
      const found = byName ? "object but got list" : "value/list but got object";
      throw invalid(`Expecting ${found} at item ${index} of input list`);
    }
    if (item.kind === "object" && isObject) addObject(item.members, index, { stacks, infos, item });
    else addInstance(item, infos[0]?.name ?? "", { stacks, infos, place: `element: ${index}` });
  }
  return new Map([...stacks].map(([name, stack]) => [name, stacked(stack, instances.items.length)]));
}

interface Stack {
  readonly dtype: string;
  readonly rowShape: readonly number[];
  readonly data: Scalar[];
}

function addObject(
  members: readonly JsonMember[],
  index: number,
  { stacks, infos, item }: { stacks: Map<string, Stack>; infos: readonly TensorInfo[]; item: JsonValue },
): void {
  const found = new Set<string>();
  for (const { name, value } of members) {
    if (!found.has(name))
      addInstance(value, name, { stacks, infos, place: `element: ${index} key: ${name}` });
    found.add(name);
  }
  if (found.size === infos.length && infos.every(({ name }) => found.has(name))) return;
  const names = infos.map(({ name }) => name).toSorted();
  const due = `keys must be equal to: ${names.join(",")}`;
  throw invalid(
    `Failed to process element: ${index} of 'instances' list. JSON object: ${debugText(item)} ${due}`,
  );
}

function addInstance(
  value: JsonValue,
  name: string,
  { stacks, infos, place }: { stacks: Map<string, Stack>; infos: readonly TensorInfo[]; place: string },
): void {
  try {
    const info = infos.find((known) => known.name === name);
    if (info === undefined) throw invalid(`JSON object: does not have named input: ${name}`);
    const tensor = toServedTensor(value, info.dtype);
    const stack = stacks.get(name);
    if (stack === undefined) {
      stacks.set(name, { dtype: info.dtype, rowShape: tensor.shape, data: [...tensor.data] });
      return;
    }
    const size = stack.rowShape.reduce((product, length) => product * length, 1);
    if (tensor.data.length !== size)
      throw invalid(`Expecting tensor size: ${size} but got: ${tensor.data.length}`);
    if (tensor.shape.join() !== stack.rowShape.join())
      throw invalid(`Expecting shape [${stack.rowShape.join()}] but got: [${tensor.shape.join()}]`);
    for (const element of tensor.data) stack.data.push(element);
  } catch (error) {
    if (!(error instanceof ServingFailure)) throw error;
    throw invalid(`Failed to process ${place} of 'instances' list. Error: ${error.text}`);
  }
}

function stacked({ dtype, rowShape, data }: Stack, rows: number): ServedTensor {
  return { dtype, shape: [rows, ...rowShape], data };
}

/** The body of a reply; throws the failures that come after the model has run. */
export function writePredictReply(outputs: ServedTensors, format: "row" | "columnar"): string {
  const [only, ...more] = outputs;
  if (only === undefined) throw invalid("Cannot convert empty tensor map to JSON");
  const printer = createPrinter();
  printer.open("{");
  if (format === "row") {
    writeRows(printer, outputs);
  } else {
    printer.name("outputs");
    if (more.length === 0) {
      writeNested(printer, only, { level: 0, from: 0 });
    } else {
      printer.open("{");
      for (const output of outputs) {
        printer.name(output[0]);
        writeNested(printer, output, { level: 0, from: 0 });
      }
      printer.close();
    }
  }
  printer.close();
  return printer.text;
}

function writeRows(printer: Printer, outputs: ServedTensors): void {
  let rows: number | undefined;
  // The order of the real server's map is arbitrary; this one is what its own test saw.
  for (const [name, { shape }] of [...outputs].toReversed()) {
    const [size] = shape;
    if (size === undefined) throw invalid(`Tensor name: ${name} has no shape information `);
    if (rows !== undefined && size !== rows)
      throw invalid(`Tensor name: ${name} has inconsistent batch size: ${size} expecting: ${rows}`);
    rows = size;
  }
  const [only, ...more] = outputs;
  printer.name("predictions");
  printer.open("[");
  if (only !== undefined && more.length === 0) printer.singleLine = true;
  for (let row = 0; row < (rows ?? 0); row += 1) {
    if (only !== undefined && more.length === 0) {
      writeNested(printer, only, { level: 1, from: row });
      continue;
    }
    printer.singleLine = false;
    printer.open("{");
    for (const output of outputs) {
      printer.name(output[0]);
      printer.singleLine = true;
      writeNested(printer, output, { level: 1, from: row });
      printer.singleLine = false;
    }
    printer.close();
  }
  printer.singleLine = false;
  printer.close();
}

/** The part of a tensor that is the `from`-th at `level`, as nested lists. */
function writeNested(
  printer: Printer,
  output: readonly [string, ServedTensor],
  { level, from }: { level: number; from: number },
): void {
  const [name, { shape, dtype, data }] = output;
  const size = shape[level];
  if (size === undefined) return writeScalar(printer, data[from], { dtype, base64: name.endsWith("_bytes") });
  printer.open("[");
  for (let index = 0; index < size; index += 1)
    writeNested(printer, output, { level: level + 1, from: from * size + index });
  printer.close();
}

/** Writes one element by its dtype. */
export function writeScalar(
  printer: Printer,
  value: Scalar | undefined,
  { dtype, base64 }: { dtype: string; base64: boolean },
): void {
  if (value === undefined) throw new Error(`An output of ${dtype} has fewer elements than its shape says.`);
  if (typeof value === "object") {
    const bytes = Buffer.from(value);
    if (!base64) return printer.string(bytes.toString("utf8"));
    printer.open("{");
    printer.name("b64");
    printer.string(bytes.toString("base64"));
    return printer.close();
  }
  if (typeof value === "number" && dtype === "DT_FLOAT") return printer.raw(decimalText(value, "float"));
  if (typeof value === "number" && dtype === "DT_DOUBLE") return printer.raw(decimalText(value, "double"));
  if (/^DT_(?:U?INT(?:8|32|64)|INT16|BOOL)$/.test(dtype)) return printer.raw(String(value));
  throw invalid(`Failed to write JSON value for tensor type: ${dtypeText(dtype)}`);
}
