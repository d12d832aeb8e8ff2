import type { NumberCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { shown } from "../errors.js";
import { inputError, replyError, shownReply } from "./coder-error.js";

/** A finite number as JSON's own; outside of `min` and `max` it is `out-of-range`. */
export function createNumberCoder({ min, max }: NumberCodec, context: CoderContext): Coder<number> {
  const { feature } = context;
  const range = `${min ?? "any number"} to ${max ?? "any number"}`;

  function outOfRange(value: number): boolean {
    return (min !== undefined && value < min) || (max !== undefined && value > max);
  }

  function toText(value: unknown): string {
    if (typeof value !== "number")
      throw inputError("wrong-type", feature, `is ${shown(value)}, not a number`);
    if (!Number.isFinite(value)) throw inputError("wrong-type", feature, `is ${value}, not a finite number`);
    if (context.validate && outOfRange(value)) {
      throw inputError("out-of-range", feature, `is ${shown(value)}, which is outside of ${range}`);
    }
    return Object.is(value, -0) ? "-0.0" : String(value);
  }

  return {
    encode(value, body) {
      body.text(toText(value));
    },
    field: (value) => ({ kind: "text", text: toText(value) }),
    decode(value, reply) {
      if (typeof value !== "number" || !Number.isFinite(value)) {
        throw replyError(feature, `is ${shownReply(value, reply)}, not a number`);
      }
      if (context.strict && outOfRange(value)) {
        throw replyError(feature, `is ${shown(value)}, which is outside of ${range}`);
      }
      return value;
    },
  };
}
