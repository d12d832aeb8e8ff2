import { halfPlusTwo, tensorOf } from "./tf-serving-models.js";
import type { ServedModel } from "./tf-serving-model.js";
import type { ServedTensor, TensorInfo } from "./tf-serving-tensors.js";

/*
 * The models of the samples, by simple arithmetic: what they compute shows that every input arrived as it was sent.
 */

const versions: ServedModel["versions"] = [{ version: 1n, state: "AVAILABLE" }];

function info(name: string, dtype: string, shape: readonly number[] | null = [-1]): TensorInfo {
  return { name, dtype: `DT_${dtype}`, shape };
}

function floats(shape: readonly number[], data: readonly number[]): ServedTensor {
  return { dtype: "DT_FLOAT", shape, data: data.map(Math.fround) };
}

const ids = [-1, -1];

/** Says of each row whether its first id is positive; its layers are those of the whole batch. */
const bert: ServedModel = {
  name: "bert",
  versions,
  signatures: [
    {
      name: "serving_default",
      inputs: ["attention_mask", "input_ids", "token_type_ids"].map((name) => info(name, "INT64", ids)),
      outputs: [info("attentions", "FLOAT", [2, -1, 1, -1, -1]), info("logits", "FLOAT", [-1, 2])],
      run: (inputs) => {
        const { data, shape } = tensorOf(inputs, "input_ids");
        const [rows = 0, length = 1] = shape;
        const firsts = Array.from({ length: rows }, (_, row) => Number(data[row * length]) > 0);
        const layers = 2 * rows * length * length;
        return new Map([
          [
            "attentions",
            floats(
              [2, rows, 1, length, length],
              Array.from({ length: layers }, () => 0.5),
            ),
          ],
          [
            "logits",
            floats(
              [rows, 2],
              firsts.flatMap((positive) => (positive ? [1, 0] : [0, 1])),
            ),
          ],
        ]);
      },
    },
  ],
};

const table: readonly TensorInfo[] = [
  ...["CRIM", "ZN", "INDUS", "NOX", "RM", "AGE", "PTRATIO", "LSTAT"].map((name) => info(name, "FLOAT")),
  ...[info("CHAS", "BOOL"), info("DIS", "DOUBLE"), info("RAD", "INT32"), info("TAX", "INT64")],
  info("TOWN", "STRING"),
];

/** The price is the number of rooms; the nearest tract is the town itself. */
const houses: ServedModel = {
  name: "houses",
  versions,
  signatures: [
    {
      name: "serving_default",
      inputs: table,
      outputs: [info("price", "FLOAT"), info("codes", "STRING", [-1, 3])],
      run: (inputs) => {
        const towns = tensorOf(inputs, "TOWN").data;
        const none = new Uint8Array();
        const codes = towns.flatMap((town) => [town, none, none]);
        return new Map([
          ["price", tensorOf(inputs, "RM")],
          ["codes", { dtype: "DT_STRING", shape: [towns.length, 3], data: codes }],
        ]);
      },
    },
    {
      name: "embed",
      inputs: [info("table", "FLOAT", [-1, 13])],
      outputs: [info("embedding", "FLOAT", [-1, 4])],
      run: (inputs) => {
        const { data, shape } = tensorOf(inputs, "table");
        const [rows = 0] = shape;
        const sums = Array.from({ length: rows }, (_, row) =>
          data.slice(13 * row, 13 * row + 13).reduce<number>((sum, value) => sum + Number(value), 0),
        );
        return new Map([
          [
            "embedding",
            floats(
              [rows, 4],
              sums.flatMap((sum) => [sum, sum, sum, sum]),
            ),
          ],
        ]);
      },
    },
    {
      name: "price_of_example",
      methodName: "tensorflow/serving/regress",
      inputs: [info("inputs", "STRING")],
      outputs: [info("outputs", "FLOAT", [-1, 1])],
      runExamples: (examples) => {
        const rooms = examples.map((features) => Number(features.get("RM")?.values[0]));
        return new Map([["outputs", floats([rooms.length, 1], rooms)]]);
      },
    },
  ],
};

/** The first score is the number of bytes, the last is none. */
const flowers: ServedModel = {
  name: "flowers",
  versions,
  signatures: [
    {
      name: "serving_default",
      inputs: [info("image_bytes", "STRING"), info("key", "STRING")],
      outputs: [info("key", "STRING"), info("scores", "FLOAT", [-1, 6]), info("prediction", "INT64")],
      run: (inputs) => {
        const images = tensorOf(inputs, "image_bytes").data;
        const sizes = images.map((image) => (image instanceof Uint8Array ? image.byteLength : NaN));
        return new Map([
          ["key", tensorOf(inputs, "key")],
          [
            "scores",
            floats(
              [sizes.length, 6],
              sizes.flatMap((size) => [size, 0, 0, 0, 0, NaN]),
            ),
          ],
          [
            "prediction",
            { dtype: "DT_INT64", shape: [sizes.length], data: sizes.map(() => 9007199254740993n) },
          ],
        ]);
      },
    },
  ],
};

/** Every model of which there is a sample. */
export const sampleModels: readonly ServedModel[] = [halfPlusTwo("half_plus_two"), bert, houses, flowers];
