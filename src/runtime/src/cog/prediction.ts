/*
 * A prediction as Cog servers and Replicate tell of it: `status`, `output`, `error`, and on Replicate where it can be
 * asked for, cancelled and followed.
 */
import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { ReceivedReply } from "../protocol.js";
import { closeJson, openJson } from "../tensor-json/json-cursor.js";
import { readJson } from "../tensor-json/json-value.js";

/** What is known of a prediction. */
export interface Prediction {
  /** One of the words of the API; others than those that end a prediction mean that it goes on. */
  readonly status: string;
  /** Null where there is none yet. */
  readonly output: unknown;
  readonly error: unknown;
  /** Where it can be asked for, cancelled and followed; as the reply has it. */
  readonly urls: Readonly<Record<"get" | "cancel" | "stream", string | undefined>>;
}

/** How much of the model's own words a message quotes. */
const longestWords = 300;

/** The JSON of a reply; NaN and infinities, which Python writes bare, are read too. Else `bad-reply`. */
export function readRoot({ bytes }: Pick<ReceivedReply, "bytes">): unknown {
  const cursor = openJson(bytes);
  const root = readJson(cursor);
  closeJson(cursor);
  return root;
}

/** The prediction that a reply holds; `bad-reply` where it holds none. */
export function readPrediction(reply: ReceivedReply): Prediction {
  return toPrediction(readRoot(reply));
}

/** The prediction that a value is; `bad-reply` where it is none. */
export function toPrediction(root: unknown): Prediction {
  const status = isRecord(root) ? ownMember(root, "status") : undefined;
  if (!isRecord(root) || typeof status !== "string") {
    throw new DeploymentError("bad-reply", `The reply is ${shown(root)}, not a prediction with its status.`);
  }
  const urls = ownMember(root, "urls");
  const url = (name: string): string | undefined => {
    const text = isRecord(urls) ? ownMember(urls, name) : undefined;
    return typeof text === "string" ? text : undefined;
  };
  return {
    status,
    output: ownMember(root, "output") ?? null,
    error: ownMember(root, "error") ?? null,
    urls: { get: url("get"), cancel: url("cancel"), stream: url("stream") },
  };
}

/** Whether nothing more is to come of a prediction. */
export function isFinal({ status }: Pick<Prediction, "status">): boolean {
  return ["succeeded", "failed", "canceled", "aborted"].includes(status);
}

/** Throws `deployment-error`, in the model's own words, where a prediction has ended without success. */
export function throwIfFailed({ status, error }: Prediction): void {
  if (isFinal({ status }) && status !== "succeeded") throw failedPrediction(status, error);
}

/** The error of a prediction that ended with this status. */
function failedPrediction(status: string, error: unknown): DeploymentError {
  const words =
    typeof error === "string" ? error.trim() : error === null ? "" : (JSON.stringify(error) ?? "");
  const said = words === "" ? "" : `: ${shown(words, longestWords)}`;
  const what = status === "failed" ? "failed" : `was ${status}`;
  return new DeploymentError("deployment-error", `The prediction ${what}${said}.`, { serverCode: status });
}
