/** The probability of every label, as a categorical output gives it. */
export type Probabilities<Label extends string = string> = { readonly [L in Label]: number };
