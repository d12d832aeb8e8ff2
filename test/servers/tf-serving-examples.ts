import { invalid } from "./tf-serving-failure.js";
import type { ServingFailure } from "./tf-serving-failure.js";
import { memberOf } from "./tf-serving-json.js";
import type { JsonValue } from "./tf-serving-json.js";
import { readRoot, writeScalar } from "./tf-serving-predict.js";
import type { ServedTensors } from "./tf-serving-predict.js";
import { createPrinter, debugText, decimalText } from "./tf-serving-print.js";
import { toBytes, typeText } from "./tf-serving-tensors.js";
import type { TensorInfo } from "./tf-serving-tensors.js";

/** One feature of an example; an empty list has no kind. */
export type ServedFeature =
  | { readonly type: "float"; readonly values: readonly number[] }
  | { readonly type: "int64"; readonly values: readonly bigint[] }
  | { readonly type: "bytes"; readonly values: readonly Uint8Array[] }
  | { readonly type: null; readonly values: readonly [] };

/** A tf.Example: features by name. */
export type ServedExample = ReadonlyMap<string, ServedFeature>;

/** What a body of `:classify` or `:regress` asks for. */
export interface ExamplesRequest {
  readonly signatureName: string | null;
  readonly context: ServedExample | null;
  readonly examples: readonly ServedExample[];
}

/** Reads a body; throws the server's failure. */
export function readExamplesRequest(text: string): ExamplesRequest {
  const { root, signatureName } = readRoot(text);
  const given = memberOf(root.members, "context");
  const context = given === undefined ? null : readExample(given);
  const examples = memberOf(root.members, "examples");
  if (examples?.kind !== "list" || examples.items.length === 0) {
    const found = examples?.kind === "list" ? "value is an empty array" : "value is not an array";
    throw invalid(`JSON Value: ${debugText(root)} 'examples' ${found}`);
  }
  return { signatureName, context, examples: examples.items.map(readExample) };
}

/** Each example with the context's features beside its own. */
export function mergedExamples({ context, examples }: ExamplesRequest): readonly ServedExample[] {
  return examples.map((example) => new Map([...(context ?? []), ...example]));
}

function readExample(value: JsonValue): ServedExample {
  if (value.kind !== "object") throw invalid(`Example must be JSON object but got JSON ${typeText(value)}`);
  const features = new Map<string, ServedFeature>();
  for (const member of value.members) {
    if (!features.has(member.name)) features.set(member.name, readFeature(member.name, member.value));
  }
  return features;
}

/** The kind follows from the spelling of the first element, and no other may differ. */
function readFeature(name: string, value: JsonValue): ServedFeature {
  const items = value.kind === "list" ? value.items : [value];
  const floats: number[] = [];
  const integers: bigint[] = [];
  const texts: Uint8Array[] = [];
  let type: ServedFeature["type"] = null;
  for (const item of items) {
    const kind = kindOf(name, item);
    if (type !== null && kind !== type)
      throw invalid(`Unexpected element type in feature: ${name} expecting type: ${type}`);
    type = kind;
    if (item.kind === "double") floats.push(Math.fround(item.value));
    else if (item.kind === "integer") integers.push(item.value);
    else if (item.kind === "boolean") integers.push(item.value ? 1n : 0n);
    else texts.push(toBytes(item) ?? new Uint8Array());
  }
  if (type === "float") return { type, values: floats };
  if (type === "int64") return { type, values: integers };
  return type === "bytes" ? { type, values: texts } : { type, values: [] };
}

function kindOf(name: string, item: JsonValue): "float" | "int64" | "bytes" {
  if (item.kind === "double") return "float";
  if (item.kind === "integer") {
    if (item.value < 2n ** 63n) return "int64";
    const found = `JSON Value: ${item.value} Type: Number`;
    throw invalid(`${found} is not of expected type: int64`);
  }
  if (item.kind === "boolean") return "int64";
  if (toBytes(item) !== undefined) return "bytes";
  throw invalid(`Feature: ${name} has element with unexpected JSON type: ${typeText(item)}`);
}

/** Refuses a signature that the verb cannot be called on. */
export function checkVerb(
  verb: "classify" | "regress",
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): void {
  const wrong = (due: string): ServingFailure => invalid(`Expected ${due} in the ${verb} signature`);
  if (inputs.length !== 1 || inputs[0]?.name !== "inputs") throw wrong("one input named inputs");
  if (verb === "regress") {
    if (outputs.length === 1 && outputs[0]?.name === "outputs" && outputs[0].dtype === "DT_FLOAT") return;
    throw wrong("one output named outputs of DT_FLOAT");
  }
  const dtypes = new Map([
    ["classes", "DT_STRING"],
    ["scores", "DT_FLOAT"],
  ]);
  if (outputs.length > 0 && outputs.every(({ name, dtype }) => dtypes.get(name) === dtype)) return;
  throw wrong("outputs named classes and scores");
}

/** The body of a reply of `:classify`: for each example its pairs of label and score. */
export function writeClassifyReply(outputs: ServedTensors, examples: number): string {
  if (outputs.size === 0) throw invalid("Cannot convert empty ClassificationResults to JSON");
  const classes = outputs.get("classes");
  const scores = outputs.get("scores");
  const total = Math.max(classes?.data.length ?? 0, scores?.data.length ?? 0);
  const size = examples === 0 ? 0 : total / examples;
  const printer = createPrinter();
  printer.open("{");
  printer.name("results");
  printer.open("[");
  printer.singleLine = true;
  for (let example = 0; example < examples; example += 1) {
    printer.open("[");
    for (let index = example * size; index < (example + 1) * size; index += 1) {
      printer.open("[");
      const label = classes?.data[index] ?? new Uint8Array();
      writeScalar(printer, label, { dtype: "DT_STRING", base64: false });
      writeScalar(printer, scores?.data[index] ?? 0, { dtype: "DT_FLOAT", base64: false });
      printer.close();
    }
    printer.close();
  }
  printer.singleLine = false;
  printer.close();
  printer.close();
  return printer.text;
}

/** The body of a reply of `:regress`: one number for each example. */
export function writeRegressReply(outputs: ServedTensors): string {
  const values = outputs.get("outputs")?.data ?? [];
  if (values.length === 0) throw invalid("Cannot convert empty RegressionResults to JSON");
  const printer = createPrinter();
  printer.open("{");
  printer.name("results");
  printer.singleLine = true;
  printer.open("[");
  for (const value of values) printer.raw(decimalText(Number(value), "float"));
  printer.close();
  printer.singleLine = false;
  printer.close();
  return printer.text;
}
