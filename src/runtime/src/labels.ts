import { DeploymentError } from "./errors.js";

/** The probability of every label, as a categorical output gives it. */
export type Probabilities<Label extends string = string> = { readonly [L in Label]: number };

/** The label of the highest value; of equal ones the first. Without any label it throws `wrong-type`. */
export function topLabel<Label extends string>(probabilities: Probabilities<Label>): Label {
  const first = ranked(probabilities)[0];
  if (first === undefined) {
    throw new DeploymentError(
      "wrong-type",
      "There is no label in these probabilities; at least one is expected.",
    );
  }
  return first[0];
}

/** All labels with their values, from high to low; equal ones stay in their order. */
export function ranked<Label extends string>(
  probabilities: Probabilities<Label>,
): [label: Label, value: number][] {
  const pairs: [Label, number][] = [];
  for (const label in probabilities) {
    if (Object.hasOwn(probabilities, label)) pairs.push([label, probabilities[label]]);
  }
  return pairs.sort(([, left], [, right]) => right - left);
}
