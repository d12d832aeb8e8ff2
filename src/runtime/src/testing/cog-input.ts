import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { readStrictly } from "./read-strictly.js";
import type { StrictReading } from "./read-strictly.js";

/** What a descriptor says of a model's inputs. */
export interface MockedInputs {
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly shapes: Readonly<Record<string, JsonShape>>;
}

/**
 * What a request has for `input` as the caller's types have it, or everything that is wrong with it; the place of each
 * fault begins with the input's name. Null stands for no inputs at all, and `others` lets those through that the model
 * does not state.
 */
export function readInput(
  input: unknown,
  { inputs, shapes }: MockedInputs,
  others: "refused" | "passed over",
): StrictReading {
  const rest = others === "refused" ? ({ rest: false } as const) : {};
  return readStrictly(input ?? {}, { type: "object", members: inputs, ...rest }, { shapes, loc: [] });
}
