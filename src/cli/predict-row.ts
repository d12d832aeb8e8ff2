import { GenDeployError } from "../gen-deploy-error.js";
import { jsonText } from "../score/cell-text.js";
import { faultText } from "../score/fault-text.js";
import { indentJson } from "../score/indent-json.js";
import { outputColumns } from "../score/output-columns.js";
import { checkThrough, deploymentFault, openCheckingClient, openRunClient } from "../score/run-client.js";
import { saveFiles } from "../score/save-files.js";
import { tableColumns } from "../score/table-columns.js";
import { createTableWriter } from "../score/table-format.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import type { PredictSession } from "./predict.js";
import { answerFolder } from "./predict-places.js";
import { readOneRow } from "./predict-source.js";

/** Scores one row of the command line, and prints the answer as JSON. */
export async function predictRow(session: PredictSession, text: string): Promise<ExitStatus> {
  const { settings, predict, called, signal, results } = session;
  const row = await readOneRow(session, text);
  if (!row.ok) {
    throw new GenDeployError("score/bad-row", `--row: ${faultText({ feature: undefined, ...row })}`);
  }
  if (settings.dryRun) return await checkRow(session, row.value);
  const { token, headers } = settings;
  const client = openRunClient(called, { ...predict, token, headers, signal });
  try {
    const answer = await client.predict(row.value);
    const { files } = predict;
    const saved = files === undefined ? answer : await saveFiles(answer, 1, answerFolder(files));
    const printed = answerText(session, saved);
    await results.write(`${results.screen ? indentJson(printed) : printed}\n`);
    return exitStatus.done;
  } catch (error) {
    throw deploymentFault(error);
  }
}

/** Tells of a row that would be sent, without sending it. */
async function checkRow({ settings, called, terminal }: PredictSession, row: unknown): Promise<ExitStatus> {
  try {
    await checkThrough(openCheckingClient(called), 1)([row], { eager: true });
  } catch (error) {
    throw deploymentFault(error);
  }
  if (settings.json) terminal.printJson({ ok: true, rows: 1, refused: 0, faults: [] });
  else if (!settings.quiet) terminal.print("The row is right.");
  return exitStatus.done;
}

/** An answer of members as a line of JSON Lines has it; any other as it is. */
function answerText({ called, predict }: PredictSession, answer: unknown): string {
  const { system } = called.bound;
  if (system !== "rows" && system !== "tf-serving") return jsonText(answer);
  const outputs = outputColumns(called, { categories: predict.categories, flat: false });
  const columns = tableColumns({ wanted: [], known: null, flat: false }, outputs);
  const row = { line: 1, index: 0, columns: {}, row: { ok: true, value: undefined } } as const;
  return createTableWriter(columns, "jsonl").line(row, answer).trimEnd();
}
