/*
 * The body of `:predict` comes in, tensors by name go out, as TensorFlow Serving takes them from rows and from columns.
 */
import type { Column } from "../protocols/tensors.js";
import { ServingFailure, invalid, nested } from "./tf-serving-failure.js";
import { isBodyList, isBodyObject, parseBody } from "./tf-serving-json.js";
import type { BodyObject, BodyValue } from "./tf-serving-json.js";
import { quotedValue } from "./tf-serving-quote.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";
import { fillTensor, isBase64, toColumn } from "./tf-serving-tensors.js";
import type { Element } from "./tf-serving-tensors.js";

/** The root of a body, and the signature that it names: empty for the default one. */
export interface RequestRoot {
  readonly root: BodyObject;
  readonly signatureName: string;
}

/** What a body of `:predict` asks for. */
export interface PredictBody {
  readonly layout: "row" | "columnar";
  readonly signature: ServedSignature;
  readonly inputs: ReadonlyMap<string, Column>;
}

/** Reads what all bodies have in common; throws the server's failure. */
export function readRoot(bytes: Uint8Array): RequestRoot {
  const root = parseBody(new TextDecoder().decode(bytes));
  if (!isBodyObject(root)) throw invalid(`JSON Value: ${quotedValue(root)} Is not object`);
  const name = root.get("signature_name");
  if (name === undefined) return { root, signatureName: "" };
  if (typeof name === "string") return { root, signatureName: name };
  const due = "not formatted correctly. 'signature_name' key must be a string value.";
  throw invalid(`JSON Value: ${quotedValue(root)} ${due}`);
}

/** Reads a body by the signature that `find` gives for the name in it; throws the server's failure. */
export function readPredictBody(
  bytes: Uint8Array,
  find: (signatureName: string) => ServedSignature,
): PredictBody {
  const { root, signatureName } = readRoot(bytes);
  const signature = find(signatureName);
  const instances = root.get("instances");
  const columns = root.get("inputs");
  if (signature.inputs.length === 0)
    throw invalid(`Failed to get input map for signature: ${signatureName || "DEFAULT"}`);
  if (instances !== undefined) {
    if (columns === undefined)
      return { layout: "row", signature, inputs: readRows(root, instances, signature.inputs) };
    const due = "Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist ";
    throw invalid(`JSON Value: ${quotedValue(root)} ${due}`);
  }
  if (columns === undefined) throw invalid("Missing 'inputs' or 'instances' key");
  return { layout: "columnar", signature, inputs: readColumns(columns, signature.inputs) };
}

/** Names that the signature has not are passed over: the server does not look at them. */
function readColumns(given: BodyValue, inputs: readonly ServedTensor[]): ReadonlyMap<string, Column> {
  const members = isBodyObject(given) && !isBase64(given) ? given : undefined;
  if (members === undefined && inputs.length > 1) {
    const due = "but expecting an object as multiple input tensors required as per tensorinfo_map";
    throw invalid(`inputs is a plain value/list, ${due}`);
  }
  return new Map(
    inputs.map((input) => {
      const value = members === undefined ? given : members.get(input.name);
      if (value === undefined) throw invalid(`Missing named input: ${input.name} in 'inputs' object.`);
      const { shape, data } = fillTensor(value, input);
      return [input.name, toColumn(input.dtype, shape, data)];
    }),
  );
}

/** The elements of an input in all rows so far. */
interface Stack {
  readonly input: ServedTensor;
  readonly rowShape: readonly number[];
  readonly rowSize: number;
  readonly data: Element[];
}

function readRows(
  root: BodyObject,
  instances: BodyValue,
  inputs: readonly ServedTensor[],
): ReadonlyMap<string, Column> {
  if (!isBodyList(instances))
    throw invalid(`JSON Value: ${quotedValue(root)} Excepting 'instances' to be an list/array`);
  const [first] = instances;
  if (first === undefined) throw invalid(`JSON Value: ${quotedValue(root)} No values in 'instances' array`);
  if (!isBodyObject(first) && inputs.length > 1) {
    const due = "but expecting list of objects as multiple input tensors required as per tensorinfo_map";
    throw invalid(`instances is a plain list, ${due}`);
  }
  const stacks = new Map<string, Stack>();
  const byName = isByName(first);
  for (const [row, instance] of instances.entries()) {
    if (isByName(instance) !== byName) {
      const seen = byName ? "object but got list" : "value/list but got object";
      throw invalid(`Expecting ${seen} at item ${row} of input list`);
    }
    if (isBodyObject(instance) && byName) addRow(instance, row, { inputs, stacks });
    else add(instance, inputs[0], { stacks, name: inputs[0]?.name ?? "", place: `element: ${row}` });
  }
  // A value in base64 goes to the first of several inputs, and then the others are missed.
  if (stacks.size < inputs.length) throw missed(inputs, stacks);
  return new Map(
    [...stacks].map(([name, { input, rowShape, data }]) => [
      name,
      toColumn(input.dtype, [instances.length, ...rowShape], data),
    ]),
  );
}

function isByName(instance: BodyValue): boolean {
  return isBodyObject(instance) && !isBase64(instance);
}

/** What the check of a call's inputs says (tensorflow/serving, `servables/tensorflow/predict_util.cc`). */
function missed(inputs: readonly ServedTensor[], stacks: ReadonlyMap<string, Stack>): ServingFailure {
  const expected = inputs.map(({ name }) => name).toSorted();
  const sent = [...stacks.keys()].toSorted();
  const missing = expected.filter((name) => !stacks.has(name));
  const sizes = `${sent.length}!=${expected.length} len({${sent.join(",")}}) != len({${expected.join(",")}})`;
  const names = `Sent extra: {}. Missing but required: {${missing.join(",")}}.`;
  return invalid(`input size does not match signature: ${sizes}. ${names}`);
}

function addRow(
  members: BodyObject,
  row: number,
  { inputs, stacks }: { readonly inputs: readonly ServedTensor[]; readonly stacks: Map<string, Stack> },
): void {
  for (const [name, value] of members) {
    const input = inputs.find((known) => known.name === name);
    add(value, input, { stacks, name, place: `element: ${row} key: ${name}` });
  }
  if (inputs.every(({ name }) => members.has(name))) return;
  const names = inputs.map(({ name }) => name).toSorted();
  throw invalid(
    `Failed to process element: ${row} of 'instances' list. JSON object: ${quotedValue(members)} keys must be equal to: ${names.join(",")}`,
  );
}

function add(
  value: BodyValue,
  input: ServedTensor | undefined,
  {
    stacks,
    name,
    place,
  }: { readonly stacks: Map<string, Stack>; readonly name: string; readonly place: string },
): void {
  try {
    if (input === undefined) throw invalid(`JSON object: does not have named input: ${name}`);
    const { shape, data } = fillTensor(value, input);
    const stack = stacks.get(name);
    if (stack === undefined)
      return void stacks.set(name, { input, rowShape: shape, rowSize: data.length, data: [...data] });
    if (data.length !== stack.rowSize)
      throw invalid(`Expecting tensor size: ${stack.rowSize} but got: ${data.length}`);
    if (shape.join() !== stack.rowShape.join())
      throw invalid(`Expecting shape [${stack.rowShape.join()}] but got: [${shape.join()}]`);
    for (const element of data) stack.data.push(element);
  } catch (error) {
    if (!(error instanceof ServingFailure)) throw error;
    throw invalid(`Failed to process ${place} of 'instances' list. Error: ${nested(error)}`);
  }
}
