/*
 * The tensors of a call of `:predict` come in, its outputs go out: of each row by itself, put together again.
 */
import { elementCount } from "../arrays/nd-shape.js";
import type { Column } from "../protocols/tensors.js";
import { createDraw, hashValue } from "./seed.js";
import type { Seed } from "./seed.js";
import { answeredOutputs } from "./tf-serving-answers.js";
import type { FindAnswer, GivenAnswer } from "./tf-serving-answers.js";
import type { PredictBody } from "./tf-serving-body.js";
import { drawOutput, drawShape } from "./tf-serving-drawn.js";
import { printOutputs } from "./tf-serving-replies.js";
import { cutRow, toRows } from "./tf-serving-rows.js";
import type { GivenRows } from "./tf-serving-rows.js";
import { rowSeeds, wholeSeed } from "./tf-serving-seeds.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";
import { toColumn } from "./tf-serving-tensors.js";
import type { Element, Filled } from "./tf-serving-tensors.js";
import { wrongAnswer } from "./given-answer.js";

/** What answers follow from. */
export interface AnswerSource {
  readonly seed: Seed;
  readonly find: FindAnswer;
}

/** The body of the reply to a call of `:predict`; throws the server's failure. */
export async function predict(
  { layout, signature, inputs }: PredictBody,
  { seed, find }: AnswerSource,
): Promise<string> {
  const given = toRows(inputs, signature);
  const answer = find(signature.key, "predict");
  const columns =
    answer === undefined || given.count === 0
      ? drawnColumns(given, signature, seed)
      : await givenColumns(given, signature, answer);
  const outputs = signature.outputs.map(({ name, dtype, shape: declared }, index) => {
    const { shape, data } = columns[index] ?? { shape: [0], data: [] };
    const axes = given.leftOut.get(String(declared)) ?? [];
    const printed = shape.filter((_, axis) => !axes.includes(axis));
    return { name, isBinary: dtype === "binary", column: toColumn(dtype, printed, data) };
  });
  return printOutputs(outputs, layout);
}

/** Whether each row has a part of the output, and not all of it. */
function isByRow({ shape }: ServedTensor, { batched }: ServedSignature): boolean {
  return batched && (shape === null || shape[0] === -1);
}

function drawnColumns(
  { columns, count, openLengths }: GivenRows,
  signature: ServedSignature,
  modelSeed: Seed,
): readonly Filled[] {
  const own = hashValue(modelSeed, signature.name);
  const plans = signature.outputs.map((output) => {
    const { name, dtype } = output;
    const byRow = isByRow(output, signature);
    const shape = drawShape(output, { byRow, openLengths, seed: own });
    return { name, dtype, byRow, shape, data: new Array<Element>() };
  });
  if (signature.batched) {
    // What is not the rows' is the same in any batch.
    const draw = createDraw(own);
    for (const plan of plans) if (!plan.byRow) drawOutput(plan, draw);
    for (const seed of rowSeeds(columns, count, own)) {
      const rowDraw = createDraw(seed);
      for (const plan of plans) if (plan.byRow) drawOutput(plan, rowDraw);
    }
  } else {
    const draw = createDraw(wholeSeed(columns, own));
    for (const plan of plans) drawOutput(plan, draw);
  }
  return plans.map(({ byRow, shape, data }) => ({ shape: byRow ? [count, ...shape] : shape, data }));
}

function stacked(parts: readonly Filled[], shape: readonly number[]): Filled {
  return { shape: [parts.length, ...shape], data: parts.flatMap(({ data }) => data) };
}

async function givenColumns(
  { columns, count }: GivenRows,
  signature: ServedSignature,
  answer: GivenAnswer,
): Promise<readonly Filled[]> {
  const answered: (readonly Filled[])[] = [];
  for (let index = 0; index < count; index += 1) {
    const row = signature.batched ? cutRow(columns, index) : columns;
    answered.push((await answeredOutputs(answer, row, signature)).map(filledOf));
  }
  return signature.outputs.map((output, index) => {
    const parts = answered.flatMap((each) => each[index] ?? []);
    const [first] = parts;
    if (first === undefined) throw new Error(`The output ${output.name} was read, but is not there.`);
    // Clients hand what is not the rows' to each row whole: the first row's says it for all.
    if (!isByRow(output, signature)) return first;
    const other = parts.find(({ shape }) => shape.join() !== first.shape.join());
    if (other === undefined) return stacked(parts, first.shape);
    const shapes = `[${first.shape.join(", ")}] for one row and [${other.shape.join(", ")}] for another`;
    throw wrongAnswer(`Its ${JSON.stringify(output.name)} has the shape ${shapes}, which cannot be stacked.`);
  });
}

function filledOf({ shape, data }: Column): Filled {
  const elements: ArrayLike<Element> = data;
  return { shape, data: Array.from({ length: elementCount(shape) }, (_, index) => elements[index] ?? 0) };
}
