import type { ProbabilitiesCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { shown } from "../errors.js";
import type { Probabilities } from "../labels.js";
import { isRecord } from "../own-member.js";
import { inputError, replyError, shownReply } from "./coder-error.js";

/**
 * Every label with its probability; for replies only. Where the label set is known the reply must have just its
 * labels, and they come in the description's order.
 */
export function createProbabilitiesCoder(
  { labels, size }: ProbabilitiesCodec,
  { feature }: CoderContext,
): Coder<Probabilities> {
  const known = labels === null ? undefined : new Set<string>(labels);

  function refuse(): never {
    throw inputError("wrong-type", feature, "is a set of probabilities, which only replies hold");
  }

  return {
    encode: refuse,
    field: refuse,
    decode(value, reply) {
      if (!isRecord(value)) {
        throw replyError(
          feature,
          `is ${shownReply(value, reply)}, not an object of labels and probabilities`,
        );
      }
      const given = Object.keys(value);
      const strange = known === undefined ? undefined : given.find((label) => !known.has(label));
      if (strange !== undefined)
        throw replyError(feature, `has the label ${shown(strange)}, which is not in its set`);
      const missing = labels?.find((label) => !Object.hasOwn(value, label));
      if (missing !== undefined) throw replyError(feature, `lacks the label ${shown(missing)}`);
      if (size !== null && given.length !== size) {
        throw replyError(feature, `has ${given.length} labels, but ${size} are due`);
      }
      // fromEntries makes own members of all names, `__proto__` included.
      return Object.fromEntries(
        (labels ?? given).map((label) => {
          const probability = value[label];
          if (typeof probability !== "number" || !Number.isFinite(probability)) {
            throw replyError(
              feature,
              `has ${shownReply(probability, reply)} for ${shown(label)}, not a number`,
            );
          }
          return [label, probability];
        }),
      );
    },
  };
}
