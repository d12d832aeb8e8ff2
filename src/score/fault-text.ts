import type { Outcome } from "./answer-batch.js";

/** What is wrong with a row, as the rest of a sentence that names its place: readers leave the feature out of theirs. */
export function faultText({ feature, reason }: Omit<Extract<Outcome, { readonly ok: false }>, "ok">): string {
  const about = feature === undefined ? "the row" : JSON.stringify(feature);
  return /^[a-z]/.test(reason) ? `${about} ${reason}${/[.?]$/.test(reason) ? "" : "."}` : reason;
}
