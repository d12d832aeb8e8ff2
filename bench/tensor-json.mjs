import { createBodyWriter } from "../src/runtime/dist/json/body-writer.js";
import { ndarray } from "../src/runtime/dist/arrays/nd-array.js";
import { openJson } from "../src/runtime/dist/tensor-json/json-cursor.js";
import { readTensor } from "../src/runtime/dist/tensor-json/read-tensor.js";
import { writeTensor } from "../src/runtime/dist/tensor-json/write-tensor.js";
import { printAlone, takeTurns, timesFaster } from "./turns.mjs";

/*
 * Tensors as exact JSON against what a caller would write by hand: nested lists and JSON.stringify on the way out,
 * JSON.parse and flattening on the way in. Both take turns in one process.
 */

const rows = 20_000;
const columns = 8;
const rounds = 15;

const cases = [
  { dtype: "float32", data: Float32Array.from({ length: rows * columns }, () => Math.random()) },
  { dtype: "float64", data: Float64Array.from({ length: rows * columns }, () => Math.random()) },
  {
    dtype: "int32",
    data: Int32Array.from({ length: rows * columns }, () => (Math.random() - 0.5) * 2 ** 31),
  },
  { dtype: "int64", data: BigInt64Array.from({ length: rows * columns }, (_, index) => BigInt(index) ** 3n) },
];

function nested(data) {
  return Array.from({ length: rows }, (_, row) =>
    // bigint has no JSON: by hand it goes through Number, and loses what does not fit.
    Array.from(data.subarray(row * columns, (row + 1) * columns), Number),
  );
}

function encode(array) {
  const body = createBodyWriter();
  writeTensor(array, body, { feature: "x" });
  return body.finish("application/json").toBytes();
}

/** Each dtype both ways, and the size of its text, against lists of numbers. */
export async function measure() {
  const report = [];
  const unit = "million/s";
  const scale = (time) => (rows * columns) / time / 1000;
  for (const { dtype, data } of cases) {
    const array = ndarray([rows, columns], data);
    const bytes = encode(array);
    const byHand = new TextEncoder().encode(JSON.stringify(nested(data)));
    const writing = await takeTurns(
      {
        ours: () => encode(array),
        "JSON.stringify": () => new TextEncoder().encode(JSON.stringify(nested(data))),
      },
      { rounds },
    );
    const reading = await takeTurns(
      {
        ours: () => readTensor(openJson(bytes), { feature: "x", dtype }),
        "JSON.parse": () => {
          const lists = JSON.parse(new TextDecoder().decode(byHand)).flat();
          return dtype === "int64" ? BigInt64Array.from(lists, BigInt) : data.constructor.from(lists);
        },
      },
      { rounds },
    );
    report.push(
      {
        name: `JSON of ${dtype}, size`,
        ours: bytes.length / data.length,
        peers: { "JSON.stringify": byHand.length / data.length },
        unit: "bytes a value",
        ratio: bytes.length / byHand.length,
        budget: dtype === "float32" ? "≤ 0.6" : "none",
      },
      timesFaster({ name: `JSON of ${dtype}, written`, times: writing, unit, scale, budget: "none" }),
      timesFaster({ name: `JSON of ${dtype}, read`, times: reading, unit, scale, budget: "none" }),
    );
  }
  return report;
}

await printAlone(import.meta.url, measure);
