import type { AuthScheme, CogFraming } from "../deployment.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { answerText, drawFor, writeAnswer, wrongAnswer } from "./given-answer.js";
import type { AnswerSource } from "./given-answer.js";
import type { MockedInputs } from "./cog-input.js";
import type { ModelResult } from "./cog-job.js";
import { seededShape } from "./seeded-shapes.js";

/** The parts of a descriptor that a mock needs; every generated descriptor has them. */
export interface MockedCog extends MockedInputs {
  readonly auth: readonly AuthScheme[];
  readonly framing: CogFraming;
  /** Of the whole output, or of each item where they come one by one. */
  readonly output: JsonShape;
}

/** What a model gives for `row`: what `answers` makes of it, held to the description, or what follows from the seed. */
export async function resultOf(row: unknown, model: MockedCog, source: AnswerSource): Promise<ModelResult> {
  const { output: form } = model.framing;
  if (form === "value") {
    const output = parse(await answerText(row, model.output, source));
    return { output, items: [output] };
  }
  const items =
    source.answers === undefined ? seededItems(row, model, source) : await ownItems(row, model, source);
  return { output: items, items };
}

function seededItems(row: unknown, model: MockedCog, { seed, shapes }: AnswerSource): readonly unknown[] {
  const draw = drawFor(row, seed);
  const isText = model.framing.output === "text";
  const count = isText ? draw.integer(3, 8) : draw.integer(1, 3);
  return Array.from({ length: count }, (_, index) => {
    const item = seededShape(model.output, { shapes, draw: draw.fork(index) });
    return isText && typeof item === "string" && index > 0 ? ` ${item}` : item;
  });
}

/** What `answers` gives is the output as callers get it: a list of items, or all of a text. */
async function ownItems(row: unknown, model: MockedCog, source: AnswerSource): Promise<readonly unknown[]> {
  const given = await source.answers?.(row);
  const { output: shape } = model;
  if (model.framing.output === "text") {
    if (typeof given !== "string") throw wrongAnswer("It must be text.");
    return given.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? [];
  }
  if (!isList(given)) throw wrongAnswer("It must be a list of the output's items.");
  const items: unknown[] = [];
  for (const item of given) items.push(parse(await writeAnswer(item, shape, source.shapes)));
  return items;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
