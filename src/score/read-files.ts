import { GenDeployError } from "../gen-deploy-error.js";
import type { RowInputs } from "./map-inputs.js";
import { createRowReader } from "./map-row.js";
import type { OpenedRows } from "./opened-rows.js";
import { convertBlock, type FoundRows } from "./read-blocks.js";
import { fileColumn } from "./row-source.js";
import { shownValue } from "./value-fault.js";

/** Opens files of which each is a row: the value of the one input that takes files. */
export function readFiles(paths: readonly string[], { fields }: RowInputs): OpenedRows {
  const required = fields.filter((field) => field.required);
  const taking = (required.length === 1 ? required : fields).filter(
    ({ reader }) => reader.fromFile !== undefined,
  );
  const [field] = taking;
  const fromFile = field?.reader.fromFile;
  if (field === undefined || fromFile === undefined || taking.length > 1 || required.length > 1) {
    const names = fields.slice(0, 5).map(({ name }) => shownValue(name));
    throw new GenDeployError(
      "rows/not-single",
      "Files can be rows by themselves where one input takes files and no other is required.",
      { hint: `Give a table with a column for each of ${names.join(", ")}; its cells hold paths.` },
    );
  }
  const reader = { ...field.reader, fromText: fromFile };
  const map = { fields: [{ ...field, reader, column: fileColumn }], taken: new Set<string>() };
  const rows = createRowReader(map, [fileColumn]);
  let done = 0;
  return {
    columnNames: [fileColumn],
    unit: "file",
    unused: () => [],
    total: paths.length,
    bytes: { size: null, read: () => done },
    async *rows({ skip }) {
      const found = paths.slice(skip).map((path, index) => ({ path, line: skip + index + 1 }));
      const made: FoundRows<{ readonly path: string; readonly line: number }> = {
        line: ({ line }) => line,
        columns: ({ path }) => ({ [fileColumn]: path }),
        convert: ({ path }) => rows.fromCells([path]),
        waits: true,
      };
      for await (const block of convertBlock(found, skip, made)) {
        done += block.length;
        yield block;
      }
    },
  };
}
