import { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import type { Body } from "../json/body.js";
import { shownReply } from "../coders/coder-error.js";
import type { Framing } from "../deployment.js";
import { DeploymentError, isDeploymentError, shown, withDetails } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { CompiledFeature, CompiledOperation, Encoding, Protocol } from "../protocol.js";
import { parsePlainReply } from "../json/reply-document.js";
import type { ReplyDocument } from "../json/reply-document.js";
import { loaded } from "../client/loaded.js";
import { atRow } from "../client/row-error.js";
import { missingFeature, rowMembers } from "../client/row-members.js";
import { usualBatchSize } from "../client/usual-batch-size.js";

type RowsFraming = Extract<Framing, { readonly protocol: "rows" }>;
type RowsOperation = CompiledOperation<RowsFraming>;
type Row = Readonly<Record<string, unknown>>;

/**
 * Rows as Peltarion's Deployment API takes and gives them: `{"rows": [{feature: value, …}, …]}` both ways, or one row
 * as a form, answered by the bare row. A body with an `errorCode` is a failure whatever its status.
 */
export const rows: Protocol<RowsFraming> = {
  id: "rows",
  batchSize: usualBatchSize,

  frame: frameJson,
  form: frameForm,

  unframe(reply, operation, sent) {
    try {
      const parsing = operation.outputs.find(({ coder }) => coder.parseReply !== undefined);
      const document = (parsing?.coder.parseReply ?? parsePlainReply)(reply.bytes);
      const failure = statedFailure(document, reply.status);
      if (failure !== undefined) throw failure;
      return eachAt(repliedRows(document, operation, sent), (row) => decodeRow(row, operation, document));
    } catch (error) {
      throw isDeploymentError(error) ? withDetails(error, { status: reply.status }) : error;
    }
  },

  failure(reply) {
    try {
      return statedFailure(parsePlainReply(reply.bytes), reply.status);
    } catch {
      // A reply that is no JSON states nothing in the system's own words.
      return undefined;
    }
  },
};

function frameJson(given: readonly unknown[], operation: RowsOperation): Body {
  const body = createBodyWriter();
  const { features, known } = writtenInputs(operation);
  body.text('{"rows":[');
  eachAt(given, (row, index) => {
    body.text(index === 0 ? "{" : ",{");
    const members = rowMembers(row, known);
    let first = true;
    for (const { feature, key } of features) {
      const value = valueOf(members, feature, operation);
      if (value === undefined) continue;
      body.text(first ? key.slice(1) : key);
      first = false;
      feature.coder.encode(value, body);
    }
    body.text("}");
  });
  body.text("]}");
  return body.finish("application/json");
}

async function frameForm(given: readonly unknown[], operation: RowsOperation): Promise<Body> {
  // Few clients send forms, and those that do can wait for the code.
  const { rowForm } = await loaded(import("./rows-form.js"));
  return rowForm(given, operation, {
    DeploymentError,
    bytesPayload,
    createBodyWriter,
    eachAt,
    membersOf,
    valueOf,
  });
}

function membersOf(row: unknown, operation: RowsOperation): Row {
  return rowMembers(row, knownNames(operation));
}

interface WrittenInputs {
  /** Features with their names as keys behind others. */
  readonly features: readonly { readonly feature: CompiledFeature; readonly key: string }[];
  readonly known: ReadonlySet<string> | undefined;
}

/** The inputs of operations as they are written: the same for all their rows. */
const inputsByOperation = new WeakMap<RowsOperation, WrittenInputs>();

function writtenInputs(operation: RowsOperation): WrittenInputs {
  let written = inputsByOperation.get(operation);
  if (written === undefined) {
    const features = operation.inputs.map((feature) => ({
      feature,
      key: `,${JSON.stringify(feature.name)}:`,
    }));
    written = { features, known: knownNames(operation) };
    inputsByOperation.set(operation, written);
  }
  return written;
}

/** The names that a row may have, or undefined where that is the deployment's own business. */
function knownNames({ inputs, validate }: RowsOperation): ReadonlySet<string> | undefined {
  return validate ? namesOf(inputs) : undefined;
}

function namesOf(features: readonly CompiledFeature[]): ReadonlySet<string> {
  return new Set(features.map(({ name }) => name));
}

/** The feature's value in the row, or undefined where there is none and none is needed. */
function valueOf(row: Row, { name, optional }: CompiledFeature, operation: RowsOperation): unknown {
  const value = ownMember(row, name);
  if (value === undefined && !optional && operation.validate) {
    throw missingFeature(name);
  }
  return value;
}

function repliedRows(
  document: ReplyDocument,
  operation: RowsOperation,
  sent: { readonly rows: number; readonly encoding: Encoding },
): readonly unknown[] {
  const { root } = document;
  if (!isRecord(root)) throw badReply(`The reply is ${shownReply(root, document)}, not an object with rows`);
  const isBare = sent.encoding === "multipart" && !hasRowList(root, operation);
  if (isBare) return [root];
  const replied = ownMember(root, "rows");
  if (!Array.isArray(replied)) {
    const members = Object.keys(root)
      .slice(0, 5)
      .map((name) => shown(name));
    throw badReply(`The reply has no list of rows, only ${members.join(", ") || "an empty object"}`);
  }
  if (replied.length !== sent.rows) {
    throw badReply(`The reply has ${replied.length} rows, but ${sent.rows} were sent`);
  }
  const strange = operation.strict ? Object.keys(root).find((name) => name !== "rows") : undefined;
  if (strange !== undefined) throw badReply(`The reply has ${shown(strange)} beside its rows`);
  return replied;
}

/** A form's reply is the bare row, though some servers wrap it; an output may itself be named `rows`. */
function hasRowList(root: Row, operation: RowsOperation): boolean {
  return Array.isArray(ownMember(root, "rows")) && !operation.outputs.some(({ name }) => name === "rows");
}

function decodeRow(row: unknown, operation: RowsOperation, document: ReplyDocument): Row {
  if (!isRecord(row)) throw badReply(`The reply has ${shownReply(row, document)} for a row, not an object`);
  const decoded: Record<string, unknown> = {};
  for (const { name, optional, coder } of operation.outputs) {
    if (Object.hasOwn(row, name)) setOwnMember(decoded, name, coder.decode(row[name], document));
    else if (!optional) throw badReply(`The reply has a row without ${shown(name)}`, name);
  }
  if (operation.strict) {
    const known = namesOf(operation.outputs);
    const strange = Object.keys(row).find((name) => !known.has(name));
    if (strange !== undefined) {
      throw badReply(`The reply has a row with ${shown(strange)}, which is not described`, strange);
    }
  }
  return decoded;
}

/** The error that the deployment itself states in the reply. */
function statedFailure(document: ReplyDocument, status: number): DeploymentError | undefined {
  const { root } = document;
  if (!isRecord(root)) return undefined;
  const code = ownMember(root, "errorCode") ?? undefined;
  const message = document.text(ownMember(root, "errorMessage"));
  if (code === undefined && message === undefined) return undefined;
  const serverCode = code === undefined ? undefined : (document.text(code) ?? shown(code)).slice(0, 100);
  const words = message === undefined ? "with no message" : `with the message ${shown(message, 300)}`;
  const name = serverCode === undefined ? "an error" : `the error ${shown(serverCode)}`;
  return new DeploymentError("deployment-error", `The deployment answered with ${name}, ${words}.`, {
    status,
    serverCode,
  });
}

/** What `work` makes of each row in turn; an error is that of its row. */
function eachAt<Result>(
  rows: readonly unknown[],
  work: (row: unknown, index: number) => Result,
): readonly Result[] {
  const results: Result[] = [];
  try {
    for (const row of rows) results.push(work(row, results.length));
    return results;
  } catch (error) {
    throw atRow(error, results.length);
  }
}

function badReply(what: string, feature?: string): DeploymentError {
  return new DeploymentError("bad-reply", `${what}.`, { feature });
}
