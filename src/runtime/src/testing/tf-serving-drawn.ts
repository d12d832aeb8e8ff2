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
import type { Element } from "./tf-serving-tensors.js";

/** What is drawn for an output. */
export interface OutputPlan {
  readonly name: string;
  readonly dtype: Dtype;
  /** Of what is drawn at once; every length known. */
  readonly shape: readonly number[];
  /** Takes what is drawn. */
  readonly data: Element[];
}

/** Draws as many elements of an output as its shape has. */
export function drawOutput({ name, dtype, shape, data }: OutputPlan, draw: Draw): void {
  const count = elementCount(shape);
  const last = shape.at(-1) ?? 0;
  // What is called so holds probabilities, and callers may count on their sum.
  if (dtype.startsWith("float") && last > 1 && /prob|scores?$|softmax/i.test(name)) {
    for (let drawn = 0; drawn < count; drawn += last) {
      for (const share of drawShares(last, draw)) data.push(share);
    }
  } else {
    for (let drawn = 0; drawn < count; drawn += 1) data.push(drawElement(dtype, draw));
  }
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
      return Math.round(draw.normal() * 1e4) / 1e4;
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

/** So many elements are drawn for an output at most, unless its description itself says more. */
const most = 2 ** 20;

/**
 * The shape of an output, its first length aside where each row has a part of it. What the description leaves open is
 * as long as the inputs' own open dimensions, where they agree, and else a length that follows from the seed.
 */
export function drawShape(
  { shape, name }: ServedTensor,
  {
    byRow,
    openLengths,
    seed,
  }: { readonly byRow: boolean; readonly openLengths: ReadonlySet<number>; readonly seed: Seed },
): readonly number[] {
  const declared = shape ?? [];
  const axes = [...declared.keys()].slice(byRow ? 1 : 0);
  const [open] = openLengths;
  const asInputs = axes.map((axis) => (declared[axis] === -1 ? (open ?? 0) : (declared[axis] ?? 0)));
  if (open !== undefined && openLengths.size === 1 && elementCount(asInputs) <= most) return asInputs;
  return axes.map((axis) => {
    const length = declared[axis] ?? 0;
    return length === -1 ? createDraw(seed, name, axis).integer(1, 4) : length;
  });
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
  return Math.round(createDraw(example, "outputs").normal() * 1e4) / 1e4;
}
