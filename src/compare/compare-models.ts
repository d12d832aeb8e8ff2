/*
 * Two models come in, of the same deployment at two times; what changed for callers goes out, with the step of Semantic
 * Versioning that it asks for. Nothing is read or printed here.
 *
 * A change that only the wire has (a path, a body's form, the order of arguments) is additive: callers write the same,
 * but a client of the earlier description does not reach the deployment any more, and has to be exchanged.
 */
import type { AuthScheme } from "@gen-deploy/runtime";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { verdictOf, type Change, type ChangeKind, type Comparison } from "./change.js";
import { compareCalls } from "./compare-calls.js";
import { compareRows } from "./compare-features.js";
import { pairNamed, quoted, type NamedPair } from "./context.js";

/** What changed for callers between two models. */
export function compareModels(before: DeploymentModel, after: DeploymentModel): Comparison {
  const changes: Change[] = [];
  const add = (change: Change): void => void changes.push(change);
  const note = (kind: ChangeKind, message: string): void =>
    add({ kind, side: "deployment", operation: null, feature: null, message });
  if (before.dialect !== after.dialect)
    note("breaking", `the system is ${after.dialect}, no longer ${before.dialect}`);
  else compareOperations(before, after, { note, add, named: pairNamed(before, after) });
  compareAddress(before.url, after.url, note);
  compareAuth(before.auth, after.auth, note);
  if (before.title !== after.title)
    note("documentation", `the title is ${quoted(after.title)}, no longer ${quoted(before.title)}`);
  if (before.doc !== after.doc) note("documentation", "the description of the deployment changed");
  return { changes, verdict: verdictOf(changes) };
}

interface ModelContext {
  readonly note: (kind: ChangeKind, message: string) => void;
  readonly add: (change: Change) => void;
  readonly named: NamedPair;
}

function compareOperations(before: DeploymentModel, after: DeploymentModel, context: ModelContext): void {
  const { note } = context;
  const partners = pairOperations(before.operations, after.operations);
  for (const was of before.operations) {
    const is = partners.get(was);
    if (is === undefined) note("breaking", `operation ${quoted(was.id)} removed`);
    else compareOperation(was, is, context);
  }
  const known = new Set(partners.values());
  for (const is of after.operations) if (!known.has(is)) note("additive", `operation ${quoted(is.id)} added`);
  const [main] = before.operations;
  const [nowMain] = after.operations;
  const partner = main === undefined ? undefined : partners.get(main);
  if (partner !== undefined && nowMain !== undefined && partner !== nowMain)
    note("breaking", `the main operation is ${quoted(nowMain.id)}, no longer ${quoted(partner.id)}`);
  compareNames(before, after, note);
}

function compareOperation(was: OperationModel, is: OperationModel, { add, named }: ModelContext): void {
  const operation = was.id;
  const note = (kind: ChangeKind, message: string): void =>
    add({ kind, side: "deployment", operation, feature: null, message });
  const name = `operation ${quoted(operation)}`;
  // Where there is one thing to do, clients call it `predict` whatever its name.
  if (was.id !== is.id && was.framing.protocol === "http")
    note("breaking", `${name} is called ${quoted(is.id)}`);
  if (was.framing.protocol !== is.framing.protocol) {
    note("breaking", `${name} is called by another protocol`);
    return;
  }
  compareCalls([was, is], { operation, named, add });
  compareRows(was.input, is.input, { side: "input", operation, named, add });
  compareRows(was.output, is.output, { side: "output", operation, named, add });
  if (was.doc !== is.doc) note("documentation", `the description of ${name} changed`);
}

/** The operations that became of the earlier ones: of the same name, else in the same place, else the only ones. */
function pairOperations(
  before: readonly OperationModel[],
  after: readonly OperationModel[],
): ReadonlyMap<OperationModel, OperationModel> {
  const found = new Map<OperationModel, OperationModel>();
  const pair = (keyOf: (operation: OperationModel) => string): void => {
    const taken = new Set(found.values());
    const byKey = new Map(after.filter((one) => !taken.has(one)).map((one) => [keyOf(one), one]));
    for (const was of before) {
      const is = found.has(was) ? undefined : byKey.get(keyOf(was));
      if (is === undefined) continue;
      found.set(was, is);
      byKey.delete(keyOf(was));
    }
  };
  pair((operation) => JSON.stringify([operation.id, verbOf(operation), operation.output.stream]));
  pair(({ id }) => id);
  pair((operation) =>
    JSON.stringify([operation.framing.protocol === "http", operation.method, operation.path]),
  );
  const [main, ...others] = before;
  const [nowMain, ...nowOthers] = after;
  const single = others.length === 0 && nowOthers.length === 0;
  if (single && main !== undefined && nowMain !== undefined && main.framing.protocol !== "http")
    found.set(main, nowMain);
  return found;
}

/** Signatures of TensorFlow Serving are called by several verbs under one name, and not by one path. */
function verbOf({ framing }: OperationModel): string {
  return framing.protocol === "examples" ? framing.verb : framing.protocol;
}

/** Types of named shapes are exported: code imports them. */
function compareNames(
  { shapes: was = [] }: DeploymentModel,
  { shapes: is = [] }: DeploymentModel,
  note: ModelContext["note"],
): void {
  const names = new Set(is.map(({ name }) => name));
  for (const { name } of was) if (!names.has(name)) note("breaking", `type ${quoted(name)} removed`);
  const known = new Set(was.map(({ name }) => name));
  for (const { name } of is) if (!known.has(name)) note("additive", `type ${quoted(name)} added`);
}

/** Callers may leave out an address that the description states. */
function compareAddress(before: string | null, after: string | null, note: ModelContext["note"]): void {
  if (before === after) return;
  if (after === null) note("breaking", "the address is no longer stated: createClient needs url");
  else if (before === null) note("additive", `the address is stated: ${quoted(after)}`);
  else note("additive", `the address is ${quoted(after)}, no longer ${quoted(before)}`);
}

/** Callers hold a credential for one scheme: it is good for as long as that scheme is offered. */
function compareAuth(
  before: readonly AuthScheme[],
  after: readonly AuthScheme[],
  note: ModelContext["note"],
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (before.length === 0) return note("breaking", "a token is needed: none was");
  if (after.length === 0) return note("additive", "no token is needed any more");
  const kinds = new Set(after.map(({ kind }) => kind));
  const [used] = before;
  if (used !== undefined && !kinds.has(used.kind))
    return note(
      "breaking",
      `credentials are of the kind ${after[0]?.kind ?? "none"}, no longer ${used.kind}`,
    );
  note("additive", "credentials go out otherwise: an older client may not be let in");
}
