/*
 * What may be chosen of inputs and outputs. In a file of its own: the command line knows these before anything is loaded.
 */

/** The formats that rows are read from. */
export const inputFormats = ["csv", "tsv", "jsonl", "json", "parquet"] as const;

/** One of the formats that rows are read from. */
export type InputFormat = (typeof inputFormats)[number];

/** The formats that a run writes. */
export const outputFormats = ["csv", "tsv", "jsonl", "parquet"] as const;

/** One of the formats that a run writes. */
export type OutputFormat = (typeof outputFormats)[number];

/** How categorical outputs are written: the label, the label with its probability, or a column for each label. */
export const categoryForms = ["top", "probability", "all"] as const;

/** One of the ways in which categorical outputs are written. */
export type CategoryForm = (typeof categoryForms)[number];
