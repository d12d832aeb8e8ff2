/*
 * Two operations come in; what changed in how they are called is noted: what callers write, and what only the wire has.
 */
import type { HttpFraming, HttpReply, JsonShape } from "@gen-deploy/runtime";
import type { OperationModel } from "../model/deployment-model.js";
import type { RowContext } from "./compare-features.js";
import { compareShapes } from "./compare-shapes.js";
import { quoted, valueContext, type NamedPair } from "./context.js";

type Operations = readonly [was: OperationModel, is: OperationModel];

/** Notes what changed in how an operation is called; the same protocol carries both. */
export function compareCalls([was, is]: Operations, context: Omit<RowContext, "side">): void {
  const { operation, add, named } = context;
  const note = (kind: "breaking" | "additive", message: string): void =>
    add({ kind, side: "deployment", operation, feature: null, message });
  const name = `operation ${quoted(operation)}`;
  const [before, after] = [was.framing, is.framing];
  if (takesBare(was) && !takesBare(is))
    note("breaking", `the only value that ${name} took may no longer stand by itself`);
  if (before.protocol === "tensors" && after.protocol === "tensors" && before.batched !== after.batched)
    note("breaking", `${name} ${after.batched ? "stacks" : "no longer stacks"} rows`);
  if (before.protocol === "cog" && after.protocol === "cog") {
    if (before.output !== after.output)
      note("breaking", `the output of ${name} is a ${after.output}, no longer a ${before.output}`);
    if (before.streams !== after.streams)
      note(
        "additive",
        `${name} ${after.streams ? "gives" : "no longer gives"} its outputs one by one on request`,
      );
    if (before.model !== after.model || before.version !== after.version)
      note("additive", `${name} runs another version: an older client runs the earlier one`);
  }
  if (before.protocol === "http" && after.protocol === "http") {
    compareBodies(before, after, {
      note,
      name,
      shapes: [bodyShape(was, named.before), bodyShape(is, named.after)],
    });
    compareFailures(before, after, context);
  }
  if (JSON.stringify(wireOf([was, is])) !== JSON.stringify(wireOf([is, was])))
    note("additive", `${name} is called otherwise on the wire: an older client does not speak that`);
}

/** Where there is one value to give, clients of these protocols take it without its name. */
function takesBare({ framing, input }: OperationModel): boolean {
  return (framing.protocol === "data" || framing.protocol === "tensors") && input.features.length === 1;
}

interface BodyContext {
  readonly note: (kind: "breaking", message: string) => void;
  readonly name: string;
  readonly shapes: readonly [JsonShape | undefined, JsonShape | undefined];
}

/** A body that is an object is written alike as the whole argument and beside parameters. */
function compareBodies(before: HttpFraming, after: HttpFraming, { note, name, shapes }: BodyContext): void {
  if (before.body === null || after.body === null) return;
  const places = [before.body.at, after.body.at].map((at, index) =>
    at !== "member" && shapes[index]?.type === "object" ? "members" : at,
  );
  if (places[0] !== places[1]) note("breaking", `the body of ${name} is given in another place`);
}

function bodyShape({ framing, input }: OperationModel, resolve: NamedPair["before"]): JsonShape | undefined {
  if (framing.protocol !== "http") return undefined;
  const body = input.features.find(({ wireName }) => !Object.hasOwn(framing.places, wireName));
  if (body?.codec.kind !== "json") return undefined;
  return body.codec.shape.type === "named" ? resolve(body.codec.shape.name) : body.codec.shape;
}

/** Documented failures are types too: code asks for their status and reads what they hold. */
function compareFailures(before: HttpFraming, after: HttpFraming, context: Omit<RowContext, "side">): void {
  const { operation, add, named } = context;
  const [was, is] = [failuresOf(before), failuresOf(after)];
  const note = (kind: "breaking" | "additive", message: string): void =>
    add({ kind, side: "output", operation, feature: null, message });
  for (const [status, reply] of was) {
    const now = is.get(status);
    const feature = `error ${status}`;
    if (now === undefined) note("breaking", `the reply to status ${quoted(status)} is no longer stated`);
    else
      compareShapes(reply.shape, now.shape, valueContext({ side: "output", operation, feature, named, add }));
  }
  for (const status of is.keys())
    if (!was.has(status)) note("additive", `the reply to status ${quoted(status)} is stated`);
}

function failuresOf({ replies }: HttpFraming): ReadonlyMap<string, HttpReply> {
  const stated = replies.filter(
    ({ status, form }) => (form === "json" || form === "text") && !isSuccess(status),
  );
  return new Map(stated.map((reply) => [reply.status, reply]));
}

function isSuccess(status: string): boolean {
  return /^2(?:\d\d|XX)$/i.test(status);
}

/** What the wire has of the first of two operations, as far as the second has the same features. */
function wireOf([{ method, path, framing, input }, other]: Operations): unknown {
  const call = { method, path };
  switch (framing.protocol) {
    case "http": {
      const body =
        framing.body === null || (other.framing.protocol === "http" && other.framing.body === null)
          ? null
          : [framing.body.mediaType, framing.body.form];
      const theirs = other.framing.protocol === "http" ? other.framing.places : {};
      const places = Object.entries(framing.places).filter(([name]) => Object.hasOwn(theirs, name));
      const replies = framing.replies.filter(({ status }) => isSuccess(status)).map(({ form }) => form);
      return { ...call, body, places: places.toSorted(([a], [b]) => (a < b ? -1 : 1)), replies };
    }
    case "data": {
      const theirs = new Set(other.input.features.map(({ wireName }) => wireName));
      const order = input.features.map(({ wireName }) => wireName).filter((name) => theirs.has(name));
      return { ...call, form: framing.form, order };
    }
    case "tensors":
    case "cog":
      return call;
    default:
      return { ...call, framing };
  }
}
