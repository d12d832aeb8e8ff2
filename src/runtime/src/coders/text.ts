import type { TextCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { shown } from "../errors.js";
import { inputError, replyError, shownReply } from "./coder-error.js";

/** Text as a JSON string; half of a surrogate pair, which UTF-8 cannot say, is `wrong-type`. */
export function createTextCoder(_codec: TextCodec, { feature, validate }: CoderContext): Coder<string> {
  function checked(value: unknown, wellFormed: boolean): string {
    if (typeof value !== "string")
      throw inputError("wrong-type", feature, `is ${shown(value)}, not a string`);
    if (wellFormed && /\p{Surrogate}/u.test(value)) {
      throw inputError("wrong-type", feature, `is ${shown(value)}, which has half of a surrogate pair`);
    }
    return value;
  }

  return {
    encode(value, body) {
      body.text(JSON.stringify(checked(value, validate)));
    },
    // A form has no escapes, so there the check is part of encoding.
    field: (value) => ({ kind: "text", text: checked(value, true) }),
    decode(value, reply) {
      const text = reply.text(value);
      if (text === undefined) throw replyError(feature, `is ${shownReply(value, reply)}, not a string`);
      return text;
    },
  };
}
