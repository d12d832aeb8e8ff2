import { GenDeployError } from "../gen-deploy-error.js";
import { countBytes, textOf, type InputBytes } from "./input-bytes.js";
import { createRowReader } from "./map-row.js";
import type { OpenedRows, ReadContext } from "./opened-rows.js";
import { createCsvParser, guessDelimiter, type CsvRecord } from "./parse-csv.js";
import { byName, convertBlock, type FoundRows } from "./read-blocks.js";
import { inBlocks } from "./read-lines.js";

/** How a table is read. */
export interface CsvOptions {
  /** Guessed where it is left out. */
  readonly delimiter?: string | undefined;
  /** False where the first record is a row. */
  readonly header: boolean;
}

/** Opens a table: its header is read, and held against the inputs. */
export async function readCsv(
  input: InputBytes,
  context: ReadContext,
  { delimiter, header }: CsvOptions,
): Promise<OpenedRows> {
  const counted = countBytes(input.stream());
  const pieces = textOf(counted.pieces, input.name);
  const [sample, stated] = withoutStated(await firstLines(pieces));
  if (!sample.includes("\n") && /\r[^]/.test(sample)) throw oldLineEnds(input.name);
  const told = delimiter === undefined ? stated : toDelimiter(delimiter);
  const used = told ?? guessDelimiter(sample, context.names);
  const blocks = inBlocks(withFirst(sample, pieces), createCsvParser(used, input.name));
  const [head, ahead] = await firstRecord(blocks);
  if (head?.fault !== undefined) throw badQuote(input.name, head);
  if (head === undefined && header)
    throw new GenDeployError("rows/empty", `${input.name} is empty.`, {
      hint: "Its first line names the columns.",
    });
  const columnNames = header ? (head?.cells ?? []) : (head?.cells ?? []).map((_, index) => String(index + 1));
  const map = context.mapped(columnNames, { byPosition: !header });
  const reader = createRowReader(map.columns, columnNames);
  const found: FoundRows<CsvRecord> = {
    line: ({ line }) => line,
    columns: ({ cells }) => byName(columnNames, cells),
    convert: ({ cells }) => reader.fromCells(cells),
    waits: reader.waits,
  };

  return {
    columnNames,
    unit: "line",
    unused: () => map.unused,
    total: null,
    bytes: { size: input.size, read: counted.read },
    async *rows({ skip }) {
      let index = 0;
      const records = header || head === undefined ? ahead : [head, ...ahead];
      for await (const block of withFirst(records, blocks)) {
        const fault = block.findIndex((record) => record.fault !== undefined);
        const whole = fault === -1 ? block : block.slice(0, fault);
        const rest = index >= skip ? whole : whole.slice(skip - index);
        const first = index + whole.length - rest.length;
        index += whole.length;
        yield* convertBlock(rest, first, found);
        const broken = block[fault];
        // Nobody knows how many rows it has swallowed.
        if (broken !== undefined) throw badQuote(input.name, broken);
      }
    },
  };
}

/** A delimiter as users write it: a tab is hard to type. */
function toDelimiter(given: string): string {
  const text = given === "\\t" || given.toLowerCase() === "tab" ? "\t" : given;
  if (text !== "" && !/["\r\n\ufeff]/.test(text)) return text;
  throw new GenDeployError(
    "rows/bad-delimiter",
    `${JSON.stringify(given)} cannot stand between the cells of a table.`,
  );
}

/** A first line such as `sep=;` tells spreadsheets the delimiter. A blank line stays: lines are those of the file. */
function withoutStated(sample: string): readonly [sample: string, delimiter: string | undefined] {
  const delimiter = /^sep=([^"\r\n])\r?\n/i.exec(sample)?.[1];
  return delimiter === undefined ? [sample, undefined] : [sample.slice(`sep=${delimiter}`.length), delimiter];
}

function oldLineEnds(name: string): GenDeployError {
  return new GenDeployError("rows/line-ends", `The lines of ${name} end in CR alone, as on old Macs.`, {
    hint: "Save it with line ends of LF or CR LF: tr '\\r' '\\n' does it.",
  });
}

function badQuote(name: string, { line, fault = "" }: CsvRecord): GenDeployError {
  return new GenDeployError("rows/bad-quote", `${name}: the record that begins in line ${line} ${fault}.`, {
    hint: 'Within quotes, a quote is written twice: "5"" pipe".',
  });
}

/** Characters that are enough to guess a delimiter by. */
const sampleLength = 65_536;

/** The beginning of a text, with a line end in it if there is one. */
async function firstLines(pieces: AsyncIterator<string>): Promise<string> {
  let sample = "";
  while (sample.length < sampleLength || !/[\r\n]/.test(sample)) {
    const next = await pieces.next();
    if (next.done === true) break;
    sample += next.value;
  }
  return sample;
}

async function* withFirst<Item>(first: Item, others: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* others;
}

/** The first record, and those of its block that follow. */
async function firstRecord(
  blocks: AsyncIterator<readonly CsvRecord[]>,
): Promise<readonly [CsvRecord | undefined, readonly CsvRecord[]]> {
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    const [first, ...others] = next.value;
    if (first !== undefined) return [first, others];
  }
  return [undefined, []];
}
