/*
 * Inputs of Cog models: in goes what a request has for `input`, out comes the input as callers give it, or everything
 * that is wrong with it.
 */
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { readGiven } from "./given-value.js";

/** What a descriptor says of a model's inputs. */
export interface MockedInputs {
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly shapes: Readonly<Record<string, JsonShape>>;
}

/** One thing that is wrong with an input. */
export interface InputFault {
  readonly kind: "missing" | "extra" | "value";
  /** The input's name, or undefined where the whole is no object. */
  readonly field: string | undefined;
  /** As the end of a sentence about the value. */
  readonly words: string;
}

/** An input that the model takes, or why it does not. */
export type GivenInput =
  | { readonly row: Readonly<Record<string, unknown>>; readonly faults?: undefined }
  | { readonly faults: readonly InputFault[] };

/** `input` as the caller's types have it; null stands for no inputs at all. */
export function readInput(input: unknown, { inputs, shapes }: MockedInputs): GivenInput {
  const given = input ?? {};
  if (!isRecord(given)) return { faults: [{ kind: "value", field: undefined, words: "is not an object" }] };
  const faults: InputFault[] = [];
  const row: Record<string, unknown> = {};
  for (const [name, { shape, optional }] of Object.entries(inputs)) {
    const value = ownMember(given, name);
    if (value === undefined) {
      if (optional !== true) faults.push({ kind: "missing", field: name, words: "is required" });
      continue;
    }
    const read = readGiven(value, shape, shapes);
    if (read.fault === undefined) setOwnMember(row, name, read.value);
    else faults.push({ kind: "value", field: name, words: wordsOf(read.fault) });
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(inputs, name)) faults.push({ kind: "extra", field: name, words: "is not known" });
  }
  return faults.length === 0 ? { row } : { faults };
}

function wordsOf({ steps, words }: { readonly steps: readonly (string | number)[]; words: string }): string {
  return steps.length === 0 ? words : `has at ${steps.join(".")} what ${words}`;
}
