/*
 * Answers that nobody has stated: outputs of the right dtype and shape, drawn from the seed and from the row alone, so
 * that neither its place in a batch nor the form in which it was sent changes them.
 */
import type { Dtype } from "../arrays/dtype.js";
import { elementCount } from "../arrays/nd-shape.js";
import type { Classification } from "../tf-serving/client-types.js";
import { createDraw } from "./seed.js";
import type { Draw, Seed } from "./seed.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";
import type { Element, Filled } from "./tf-serving-tensors.js";

/** What is drawn for an output. */
export interface DrawnOutput {
  readonly name: string;
  readonly dtype: Dtype;
  /** Every length known. */
  readonly shape: readonly number[];
}

/** The elements of an output for the row that `seed` stands for. */
export function drawOutput({ name, dtype, shape }: DrawnOutput, seed: Seed): Filled {
  const draw = createDraw(seed, name);
  const count = elementCount(shape);
  const last = shape.at(-1) ?? 0;
  // What is called so holds probabilities, and callers may count on their sum.
  if (dtype.startsWith("float") && last > 1 && /prob|scores?$|softmax/i.test(name)) {
    const data = Array.from({ length: count / last }, () => drawShares(last, draw)).flat();
    return { shape, data };
  }
  return { shape, data: Array.from({ length: count }, () => drawElement(dtype, draw)) };
}

function drawElement(dtype: Dtype, draw: Draw): Element {
  switch (dtype) {
    case "bool":
      return draw.next() < 0.5;
    case "string":
      return `text ${draw.integer(0, 9999)}`;
    case "binary":
      return Uint8Array.from({ length: 8 }, () => draw.integer(0, 255));
    case "int64":
    case "uint64":
      return BigInt(draw.integer(0, 99));
    case "int8":
    case "int16":
    case "int32":
    case "uint8":
    case "uint32":
      return draw.integer(0, 99);
    default:
      // Few digits, which every float has room for.
      return Number(draw.normal().toFixed(4));
  }
}

/** Numbers from 0 to 1, of six digits each, whose sum is 1. */
function drawShares(count: number, draw: Draw): readonly number[] {
  const weights = Array.from({ length: count }, () => draw.next() ** 3 + 1e-9);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight) => Math.floor((weight / total) * 1e6));
  const rest = 1e6 - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, index) => (index === 0 ? part + rest : part) / 1e6);
}

/** What a length that the description leaves open is for an output: the inputs' own, where they have one alone. */
export function drawLength(
  { shape, name }: ServedTensor,
  axis: number,
  { openLengths, seed }: { readonly openLengths: ReadonlySet<number>; readonly seed: Seed },
): number {
  const length = shape?.[axis] ?? -1;
  if (length !== -1) return length;
  const [open] = openLengths;
  if (open !== undefined && openLengths.size === 1) return open;
  return createDraw(seed, name, axis).integer(1, 4);
}

/** The labels and scores of an example: of those that the signature gives, the scores sum up to 1. */
export function drawClassification(
  { outputs }: ServedSignature,
  { model, example }: { readonly model: Seed; readonly example: Seed },
): readonly Classification[] {
  const scores = outputs.find(({ name }) => name === "scores");
  const classes = outputs.find(({ name }) => name === "classes");
  const stated = [scores, classes].map((output) => output?.shape?.[1] ?? -1).find((length) => length >= 0);
  const count = stated ?? createDraw(model, "classes").integer(2, 5);
  const draw = createDraw(example, "scores");
  const shares = count === 1 ? [draw.integer(0, 1e6) / 1e6] : drawShares(count, draw);
  return Array.from({ length: count }, (_, index) => ({
    label: classes === undefined ? "" : String(index),
    score: scores === undefined ? 0 : (shares[index] ?? 0),
  }));
}

/** The value of an example. */
export function drawRegression(example: Seed): number {
  return Number(createDraw(example, "outputs").normal().toFixed(4));
}
