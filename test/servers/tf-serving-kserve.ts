import { tensorOf } from "./tf-serving-models.js";
import type { ServedModel, ServedSignature } from "./tf-serving-model.js";
import type { ServedTensors } from "./tf-serving-predict.js";
import type { Scalar, ServedTensor, TensorInfo } from "./tf-serving-tensors.js";

function info(name: string, dtype: string, shape: readonly number[]): TensorInfo {
  return { name, dtype: `DT_${dtype}`, shape };
}

function served(name: string, signature: Omit<ServedSignature, "name">): ServedModel {
  const signatures = [{ name: "serving_default", ...signature }];
  return { name, versions: [{ version: 1n, state: "AVAILABLE" }], signatures };
}

function floats(shape: readonly number[], data: readonly number[]): ServedTensor {
  return { dtype: "DT_FLOAT", shape, data: data.map(Math.fround) };
}

/** Two products of matrices at once: x of [2,2,3] times b of [2,3,2]. */
export const products: ServedModel = served("products", {
  inputs: [info("x", "FLOAT", [2, 2, 3]), info("b", "FLOAT", [2, 3, 2])],
  outputs: [info("product", "FLOAT", [2, 2, 2])],
  run: (inputs) => {
    const x = tensorOf(inputs, "x").data.map(Number);
    const b = tensorOf(inputs, "b").data.map(Number);
    const at = (index: number): number => {
      const [pair, row, column] = [index >> 2, (index >> 1) & 1, index & 1];
      return [0, 1, 2].reduce(
        (sum, k) => sum + (x[pair * 6 + row * 3 + k] ?? NaN) * (b[pair * 6 + k * 2 + column] ?? NaN),
        0,
      );
    };
    return new Map([
      [
        "product",
        floats(
          [2, 2, 2],
          Array.from({ length: 8 }, (_, index) => at(index)),
        ),
      ],
    ]);
  },
});

/** The identity of three dimensions times a whole number: `1.0` is refused. */
export const scaled: ServedModel = served("scaled", {
  inputs: [info("factor", "INT32", [])],
  outputs: [info("matrix", "INT32", [3, 3])],
  run: (inputs) => {
    const [factor = 0] = tensorOf(inputs, "factor").data;
    const data = Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? Number(factor) : 0));
    return new Map([["matrix", { dtype: "DT_INT32", shape: [3, 3], data }]]);
  },
});

/** A classifier of pictures by the number of their bytes; the key `large` has a class beyond what a double holds. */
export const flowers: ServedModel = served("flowers", {
  inputs: [info("image_bytes", "STRING", [-1]), info("key", "STRING", [-1])],
  outputs: [info("key", "STRING", [-1]), info("prediction", "INT64", [-1]), info("scores", "FLOAT", [-1, 6])],
  run: (inputs) => classified(inputs),
});

function classified(inputs: ServedTensors): ServedTensors {
  const keys = tensorOf(inputs, "key");
  const sizes = tensorOf(inputs, "image_bytes").data.map((bytes) =>
    bytes instanceof Uint8Array ? bytes.byteLength : 0,
  );
  const scores = sizes.flatMap((size) =>
    Array.from({ length: 6 }, (_, label) => (label === size % 6 ? 1 : 0)),
  );
  const classes = keys.data.map((key, row): Scalar => {
    const large = key instanceof Uint8Array && Buffer.from(key).toString() === "large";
    return large ? 9_007_199_254_740_993n : BigInt((sizes[row] ?? 0) % 6);
  });
  return new Map([
    ["key", keys],
    ["prediction", { dtype: "DT_INT64", shape: [sizes.length], data: classes }],
    ["scores", floats([sizes.length, 6], scores)],
  ]);
}
