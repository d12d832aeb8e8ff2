/*
 * In: rows that a mock has read. Out: the body of its reply, with what the user's function gives for each of them, or
 * what follows from the seed and the row.
 */
import { rowMembers, missingFeature } from "../client/row-members.js";
import { prepareRows } from "../client/prepare-rows.js";
import type { ProbabilitiesCodec } from "../codec.js";
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import type { BodyWriter } from "../json/body.js";
import { createBodyWriter } from "../json/body-writer.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { MockedFeature, MockedRows, Row } from "./rows-operation.js";
import { createDraw, hashValue } from "./seed.js";
import { drawFeature } from "./seeded-features.js";

/** What the rows of a reply are made of. */
export interface RowsSource {
  readonly seed: number | string;
  /** The user's own function, or undefined where the seed says it all. */
  readonly answers: ((row: Row) => unknown) | undefined;
}

/** The output row for `row`, every output drawn by itself: the same for the same row, whatever comes with it. */
function seededRow(row: Row, outputs: readonly MockedFeature[], seed: number | string): Row {
  const own = hashValue(seed, row);
  const drawn: Record<string, unknown> = {};
  for (const { name, codec } of outputs) {
    setOwnMember(drawn, name, drawFeature(createDraw(own, name), codec));
  }
  return drawn;
}

/**
 * The body that answers `rows`: `bare` for the one row of a form. Rejects with what `answers` throws, and with
 * `bad-options` where it gives something that the description does not promise.
 */
export async function writeReply(
  { rows, bare }: { readonly rows: readonly Row[]; readonly bare: boolean },
  { outputs }: MockedRows,
  { seed, answers }: RowsSource,
): Promise<Uint8Array> {
  const answered: unknown[] = [];
  for (const row of rows)
    answered.push(answers === undefined ? seededRow(row, outputs, seed) : await answers(row));
  const ready = answers === undefined ? answered : await prepared(answered, outputs);
  const body = createBodyWriter();
  const keyed = outputs.map((feature) => ({ feature, key: `${JSON.stringify(feature.name)}:` }));
  const known = new Set(outputs.map(({ name }) => name));
  if (!bare) body.text('{"rows":[');
  for (const [index, row] of ready.entries()) {
    if (index > 0) body.text(",");
    writeRow(row, { body, keyed, known, index });
  }
  if (!bare) body.text("]}");
  return body.finish("application/json").toBytes();
}

async function prepared(
  rows: readonly unknown[],
  outputs: readonly MockedFeature[],
): Promise<readonly unknown[]> {
  const awaited = outputs.filter(({ coder }) => coder.prepare !== undefined);
  try {
    return awaited.length === 0 ? rows : await prepareRows(rows, awaited);
  } catch (error) {
    throw isDeploymentError(error) ? wrongAnswer(error, error.row ?? 0) : error;
  }
}

interface RowWriting {
  readonly body: BodyWriter;
  readonly keyed: readonly { readonly feature: MockedFeature; readonly key: string }[];
  readonly known: ReadonlySet<string>;
  readonly index: number;
}

function writeRow(row: unknown, { body, keyed, known, index }: RowWriting): void {
  try {
    const members = rowMembers(row, known);
    let before = "{";
    for (const { feature, key } of keyed) {
      const value = ownMember(members, feature.name);
      if (value === undefined) {
        if (feature.optional) continue;
        throw missingFeature(feature.name);
      }
      body.text(before + key);
      before = ",";
      if (feature.codec.kind === "probabilities")
        writeProbabilities(value, feature.name, { codec: feature.codec, body });
      else feature.coder.encode(value, body);
    }
    body.text(before === "{" ? "{}" : "}");
  } catch (error) {
    throw isDeploymentError(error) ? wrongAnswer(error, index) : error;
  }
}

/** Clients send no probabilities, so their coder cannot write them. */
function writeProbabilities(
  value: unknown,
  name: string,
  { codec, body }: { readonly codec: ProbabilitiesCodec; readonly body: BodyWriter },
): void {
  const { labels, size } = codec;
  const fault = (what: string): DeploymentError =>
    new DeploymentError("wrong-type", `${shown(name)} ${what}.`, { feature: name });
  if (!isRecord(value)) throw fault(`is ${shown(value)}, not an object of labels and probabilities`);
  const given = Object.entries(value);
  const known = labels === null ? undefined : new Set<string>(labels);
  for (const [label, probability] of given) {
    if (known?.has(label) === false) throw fault(`has the label ${shown(label)}, which is not in its set`);
    if (typeof probability !== "number" || !Number.isFinite(probability)) {
      throw fault(`has ${shown(probability)} for ${shown(label)}, not a finite number`);
    }
  }
  const missing = labels?.find((label) => !Object.hasOwn(value, label));
  if (missing !== undefined) throw fault(`lacks the label ${shown(missing)}`);
  if (size !== null && given.length !== size) throw fault(`has ${given.length} labels, but ${size} are due`);
  body.text(JSON.stringify(value));
}

function wrongAnswer(error: DeploymentError, row: number): DeploymentError {
  const { message, feature } = error;
  return new DeploymentError(
    "bad-options",
    `What the option answers gave for row ${row} is not what the description promises: ${message}`,
    { feature, row, cause: error },
  );
}
