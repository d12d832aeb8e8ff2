import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import { closeJson, openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";

/** How much of the server's words a message quotes: they name the tensor at fault, and often at length. */
const longestQuote = 500;

/** The error that a failing reply states as `{"error": text}`, or undefined where it states none. */
export function statedFailure(reply: ReceivedReply): DeploymentError | undefined {
  const { status } = reply;
  const said = statedText(reply.bytes);
  if (said === undefined) return undefined;
  const code = status < 400 ? "deployment-error" : status < 500 ? "rejected" : "server-error";
  const message = `The server answered with status ${status} and said ${shown(said, longestQuote)}.`;
  return new DeploymentError(code, message, { status });
}

function statedText(bytes: Uint8Array): string | undefined {
  const root = parsed(bytes) ?? parsed(withPlainQuotes(bytes));
  const said = isRecord(root) ? ownMember(root, "error") : undefined;
  return typeof said === "string" ? said : undefined;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    const cursor = openJson(bytes);
    const root = readJson(cursor);
    closeJson(cursor);
    return root;
  } catch {
    return undefined;
  }
}

/** Before release 2.2 a single quote came with a backslash, which JSON does not know. */
function withPlainQuotes(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll("\\'", "'"));
}
