import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CodecSpec, JsonShape } from "@gen-deploy/runtime";
import type { DeploymentModel, OperationModel } from "../../src/model/deployment-model.js";
import { filesOfRows } from "../../src/disk/files-of-rows.js";
import type { InputBytes } from "../../src/score/input-bytes.js";
import type { OpenedRows } from "../../src/score/opened-rows.js";
import { readRows, type ReadRowsOptions } from "../../src/score/read-rows.js";
import type { SourceRow } from "../../src/score/row-source.js";

/** The golden model of a fixture, such as `peltarion/animal-table`. */
export function modelOf(fixture: string): DeploymentModel {
  const path = fileURLToPath(new URL(`../dialects/${fixture}/model.json`, import.meta.url));
  const { model } = JSON.parse(readFileSync(path, "utf8"));
  return model;
}

/** The operation of a model at a place, the main one by default. */
export function operationOf(model: DeploymentModel, index: number = 0): OperationModel {
  const operation = model.operations[index];
  if (operation === undefined) throw new Error(`${model.title} has no operation ${index}`);
  return operation;
}

/** A model of rows with features of these codecs; those whose names end in `?` are optional. */
export function modelWith(codecs: Readonly<Record<string, CodecSpec>>): DeploymentModel {
  const animal = modelOf("peltarion/animal-table");
  const operation = operationOf(animal);
  const features = Object.entries(codecs).map(([name, codec]) => {
    const required = !name.endsWith("?");
    return { wireName: name.replace(/\?$/, ""), doc: "", required, codec, fingerprint: "" };
  });
  return { ...animal, operations: [{ ...operation, input: { ...operation.input, features } }] };
}

/** A model of rows with features of these shapes. */
export function modelOfShapes(shapes: Readonly<Record<string, JsonShape>>): DeploymentModel {
  return modelWith(
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { kind: "json", shape }])),
  );
}

/** What a test reads. */
export interface RowsGiven extends ReadRowsOptions {
  readonly model: DeploymentModel;
  readonly operation?: OperationModel;
  /** The file's name, by which its format is known. */
  readonly name?: string;
  /** The folder of the files that rows name. */
  readonly folder?: string;
  /** How many bytes come at a time. */
  readonly pieces?: number;
}

/** Bytes in memory as a file, in pieces of `pieces`. */
export function bytesAsInput(
  content: string | Uint8Array,
  name: string,
  pieces: number = 65_536,
): InputBytes {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.byteLength,
    async *stream() {
      for (let at = 0; at < bytes.byteLength; at += pieces) yield bytes.subarray(at, at + pieces);
    },
    slice: async (start, end) => bytes.slice(start, end),
  };
}

/** Opens the rows of a content. */
export async function openText(
  content: string | Uint8Array,
  { model, operation = operationOf(model), name = "rows.csv", folder = ".", pieces, ...options }: RowsGiven,
): Promise<OpenedRows> {
  const target = { model, operation, files: filesOfRows(folder) };
  return await readRows(bytesAsInput(content, name, pieces), target, options);
}

/** All rows of a source. */
export async function allRows(source: OpenedRows, skip: number = 0): Promise<readonly SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const block of source.rows({ skip })) rows.push(...block);
  return rows;
}

/** All rows of a content. */
export async function rowsOf(content: string | Uint8Array, given: RowsGiven): Promise<readonly SourceRow[]> {
  return await allRows(await openText(content, given));
}

/** What became of each row: its value, or `line: feature reason`. */
export function outcomes(rows: readonly SourceRow[]): readonly unknown[] {
  return rows.map(({ line, row }) => {
    if (row.ok) return row.value;
    return `${line}: ${row.feature === undefined ? "" : `${row.feature} `}${row.reason}`;
  });
}
