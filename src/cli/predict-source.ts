import { dirname } from "node:path";
import { expandLocations } from "../disk/expand-locations.js";
import { filesOfRows } from "../disk/files-of-rows.js";
import { openInput } from "../disk/open-input.js";
import type { OpenedRows } from "../score/opened-rows.js";
import { readFileRows, readRow, readRows, type RowsTarget } from "../score/read-rows.js";
import type { ConvertedRow } from "../score/row-source.js";
import type { PredictSession } from "./predict.js";
import type { PredictSettings } from "./predict-settings.js";

/** The rows of the file that the user named, or of the files that fit a pattern, a row each. */
export async function openSource(session: PredictSession): Promise<OpenedRows> {
  const { predict, stdin, signal } = session;
  const { rows = "-", format, delimiter, header, map } = predict;
  const { several, locations } = await expandLocations([rows], { signal });
  const fault = locations.find((one) => one.fault !== undefined)?.fault;
  if (fault !== undefined) throw fault;
  if (several || (format === undefined && isFileOfOneRow(rows))) {
    const paths = locations.map(({ location }) => location);
    return readFileRows(paths, targetOf(session, "."));
  }
  const folder = rows === "-" ? "." : dirname(rows);
  const input = await openInput(rows, stdin);
  return await readRows(input, targetOf(session, folder), { format, delimiter, header, map });
}

/** The row of the command line. */
export async function readOneRow(session: PredictSession, text: string): Promise<ConvertedRow> {
  return await readRow(text, targetOf(session, "."));
}

/** How the input is called in messages. */
export function sourceName({ rows = "-" }: PredictSettings): string {
  return rows === "-" ? "<stdin>" : rows;
}

function targetOf({ model, called }: PredictSession, folder: string): RowsTarget {
  return { model, operation: called.model, files: filesOfRows(folder) };
}

/** Whether a file is a value by itself: a picture or an array. */
function isFileOfOneRow(path: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|bmp|tiff?|npy)$/i.test(path);
}

/** Tells of columns that no input takes and nobody carries along: a name may be misspelt. */
export function warnOfUnused({ predict, settings, terminal }: PredictSession, source: OpenedRows): void {
  const { columns } = predict;
  const names = source.unused().filter((name) => !columns.includes(name) && !columns.includes("*"));
  if (names.length === 0 || settings.quiet || settings.json) return;
  const shown = names.slice(0, 8).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
  terminal.complain(
    `note: No input takes ${names.length === 1 ? "the column" : "the columns"} ${shown.join(", ")}${more}.`,
  );
}
