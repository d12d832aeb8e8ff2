import { ndarray } from "@gen-deploy/runtime";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import type { DeploymentModel } from "../../src/model/deployment-model.js";
import { calledOperation } from "../../src/score/called-operation.js";
import { outputColumns, type ColumnOptions } from "../../src/score/output-columns.js";
import type { OutputFormat } from "../../src/score/run-choices.js";
import type { SourceRow } from "../../src/score/row-source.js";
import { tableColumns } from "../../src/score/table-columns.js";
import { createTableWriter } from "../../src/score/table-format.js";

/** The golden model of a case. */
function modelOf(name: string): DeploymentModel {
  const url = new URL(`../dialects/${name}/model.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")).model;
}

interface Written {
  readonly model: string;
  readonly operation?: string;
  readonly format?: OutputFormat;
  readonly categories?: ColumnOptions["categories"];
  readonly columns?: readonly string[];
}

const row: SourceRow = {
  line: 2,
  index: 0,
  columns: { id: "a,1", price: "9", ["__proto__"]: "p" },
  row: { ok: true, value: {} },
};

function write(answer: unknown, written: Written): string {
  const { model: name, operation, format = "csv", categories = "probability", columns = [] } = written;
  const model = modelOf(name);
  const flat = format !== "jsonl";
  const called = calledOperation(model, bindModel(model), operation);
  const carried = { wanted: columns, known: ["id", "price", "__proto__"], flat };
  const writer = createTableWriter(
    tableColumns(carried, outputColumns(called, { categories, flat })),
    format,
  );
  return writer.head + writer.line(row, answer);
}

const digits = {
  digit: { zero: 0.25, one: 0.75, "other digit": 0 },
  "heat map": ndarray([2, 3], new Float32Array([0.1, 0.2, 0.3, 1, 2, 3])),
  cleaned: {
    mediaType: "image/png",
    bytes: new Uint8Array([1, 2, 3]),
    toDataUrl: () => "data:image/png;base64,AQID",
  },
  "is blurred": 0.5,
};
const house = { price: Math.fround(12.1), codes: ["a", 'b "c"', "d"] };
const leaf = { disease: "leaf-rust", probabilities: { healthy: 1 }, severity: null, regions: [{ score: 1 }] };

test("carried columns keep their types", () => {
  const types = new Map([["id", "integer"]] as const);
  const columns = tableColumns({ wanted: ["*"], known: ["id", "name"], types, flat: true }, []);
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ["id", "integer"],
    ["name", "text"],
  ]);
});

describe("what a run writes", () => {
  test.each<Written & { readonly name: string; readonly answer: unknown; readonly want: string }>([
    {
      name: "a label with its probability, arrays as lists, pictures as data URLs",
      model: "peltarion/image-and-arrays",
      answer: digits,
      want: 'digit,digit.probability,heat map,cleaned,is blurred\none,0.75,"[[0.1,0.2,0.3],[1,2,3]]","data:image/png;base64,AQID",0.5\n',
    },
    {
      name: "the label alone",
      model: "peltarion/image-and-arrays",
      categories: "top",
      format: "tsv",
      answer: digits,
      want: "digit\theat map\tcleaned\tis blurred\none\t[[0.1,0.2,0.3],[1,2,3]]\tdata:image/png;base64,AQID\t0.5\n",
    },
    {
      name: "a column for each label",
      model: "peltarion/image-and-arrays",
      categories: "all",
      answer: { ...digits, cleaned: undefined },
      want: 'digit.zero,digit.one,digit.other digit,heat map,cleaned,is blurred\n0.25,0.75,0,"[[0.1,0.2,0.3],[1,2,3]]",,0.5\n',
    },
    {
      name: "values as they are in JSON Lines",
      model: "peltarion/image-and-arrays",
      categories: "all",
      format: "jsonl",
      answer: { ...digits, "is blurred": NaN },
      want: '{"digit":{"zero":0.25,"one":0.75,"other digit":0},"heat map":[[0.1,0.2,0.3],[1,2,3]],"cleaned":"data:image/png;base64,AQID","is blurred":null}\n',
    },
    {
      name: "carried columns first, and an output of the same name under another",
      model: "tf-serving/features",
      columns: ["id", "price", "__proto__"],
      answer: house,
      want: 'id,price,__proto__,price.output,codes\n"a,1",9,p,12.1,"[""a"",""b \\""c\\"""",""d""]"\n',
    },
    {
      name: "the same in JSON Lines",
      model: "tf-serving/features",
      columns: ["*"],
      format: "jsonl",
      answer: house,
      want: '{"id":"a,1","price":"9","__proto__":"p","price.output":12.1,"codes":["a","b \\"c\\"","d"]}\n',
    },
    {
      name: "what regress gives",
      model: "tf-serving/features",
      operation: "regress",
      answer: Math.fround(0.1),
      want: "value\n0.1\n",
    },
    {
      name: "a signature by its name",
      model: "tf-serving/features",
      operation: "embed",
      format: "jsonl",
      answer: { embedding: ndarray([2], new BigInt64Array([1n, 9007199254740993n])) },
      want: '{"embedding":[1,9007199254740993]}\n',
    },
    {
      name: "members of an answer, and one level of theirs",
      model: "openapi/leaf-doctor",
      answer: leaf,
      want: 'disease,probabilities.healthy,probabilities.leaf-rust,probabilities.powdery mildew,severity,regions\nleaf-rust,1,,,,"[{""score"":1}]"\n',
    },
    {
      name: "members of an answer in JSON Lines, whatever they are called",
      model: "openapi/leaf-doctor",
      format: "jsonl",
      columns: ["id"],
      answer: { ...leaf, id: 7 },
      want: '{"id":"a,1","disease":"leaf-rust","probabilities":{"healthy":1},"severity":null,"regions":[{"score":1}],"id.output":7}\n',
    },
    {
      name: "a bare answer",
      model: "modelbit/adder",
      answer: 12,
      want: "result\n12\n",
    },
    {
      name: "nothing as a row all the same",
      model: "modelbit/adder",
      answer: null,
      want: 'result\n""\n',
    },
    {
      name: "files elsewhere by their addresses",
      model: "cog/photo-restyler",
      answer: { url: "https://x.example/a.png", bytes: async () => null, blob: async () => new Blob([]) },
      want: "output\nhttps://x.example/a.png\n",
    },
    {
      name: "cells that wait for a Parquet file",
      model: "tf-serving/features",
      format: "parquet",
      columns: ["id"],
      answer: { price: null, codes: "" },
      want: '["a,1",null,""]\n',
    },
  ])("is $name", ({ answer, want, ...written }) => {
    expect(write(answer, written)).toBe(want);
  });

  test("needs the labels where each has a column", () => {
    const written = { model: "peltarion/categorical-size-only", categories: "all" } as const;
    expect(() => write({}, written)).toThrow('does not state the labels of "severity"');
    expect(write({ severity: { a: 1 } }, { ...written, format: "jsonl" })).toBe('{"severity":{"a":1}}\n');
  });

  test("is refused for columns and operations that are not there", () => {
    const model = "tf-serving/features";
    expect(() => write({}, { model, columns: ["prize"] })).toThrow('no column "prize"');
    expect(() => write({}, { model, operation: "classify" })).toThrow('no operation "classify"');
    expect(() => write({}, { model: "modelbit/adder", operation: "x" })).toThrow('no operation "x"');
  });
});
