import { countBytes, textOf, type InputBytes } from "./input-bytes.js";
import { createRowReader } from "./map-row.js";
import type { OpenedRows, ReadContext } from "./opened-rows.js";
import { parseJson, whyNoJson } from "./parse-json.js";
import { createJsonRowsParser } from "./parse-json-rows.js";
import { convertBlock, type FoundRows } from "./read-blocks.js";
import { inBlocks, type Taken } from "./read-lines.js";
import { isMembers } from "./own-members.js";
import type { RowUnit } from "./row-source.js";

/** The text of one row, and where it begins. */
interface RowText {
  readonly line: number;
  readonly text: string;
}

/** Opens JSON Lines: one value a line, blank lines aside. */
export function readJsonLines(input: InputBytes, context: ReadContext): OpenedRows {
  return readTexts(input, { ...context, unit: "line" }, () => {
    let line = 1;
    return (text, isLast) => {
      const end = isLast ? text.length : text.lastIndexOf("\n") + 1;
      const lines = end === 0 ? [] : text.slice(0, end).replace(/\n$/, "").split("\n");
      const first = line;
      line += lines.length;
      const block = lines.map((one, index) => ({ line: first + index, text: one }));
      return { block: block.filter((one) => one.text.trim() !== ""), length: end };
    };
  });
}

/** Opens a JSON document with a list of rows; lines are the numbers of rows. */
export function readJson(input: InputBytes, context: ReadContext): OpenedRows {
  return readTexts(input, { ...context, unit: "row" }, () => {
    const take = createJsonRowsParser(input.name);
    let line = 1;
    return (text, isLast) => {
      const { block, length } = take(text, isLast);
      const first = line;
      line += block.length;
      return { block: block.map((one, index) => ({ line: first + index, text: one })), length };
    };
  });
}

function readTexts(
  input: InputBytes,
  { mapped, unit }: Pick<ReadContext, "mapped"> & { readonly unit: RowUnit },
  createParser: () => (text: string, isLast: boolean) => Taken<readonly RowText[]>,
): OpenedRows {
  const { columns } = mapped(null);
  const reader = createRowReader(columns, null);
  const known = new Set([...columns.taken, ...columns.fields.map(({ column }) => column)]);
  const unused = new Set<string>();
  const note = (name: string): void => {
    if (columns.others === undefined && !known.has(name) && unused.size < mostNoted) unused.add(name);
  };
  const found: FoundRows<RowValue> = {
    line: ({ line }) => line,
    columns: ({ value }) => (isMembers(value) ? value : {}),
    text: ({ value, text }) => (isMembers(value) ? undefined : text),
    convert({ value, fault }) {
      if (fault !== undefined) return { ok: false, reason: fault };
      if (isMembers(value)) for (const name of Object.keys(value)) note(name);
      return reader.fromValue(value);
    },
    waits: reader.waits,
  };
  const counted = countBytes(input.stream());
  return {
    columnNames: null,
    unit,
    unused: () => [...unused],
    total: null,
    bytes: { size: input.size, read: counted.read },
    async *rows({ skip }) {
      let index = 0;
      for await (const block of inBlocks(textOf(counted.pieces, input.name), createParser())) {
        const rest = index >= skip ? block : block.slice(skip - index);
        const first = index + block.length - rest.length;
        index += block.length;
        yield* convertBlock(rest.map(parsed), first, found);
      }
    },
  };
}

/** Names of members that are remembered, to warn of: each row may have others. */
const mostNoted = 100;

/** The value of one row, or why there is none. */
interface RowValue {
  readonly line: number;
  readonly text: string;
  readonly value: unknown;
  readonly fault?: string;
}

function parsed({ line, text }: RowText): RowValue {
  try {
    return { line, text, value: parseJson(text) };
  } catch (error) {
    return { line, text, value: undefined, fault: `is no JSON${whyNoJson(error)}` };
  }
}
