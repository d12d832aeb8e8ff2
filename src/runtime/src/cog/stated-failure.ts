import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import { readRoot } from "./prediction.js";

/** How much of the server's own words a message quotes. */
const longestWords = 300;

/**
 * The error that a failing reply states: a Cog server's `HTTPValidationError`, Replicate's problem with its
 * `invalid_fields`, or words; undefined where it states none.
 */
export function statedFailure(reply: ReceivedReply): DeploymentError | undefined {
  const root = rootOf(reply);
  if (!isRecord(root)) return undefined;
  const { status } = reply;
  const code = status < 500 ? "rejected" : "server-error";
  const fault = firstFault(ownMember(root, "detail")) ?? firstField(ownMember(root, "invalid_fields"));
  if (fault !== undefined) {
    const { feature, words } = fault;
    const place = feature === undefined ? "the request" : `the input ${shown(feature)}`;
    const message = `The deployment answered with status ${status} and refused ${place}: ${shown(words, longestWords)}.`;
    return new DeploymentError(code, message, { feature, status });
  }
  const words = ["detail", "error", "message", "title"]
    .map((name) => ownMember(root, name))
    .find((value) => typeof value === "string" && value.trim() !== "");
  if (typeof words !== "string") return undefined;
  return new DeploymentError(
    code,
    `The deployment answered with status ${status} and said ${shown(words.trim(), longestWords)}.`,
    { status },
  );
}

interface FaultyInput {
  readonly feature: string | undefined;
  readonly words: string;
}

/** FastAPI's list of faults: the place of each begins with `body`, `input`, or with the input's own name. */
function firstFault(detail: unknown): FaultyInput | undefined {
  const first = firstOf(detail);
  if (!isRecord(first)) return undefined;
  const place = ownMember(first, "loc");
  const words = ownMember(first, "msg");
  const names: readonly unknown[] = Array.isArray(place) ? place : [];
  const own = names.filter((name, index) => index > 1 || (name !== "body" && name !== "input"));
  return typeof words === "string" ? { feature: toFeature(own), words } : undefined;
}

function firstField(fields: unknown): FaultyInput | undefined {
  const first = firstOf(fields);
  if (!isRecord(first)) return undefined;
  const field = ownMember(first, "field");
  const words = ownMember(first, "description");
  const names = typeof field === "string" ? field.replace(/^input\.?/, "").split(".") : [];
  return typeof words === "string" ? { feature: toFeature(names), words } : undefined;
}

function firstOf(list: unknown): unknown {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  return items[0];
}

function toFeature([name]: readonly unknown[]): string | undefined {
  return typeof name === "string" && name !== "" ? name : undefined;
}

function rootOf(reply: ReceivedReply): unknown {
  try {
    return readRoot(reply);
  } catch {
    // A page of a proxy is no JSON and states nothing in the server's own words.
    return undefined;
  }
}
