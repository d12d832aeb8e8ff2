/*
 * The body of `:classify` or `:regress` comes in, examples go out: features whose kinds follow from the spelling of
 * their first value, then held to the description as the graph's own parser of tf.Example would do it
 * (tensorflow/serving, `util/json_tensor.cc`; tensorflow, `core/util/example_proto_fast_parsing.cc`).
 */
import type { ExampleFeature } from "../tf-serving/signature-types.js";
import type { TextElement } from "../tensor-json/text-tensor.js";
import { invalid } from "./tf-serving-failure.js";
import type { ServingFailure } from "./tf-serving-failure.js";
import { isBodyList, isBodyObject } from "./tf-serving-json.js";
import type { BodyObject, BodyValue } from "./tf-serving-json.js";
import { kindName, quotedValue } from "./tf-serving-quote.js";
import type { ServedSignature } from "./tf-serving-signature.js";
import { textOf, toBytes } from "./tf-serving-tensors.js";

/** One feature of an example; an empty list has no kind. */
export interface GivenFeature {
  readonly type: "float" | "int64" | "bytes" | null;
  readonly values: readonly (number | bigint | TextElement)[];
}

/** An example, its features by name. */
export type GivenExample = ReadonlyMap<string, GivenFeature>;

/** The examples of a body, each with the features of the context beside its own; throws the server's failure. */
export function readExamples(root: BodyObject): readonly GivenExample[] {
  const shared = root.get("context");
  const context = shared === undefined ? [] : readExample(shared);
  const examples = root.get("examples");
  if (examples === undefined) {
    const due = "When method is classify, key 'examples' is expected and was not found";
    throw invalid(`JSON Value: ${quotedValue(root)} ${due}`);
  }
  if (!isBodyList(examples))
    throw invalid(`JSON Value: ${quotedValue(root)} Expecting 'examples' value to be an list/array`);
  if (examples.length === 0)
    throw invalid(`JSON Value: ${quotedValue(root)} 'examples' value is an empty array`);
  return examples.map((example) => new Map([...context, ...readExample(example)]));
}

function readExample(value: BodyValue): GivenExample {
  if (!isBodyObject(value)) throw invalid(`Example must be JSON object but got JSON ${kindName(value)}`);
  return new Map([...value].map(([name, content]) => [name, readFeature(name, content)]));
}

function readFeature(name: string, content: BodyValue): GivenFeature {
  let type: GivenFeature["type"] = null;
  const values: (number | bigint | TextElement)[] = [];
  for (const item of isBodyList(content) ? content : [content]) {
    const { kind, value } = readValue(name, item);
    if (type !== null && kind !== type)
      throw invalid(`Unexpected element type in feature: ${name} expecting type: ${type}`);
    if (kind === "int64" && typeof value === "bigint" && value >= 2n ** 63n)
      throw invalid(`Feature: ${name} has uint64 element. Only int64 is supported.`);
    type = kind;
    values.push(value);
  }
  return { type, values };
}

function readValue(
  name: string,
  item: BodyValue,
): { readonly kind: "float" | "int64" | "bytes"; readonly value: number | bigint | TextElement } {
  if (typeof item === "number") return { kind: "float", value: Math.fround(item) };
  if (typeof item === "bigint") return { kind: "int64", value: item };
  if (typeof item === "boolean") return { kind: "int64", value: item ? 1n : 0n };
  const text = typeof item === "string" ? item : toBytes(item);
  if (text === undefined)
    throw invalid(`Feature: ${name} has element with unexpected JSON type: ${kindName(item)}`);
  return { kind: "bytes", value: textOf(text) };
}

/**
 * The features that the graph looks at; all of them where the description does not state any. Throws the graph's
 * failure for one that is missing, of another kind, or a list where a single value is due.
 */
export function parsedExample(
  example: GivenExample,
  index: number,
  { features }: ServedSignature,
): GivenExample {
  if (features === null) return example;
  const parsed = new Map<string, GivenFeature>();
  for (const [name, due] of features) {
    const given = example.get(name);
    if (given === undefined || (given.type === null && !due.list)) {
      if (due.optional !== true) throw missing(name, due);
      continue;
    }
    checkFeature(given, due, (why) => unparsed(name, index, why));
    parsed.set(name, given);
  }
  return parsed;
}

function checkFeature(
  { type, values }: GivenFeature,
  due: ExampleFeature,
  fail: (why: string) => ServingFailure,
): void {
  if (type !== null && due.type !== null && type !== due.type) {
    const types = `Data type: ${typeName(type)} but expected type: ${typeName(due.type)}`;
    throw fail(`Data types don't match. ${types}`);
  }
  if (due.list || values.length === 1) return;
  throw fail(
    `Number of ${type ?? "float"} values != expected.  Values size: ${values.length} but output shape: []`,
  );
}

const node = "\n\t [[{{node ParseExample/ParseExampleV2}}]]";

function missing(name: string, { type }: ExampleFeature): ServingFailure {
  const stated = type === null ? "" : ` (data type: ${typeName(type)})`;
  return invalid(`Name: <unknown>, Feature: ${name}${stated} is required but could not be found.${node}`);
}

function unparsed(name: string, index: number, why: string): ServingFailure {
  return invalid(`Name: <unknown>, Key: ${name}, Index: ${index}.  ${why}${node}`);
}

function typeName(type: "float" | "int64" | "bytes"): string {
  return type === "bytes" ? "string" : type;
}
