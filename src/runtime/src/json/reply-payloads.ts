import { DeploymentError, shown } from "../errors.js";
import { decodeUtf8, parseJson, startOf } from "./reply-document.js";
import type { PayloadSlice, ReplyDocument } from "./reply-document.js";
import { findPayloads } from "./reply-scan.js";

/**
 * `bytes` as the JSON document that they hold (RFC 8259; a byte order mark is passed over), with stand-ins; else
 * `bad-reply`.
 */
export function parseReply(bytes: Uint8Array): ReplyDocument {
  const start = startOf(bytes);
  const payloads = findPayloads(bytes);
  // A new name for each reply: no deployment can write a stand-in of its own, whatever it has seen before.
  const name = payloads.length === 0 ? undefined : `${randomName()}:`;

  function payload(value: unknown): PayloadSlice | undefined {
    if (name === undefined || typeof value !== "string" || !value.startsWith(name)) return undefined;
    return payloads[Number(value.slice(name.length))];
  }

  return {
    root: parseEnvelope(bytes, { start, payloads, name }),
    payload,
    text(value) {
      const slice = payload(value);
      if (slice === undefined) return typeof value === "string" ? value : undefined;
      return slice.kind === "string" ? sliceText(slice) : undefined;
    },
  };
}

interface Envelope {
  readonly start: number;
  readonly payloads: readonly PayloadSlice[];
  readonly name: string | undefined;
}

function parseEnvelope(bytes: Uint8Array, { start, payloads, name }: Envelope): unknown {
  let text = "";
  let at = start;
  for (const [index, slice] of payloads.entries()) {
    // A string keeps its quotes, an array loses its brackets to them.
    const outside = slice.kind === "string" ? 0 : 1;
    text += decodeUtf8(bytes.subarray(at, slice.start - outside));
    text += outside === 0 ? `${name}${index}` : `"${name}${index}"`;
    at = slice.end + outside;
  }
  text += decodeUtf8(bytes.subarray(at));
  return parseJson(text);
}

/** The text between the quotes of a string that was cut out. */
function sliceText({ bytes, start, end }: PayloadSlice): string {
  const text = decodeUtf8(bytes.subarray(start, end));
  // JSON.parse refuses these, and so must whoever reads in its place.
  if (/[\u0000-\u001f]/.test(text)) {
    throw new DeploymentError(
      "bad-reply",
      `The reply has the text ${shown(text)}, with a bare control character.`,
    );
  }
  return text;
}

/** To ask for a few random numbers takes as long as to ask for many. */
const randoms: Uint32Array = /* @__PURE__ */ new Uint32Array(256);
let taken = randoms.length;

/** What nobody can guess, without a quote or a backslash. */
function randomName(): string {
  if (taken === randoms.length) {
    crypto.getRandomValues(randoms);
    taken = 0;
  }
  return randoms.subarray(taken, (taken += 4)).join("-");
}
