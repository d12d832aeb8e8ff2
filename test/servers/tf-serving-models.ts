import { invalid } from "./tf-serving-failure.js";
import type { ServedExample } from "./tf-serving-examples.js";
import type { ServedModel, ServedSignature } from "./tf-serving-model.js";
import type { ServedTensors } from "./tf-serving-predict.js";
import type { ServedTensor, TensorInfo } from "./tf-serving-tensors.js";

/** The tensor of that name; a model whose inputs the server has checked always has it. */
export function tensorOf(tensors: ServedTensors, name: string): ServedTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw invalid(`There is no tensor ${name}`);
  return tensor;
}

/** A float32 tensor with each number of `tensor` put through `change`. */
function changed(tensor: ServedTensor, change: (value: number) => number): ServedTensor {
  const data = tensor.data.map((value) => Math.fround(change(Number(value))));
  return { dtype: "DT_FLOAT", shape: tensor.shape, data };
}

/** A signature that gives back each input under the output at the same place. */
export function echo(
  name: string,
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[] = inputs,
): ServedSignature {
  const run = (given: ServedTensors): ServedTensors =>
    new Map(outputs.map((output, index) => [output.name, tensorOf(given, inputs[index]?.name ?? "")]));
  return { name, inputs, outputs, run };
}

const column = [-1, 1];
const example: TensorInfo = { name: "inputs", dtype: "DT_STRING", shape: null };

function float(name: string): TensorInfo {
  return { name, dtype: "DT_FLOAT", shape: column };
}

/** One number of each example's feature, as the graph's parser reads it: floats only, or `otherwise`. */
function parsed(examples: readonly ServedExample[], feature: string, otherwise?: number): readonly number[] {
  return examples.map((features) => {
    const found = features.get(feature);
    const wrong = (what: string): Error =>
      invalid(`{{node ParseExample}} Key: ${feature}.  ${what} Expected type: float`);
    if (found === undefined || found.type === null) {
      if (otherwise === undefined) throw wrong("Can't parse serialized Example.");
      return otherwise;
    }
    if (found.type !== "float") throw wrong("Data types don't match.");
    if (found.values.length !== 1) throw wrong("Number of values is not 1.");
    return found.values[0] ?? 0;
  });
}

function onExamples(
  name: string,
  verb: "classify" | "regress",
  { feature, offset, otherwise }: { feature: string; offset: number; otherwise?: number },
): ServedSignature {
  const output = verb === "classify" ? "scores" : "outputs";
  return {
    name,
    methodName: `tensorflow/serving/${verb}`,
    inputs: [example],
    outputs: [float(output)],
    runExamples: (examples) => {
      const data = parsed(examples, feature, otherwise).map((x) => Math.fround(x / 2 + offset));
      return new Map([[output, { dtype: "DT_FLOAT", shape: [data.length, 1], data }]]);
    },
  };
}

/** TensorFlow Serving's own test model: y = x / 2 + 2, y2 = x / 2 + 3, y3 = x2 / 2 + 3; all versions alike. */
export function halfPlusTwo(
  name: string,
  versions: ServedModel["versions"] = [{ version: 123n, state: "AVAILABLE" }],
  labels: ReadonlyMap<string, bigint> = new Map([["Version_Label", 123n]]),
): ServedModel {
  const bare = (signature: string, method: string, output: string): ServedSignature => ({
    name: signature,
    methodName: `tensorflow/serving/${method}`,
    inputs: [float("inputs")],
    outputs: [float(output)],
    run: (inputs) => new Map([[output, changed(tensorOf(inputs, "inputs"), (x) => x / 2 + 3)]]),
  });
  const signatures: readonly ServedSignature[] = [
    {
      name: "serving_default",
      inputs: [float("x")],
      outputs: [float("y")],
      run: (inputs) => new Map([["y", changed(tensorOf(inputs, "x"), (x) => x / 2 + 2)]]),
    },
    onExamples("regress_x_to_y", "regress", { feature: "x", offset: 2 }),
    onExamples("regress_x_to_y2", "regress", { feature: "x", offset: 3 }),
    bare("regress_x2_to_y3", "regress", "outputs"),
    onExamples("classify_x_to_y", "classify", { feature: "x", offset: 2 }),
    bare("classify_x2_to_y3", "classify", "scores"),
  ];
  return { name, versions, labels, signatures };
}

const one: ServedModel["versions"] = [{ version: 1n, state: "AVAILABLE" }];

function info(name: string, dtype: string, shape: readonly number[] | null = [-1]): TensorInfo {
  return { name, dtype: `DT_${dtype}`, shape };
}

const everything = [
  info("i64", "INT64"),
  info("u64", "UINT64"),
  info("f32", "FLOAT", [-1, 2]),
  info("f64", "DOUBLE"),
  info("flag", "BOOL"),
  info("text", "STRING"),
  info("file_bytes", "STRING"),
];

/** Gives back what it is given. */
export const echoModel: ServedModel = {
  name: "echo",
  versions: one,
  signatures: [
    echo("serving_default", everything),
    echo("float", [info("x", "FLOAT")]),
    echo("b64", [info("b64", "STRING")], [info("y_bytes", "STRING")]),
    echo("any", [info("x", "FLOAT", null)]),
  ],
};

/** Half plus the version's number, under two labels. */
export function versionedModel(name: string): ServedModel {
  const model = halfPlusTwo(
    name,
    [
      { version: 3n, state: "AVAILABLE" },
      { version: 5n, state: "AVAILABLE" },
    ],
    new Map([
      ["stable", 3n],
      ["the next/one", 5n],
    ]),
  );
  const [first, ...rest] = model.signatures;
  if (first === undefined) throw new Error("The model has no signature.");
  const plus: typeof first = {
    ...first,
    run: (inputs, version) =>
      new Map([["y", changed(tensorOf(inputs, "x"), (x) => x / 2 + Number(version))]]),
  };
  return { ...model, signatures: [plus, ...rest] };
}

/** Like a BERT classifier: what it gives for a batch of rows, and what it gives for each of its 12 layers. */
export const bertModel: ServedModel = {
  name: "bert",
  versions: one,
  signatures: [
    {
      name: "serving_default",
      inputs: [info("input_ids", "INT64", [-1, -1])],
      outputs: [info("attentions", "FLOAT", [12]), info("logits", "FLOAT", [-1, 2]), info("pooled", "FLOAT")],
      run: (inputs) => {
        const ids = tensorOf(inputs, "input_ids");
        const [rows = 0, length = 0] = ids.shape;
        if (length === 0) throw invalid("{{node bert/embeddings}} indices[0,0] is out of bounds");
        const sums = Array.from({ length: rows }, (_, row) =>
          ids.data.slice(row * length, (row + 1) * length).reduce<number>((sum, id) => sum + Number(id), 0),
        );
        const floats = (shape: readonly number[], data: readonly number[]): ServedTensor => ({
          dtype: "DT_FLOAT",
          shape,
          data: data.map(Math.fround),
        });
        return new Map([
          [
            "attentions",
            floats(
              [12],
              Array.from({ length: 12 }, (_, layer) => layer / 8),
            ),
          ],
          [
            "logits",
            floats(
              [rows, 2],
              sums.flatMap((sum) => [sum, -sum]),
            ),
          ],
          // One number for the whole batch, whatever the metadata promises.
          ["pooled", floats([1], [sums.reduce((total, sum) => total + sum, 0)])],
        ]);
      },
    },
  ],
};
