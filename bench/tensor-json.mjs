import { createBodyWriter } from "../src/runtime/dist/json/body-writer.js";
import { ndarray } from "../src/runtime/dist/arrays/nd-array.js";
import { openJson } from "../src/runtime/dist/tensor-json/json-cursor.js";
import { readTensor } from "../src/runtime/dist/tensor-json/read-tensor.js";
import { writeTensor } from "../src/runtime/dist/tensor-json/write-tensor.js";

/*
 * Tensors as exact JSON against what a caller would write by hand: nested lists and JSON.stringify on the way out,
 * JSON.parse and flattening on the way in. Both take turns in one process; the ratio of their medians is what counts.
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

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Runs both in turn and gives the median time of each, in milliseconds. */
function compare(ours, theirs) {
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [who, work] of [
      ["ours", ours],
      ["theirs", theirs],
    ]) {
      const start = performance.now();
      work();
      times[who].push(performance.now() - start);
    }
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

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

console.log(
  `| ${rows} × ${columns} | bytes, of JSON.stringify's | encode, times faster | decode, times faster |`,
);
console.log("| --- | --- | --- | --- |");
for (const { dtype, data } of cases) {
  const array = ndarray([rows, columns], data);
  const bytes = encode(array);
  const byHand = new TextEncoder().encode(JSON.stringify(nested(data)));
  const out = compare(
    () => encode(array),
    () => new TextEncoder().encode(JSON.stringify(nested(data))),
  );
  const back = compare(
    () => readTensor(openJson(bytes), { feature: "x", dtype }),
    () => {
      const lists = JSON.parse(new TextDecoder().decode(byHand)).flat();
      return dtype === "int64" ? BigInt64Array.from(lists, BigInt) : data.constructor.from(lists);
    },
  );
  const share = Math.round((bytes.byteLength / byHand.byteLength) * 100);
  console.log(
    `| ${dtype} | ${share} % | ${(out.theirs / out.ours).toFixed(1)} | ${(back.theirs / back.ours).toFixed(1)} |`,
  );
}
console.log(`\nNode ${process.version}, ${process.platform} ${process.arch}`);
