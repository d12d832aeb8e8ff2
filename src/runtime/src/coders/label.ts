import type { LabelCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { shown } from "../errors.js";
import { inputError, replyError, shownReply } from "./coder-error.js";
import { nearestNames } from "./nearest-names.js";

/** One of a closed set of strings; any other string is `unknown-label`, unless checks are off. */
export function createLabelCoder({ labels }: LabelCodec, context: CoderContext): Coder<string> {
  const { feature } = context;
  /** Each label as JSON text. */
  const known: ReadonlyMap<string, string> = new Map(labels.map((label) => [label, JSON.stringify(label)]));

  function checked(value: unknown): string {
    if (typeof value !== "string")
      throw inputError("wrong-type", feature, `is ${shown(value)}, not one of its labels`);
    if (context.validate && !known.has(value)) {
      const near = nearestNames(value, labels);
      throw inputError(
        "unknown-label",
        feature,
        `is ${shown(value)}, not one of its ${labels.length} labels: ${near}`,
      );
    }
    return value;
  }

  return {
    encode(value, body) {
      const label = checked(value);
      body.text(known.get(label) ?? JSON.stringify(label));
    },
    field: (value) => ({ kind: "text", text: checked(value) }),
    decode(value, reply) {
      const text = reply.text(value);
      if (text === undefined || !known.has(text)) {
        throw replyError(feature, `is ${shownReply(value, reply)}, not one of its ${labels.length} labels`);
      }
      return text;
    },
  };
}
