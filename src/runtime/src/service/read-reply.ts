/*
 * Replies of a service that tell of success: in goes a reply that has come whole, out comes the value that the
 * description promises, or `bad-reply` with what came instead.
 */
import type { HttpReply } from "../deployment.js";
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { createImage } from "../files/image.js";
import type { ReceivedReply } from "../protocol.js";
import { readShaped } from "../shapes/read-shape.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { closeJson, openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";
import { findReply, headOf, successesOf } from "./find-reply.js";

/** By what shapes values are read. */
export interface ReadRules {
  readonly shapes: Shapes;
  /** Whether replies are held to the description in every point. */
  readonly strict: boolean;
}

/**
 * The value that a successful reply holds. One that the description does not know is read as JSON of a shape that it
 * states for another success, and as any JSON where it knows no success at all; `bad-reply` where it is none.
 */
export function readReply(reply: ReceivedReply, replies: readonly HttpReply[], rules: ReadRules): unknown {
  const whole = replies.filter(({ form }) => form !== "events" && form !== "lines");
  const known = findReply(whole, headOf(reply));
  try {
    if (known !== undefined) return readBody(reply, known, rules);
    return readUnknown(reply, successesOf(whole), rules);
  } catch (error) {
    throw atStatus(error, reply.status);
  }
}

/** The body of a reply of a known kind, error replies among them. */
export function readBody(
  reply: ReceivedReply,
  { form, mediaType, shape }: HttpReply,
  rules: ReadRules,
): unknown {
  switch (form) {
    case "json":
      return readShaped(parseJson(reply.bytes), shape, rules);
    case "text":
      return readText(reply, shape, rules);
    case "bytes":
      return createImage(
        reply.header("content-type") ?? mediaType ?? "application/octet-stream",
        reply.bytes,
      );
    case "none":
      return null;
    case "events":
    case "lines":
      throw new DeploymentError("bad-reply", "The reply came whole, not one item after another.");
  }
}

/** The value of a JSON text, NaN and infinities among them; `bad-reply` names the byte where it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The slow reader knows where the fault is, and the NaN that Python writes.
    const cursor = openJson(bytes);
    const value = readJson(cursor);
    closeJson(cursor);
    return value;
  }
}

/** The `bad-reply` for a reply of a kind that the description does not know, with the beginning of its body. */
export function strangeReply(
  { status, contentType }: { readonly status: number; readonly contentType: string | undefined },
  body: Uint8Array,
): DeploymentError {
  const kind = contentType === undefined ? "no media type" : `the media type ${shown(contentType, 80)}`;
  const text = new TextDecoder().decode(body.subarray(0, 1024)).replace(/\s+/g, " ").trim();
  const message = `The reply has status ${status} and ${kind}, which the description does not know; it begins ${shown(text, 120)}.`;
  return new DeploymentError("bad-reply", message, { status });
}

function readText(reply: ReceivedReply, shape: HttpReply["shape"], rules: ReadRules): unknown {
  const text = decoderFor(reply.header("content-type")).decode(reply.bytes);
  try {
    return readShaped(text, shape, rules);
  } catch (error) {
    // Text may stand for a number or for JSON of any kind.
    if (!isDeploymentError(error, "bad-reply") || text.trim() === "") throw error;
    return readShaped(parseJson(reply.bytes), shape, rules);
  }
}

/** By the parameter `charset`; UTF-8 where there is none that is known. */
function decoderFor(contentType: string | undefined): TextDecoder {
  const charset = /;\s*charset="?([\w:.-]{1,40})/i.exec(contentType ?? "")?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8");
  } catch {
    return new TextDecoder();
  }
}

function readUnknown(reply: ReceivedReply, successes: readonly HttpReply[], rules: ReadRules): unknown {
  const isSilent = successes.length === 0;
  if (reply.bytes.length === 0 && (isSilent || successes.some(({ form }) => form === "none"))) return null;
  const strange = strangeReply(headOf(reply), reply.bytes);
  let value: unknown;
  try {
    value = parseJson(reply.bytes);
  } catch {
    throw strange;
  }
  if (isSilent) return value;
  for (const { form, shape } of successes) {
    if (form !== "json") continue;
    try {
      return readShaped(value, shape, rules);
    } catch (error) {
      if (!isDeploymentError(error, "bad-reply")) throw error;
    }
  }
  throw strange;
}

function atStatus(error: unknown, status: number): unknown {
  if (!isDeploymentError(error) || error.status !== undefined) return error;
  const { code, message, feature, row, serverCode, cause } = error;
  return new DeploymentError(code, message, { feature, row, status, serverCode, cause });
}
