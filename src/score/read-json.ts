import { countBytes, textOf, type InputBytes } from "./input-bytes.js";
import { createRowReader, type RowReader } from "./map-row.js";
import type { OpenedRows, ReadContext } from "./opened-rows.js";
import { parseJson, whyNoJson } from "./parse-json.js";
import { createJsonRowsParser } from "./parse-json-rows.js";
import { convertBlock, refusedRow, type FoundRow } from "./read-blocks.js";
import { inBlocks, type Taken } from "./read-lines.js";
import { isMembers } from "./own-members.js";

/** The text of one row, and where it begins. */
interface RowText {
  readonly line: number;
  readonly text: string;
}

/** Opens JSON Lines: one value a line, blank lines aside. */
export function readJsonLines(input: InputBytes, context: ReadContext): OpenedRows {
  return readTexts(input, context, () => {
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
  return readTexts(input, context, () => {
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
  context: ReadContext,
  createParser: () => (text: string, isLast: boolean) => Taken<readonly RowText[]>,
): OpenedRows {
  const { columns } = context.mapped(null);
  const reader = createRowReader(columns, null);
  const known = new Set([...columns.taken, ...columns.fields.map(({ column }) => column)]);
  const unused = new Set<string>();
  const note = (name: string): void => {
    if (columns.others === undefined && !known.has(name) && unused.size < mostNoted) unused.add(name);
  };
  const counted = countBytes(input.stream());
  return {
    columnNames: null,
    unused: () => [...unused],
    total: null,
    bytes: { size: input.size, read: counted.read },
    async *rows({ skip }) {
      let index = 0;
      for await (const block of inBlocks(textOf(counted.pieces, input.name), createParser())) {
        const rest = index >= skip ? block : block.slice(skip - index);
        const first = index + block.length - rest.length;
        index += block.length;
        yield* convertBlock(
          rest.map((one) => foundRow(one, reader, note)),
          first,
          reader.waits,
        );
      }
    },
  };
}

/** Names of members that are remembered, to warn of: each row may have others. */
const mostNoted = 100;

function foundRow({ line, text }: RowText, reader: RowReader, note: (name: string) => void): FoundRow {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return { line, columns: {}, convert: () => refusedRow(`is no JSON${whyNoJson(error)}`) };
  }
  if (!isMembers(value)) return { line, columns: {}, convert: () => reader.fromValue(value) };
  for (const name of Object.keys(value)) note(name);
  return { line, columns: value, convert: () => reader.fromValue(value) };
}
