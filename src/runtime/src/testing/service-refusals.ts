/*
 * What a service says when it refuses, as FastAPI says it (fastapi `exception_handlers.py`, `security/`; starlette
 * `routing.py`); what the description documents of failures goes before.
 */
import type { AuthScheme, HttpReply } from "../deployment.js";
import type { MemoryReply } from "../http/memory-transport.js";
import { isDeploymentError } from "../errors.js";
import { findReply } from "../service/find-reply.js";
import type { AnyOperationDescriptor } from "../service/service-operation.js";
import { readShaped } from "../shapes/read-shape.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import type { Draw } from "./seed.js";
import { createDraw } from "./seed.js";
import type { Fault } from "./fault.js";
import { seededShape } from "./seeded-shapes.js";

/** What refusals are made of. */
export interface RefusalContext {
  readonly auth: readonly AuthScheme[];
  readonly shapes: Shapes;
  readonly seed: number | string;
}

/** A reply that says `why` under `detail`. */
export function detailReply(
  status: number,
  why: string,
  headers: Readonly<Record<string, string>> = {},
): MemoryReply {
  return { status, headers, json: { detail: why } };
}

/**
 * What the service says of a status: what is documented for the operation that was called, if one was, in its own form,
 * or else what FastAPI says.
 */
export function plainRefusal(
  { status, why }: { readonly status: number; readonly why: string },
  operation: AnyOperationDescriptor | undefined,
  { auth, shapes, seed }: RefusalContext,
): MemoryReply {
  const said = status === 401 || status === 403 ? "Not authenticated" : why;
  const challenge: Readonly<Record<string, string>> =
    status === 401 ? { "www-authenticate": challengeOf(auth) } : {};
  const replies = operation?.replies ?? [];
  const documented = findReply(replies, { status, contentType: undefined });
  const reply =
    documented === undefined || isSuccess(replies, documented)
      ? detailReply(status, said)
      : inForm(documented, { status, said, own: { detail: said } }, { shapes, seed });
  return { ...reply, headers: { ...reply.headers, ...challenge } };
}

/** RFC 9110 §11.6.1; what is no scheme of HTTP goes by FastAPI's name for it. */
function challengeOf([first]: readonly AuthScheme[]): string {
  if (first?.kind === "basic") return "Basic";
  return first?.kind === "api-key" || first?.kind === "raw" ? "APIKey" : "Bearer";
}

/** The refusal of a path that has other methods. */
export function wrongMethod(allow: readonly string[]): MemoryReply {
  return detailReply(405, "Method Not Allowed", { allow: allow.join(", ") });
}

/**
 * The refusal of a request with these faults: FastAPI's own with status 422, unless the description documents another
 * for requests that are wrong; then a reply of that kind, whose text says the first fault.
 */
export function faultsReply(
  faults: readonly Fault[],
  { replies }: AnyOperationDescriptor,
  context: RefusalContext,
): MemoryReply {
  const own = { detail: faults };
  const documented = documentedRefusal(replies);
  if (documented === undefined) return { status: 422, json: own };
  const said = faults.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`)[0] ?? "The request is wrong.";
  return inForm(documented.reply, { status: documented.status, said, own }, context);
}

/** A refusal as a documented reply has it: FastAPI's body where that fits, otherwise one that has `said` for text. */
function inForm(
  reply: HttpReply,
  { status, said, own }: { readonly status: number; readonly said: string; readonly own: unknown },
  { shapes, seed }: Pick<RefusalContext, "shapes" | "seed">,
): MemoryReply {
  const type = reply.mediaType ?? "";
  const headers: Readonly<Record<string, string>> = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)
    ? { "content-type": type }
    : {};
  switch (reply.form) {
    case "json": {
      if (fits(own, reply, shapes)) return { status, headers, json: own };
      const draw = createDraw(seed, "refusal", status);
      return { status, headers, json: inWords(said, reply, { shapes, draw }) };
    }
    case "text":
      return { status, headers: { "content-type": "text/plain", ...headers }, body: said };
    case "none":
      return { status };
    default:
      return { status, json: own };
  }
}

function documentedRefusal(
  replies: readonly HttpReply[],
): { readonly status: number; readonly reply: HttpReply } | undefined {
  for (const [spelling, status] of [
    ["422", 422],
    ["400", 400],
    ["4XX", 400],
    ["DEFAULT", 400],
  ] as const) {
    const reply = replies.find((one) => one.status.toUpperCase() === spelling);
    if (reply !== undefined && !(spelling === "DEFAULT" && isSuccess(replies, reply)))
      return { status, reply };
  }
  return undefined;
}

/** Where no success is documented, the default is one. */
function isSuccess(replies: readonly HttpReply[], reply: HttpReply): boolean {
  return reply.status.toUpperCase() === "DEFAULT" && !replies.some(({ status }) => status.startsWith("2"));
}

function fits(value: unknown, { shape }: HttpReply, shapes: Shapes): boolean {
  try {
    // As the wire has it.
    readShaped(JSON.parse(JSON.stringify(value)), shape, { shapes });
    return true;
  } catch (error) {
    if (isDeploymentError(error)) return false;
    throw error;
  }
}

/** Members in which services put their words. */
const wordNames = /^(?:detail|message|msg|error|error_description|title|reason|description|text)$/i;

/** A reply of that shape, its free text being `words`. */
function inWords(
  words: string,
  { shape }: HttpReply,
  { shapes, draw }: { readonly shapes: Shapes; readonly draw: Draw },
): unknown {
  const say = (member: string | undefined): string | undefined =>
    member === undefined || wordNames.test(member) ? words : undefined;
  return seededShape(shape, { shapes, draw, words: say });
}
