import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import { parseJson } from "./read-reply.js";

/** How much of the service's own words a message quotes. */
const longestWords = 300;

/** How far words are looked for inside of a reply. */
const deepestWords = 4;

/** Where services put their words, in order: FastAPI, RFC 9457, OAuth (RFC 6749 §5.2), and habit. */
const wordNames = ["detail", "message", "msg", "error_description", "error", "title", "reason", "errors"];

/** What a service says of a failure. */
interface Words {
  readonly text: string;
  /** The input at fault, where the service names one. */
  readonly feature?: string;
}

/**
 * The error that a failing reply states in JSON: text under one of the usual names, or the first of FastAPI's faults
 * with its place. Undefined where it states none. Its code is `rejected` below status 500 and `server-error` from it on.
 */
export function statedFailure({ status, bytes }: ReceivedReply): DeploymentError | undefined {
  const root = parsed(bytes);
  const words = wordsOf(root, 0);
  if (words === undefined) return undefined;
  return new DeploymentError(
    status < 500 ? "rejected" : "server-error",
    `The service answered with status ${status} and said ${shown(words.text, longestWords)}.`,
    { status, feature: words.feature, serverCode: codeOf(root) },
  );
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch {
    // What is no JSON is quoted as it is.
    return undefined;
  }
}

function wordsOf(value: unknown, depth: number): Words | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : { text: value.trim() };
  if (Array.isArray(value)) return depth < deepestWords ? wordsOf(value[0], depth + 1) : undefined;
  if (!isRecord(value) || depth >= deepestWords) return undefined;
  const fault = faultOf(value);
  if (fault !== undefined) return fault;
  for (const name of wordNames) {
    const words = wordsOf(ownMember(value, name), depth + 1);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** FastAPI's `{loc, msg}`: the place begins with where the input was looked for. */
function faultOf(value: Readonly<Record<string, unknown>>): Words | undefined {
  const place: unknown = ownMember(value, "loc");
  const text = ownMember(value, "msg");
  if (!Array.isArray(place) || typeof text !== "string") return undefined;
  const steps = place.filter((step) => typeof step === "string" || typeof step === "number");
  const [where, feature] = steps;
  const isPlace = ["body", "query", "path", "header", "cookie"].some((name) => name === where);
  const named = isPlace ? feature : where;
  return {
    text: steps.length === 0 ? text : `${steps.join(".")}: ${text}`,
    ...(typeof named === "string" ? { feature: named } : {}),
  };
}

/** The service's own error code: a word under `code` or `type`, at the top or inside of `error`. */
function codeOf(root: unknown): string | undefined {
  const inner = isRecord(root) ? ownMember(root, "error") : undefined;
  for (const place of [root, inner]) {
    if (!isRecord(place)) continue;
    for (const name of ["code", "type"]) {
      const code = ownMember(place, name);
      if (typeof code === "string" && /^[\w.-]{1,100}$/.test(code)) return code;
    }
  }
  return typeof inner === "string" && /^[\w.-]{1,60}$/.test(inner) ? inner : undefined;
}
