/*
 * Answers that the user's own functions give: rows and examples come in as clients' types have them, and what comes out
 * is held to the description.
 */
import { createNdArray, toTensor } from "../arrays/nd-array.js";
import { isDeploymentError, optionError, shown } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { Column } from "../protocols/tensors.js";
import { toTextTensor } from "../tensor-json/text-tensor.js";
import type { Classification } from "../tf-serving/client-types.js";
import { invalid } from "./tf-serving-failure.js";
import { wrongAnswer } from "./given-answer.js";
import type { GivenExample, GivenFeature } from "./tf-serving-examples.js";
import type { GivenRow } from "./tf-serving-rows.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";

/** What is asked of a signature. */
export type AnswerVerb = "predict" | "classify" | "regress";

/** A user's function, with nothing of its types left. */
export type GivenAnswer = (given: unknown) => unknown;

/** Finds the user's function for what is asked of the signature of that key; undefined where the seed answers. */
export type FindAnswer = (key: string, verb: AnswerVerb) => GivenAnswer | undefined;

/** Reads the option; throws `bad-options` for what cannot be one. */
export function readAnswers(
  answers: unknown,
  { keys, main }: { readonly keys: ReadonlySet<string>; readonly main: string | undefined },
): FindAnswer {
  if (answers === undefined) return () => undefined;
  if (isFunction(answers)) {
    if (main === undefined)
      throw optionError("answers", "functions by signature, as no signature is the main one", "a function");
    return (key, verb) => (key === main && verb === "predict" ? answers : undefined);
  }
  if (!isRecord(answers)) throw optionError("answers", "a function, or functions by signature", answers);
  for (const [key, given] of Object.entries(answers)) {
    if (!keys.has(key))
      throw optionError("answers", `one of ${[...keys].map((one) => shown(one)).join(", ")}`, key);
    const isRight = isFunction(given) || given === undefined || isRecord(given);
    if (!isRight) throw optionError(`answers[${shown(key)}]`, "a function, or functions by verb", given);
  }
  return (key, verb) => {
    const given = ownMember(answers, key);
    if (isFunction(given)) return verb === "predict" ? given : undefined;
    const found = isRecord(given) ? ownMember(given, verb) : undefined;
    return isFunction(found) ? found : undefined;
  };
}

function isFunction(value: unknown): value is GivenAnswer {
  return typeof value === "function";
}

/** The outputs that `answer` gives for a row: one column of each output, in their order. */
export async function answeredOutputs(
  answer: GivenAnswer,
  row: GivenRow,
  { inputs, outputs, batched }: ServedSignature,
): Promise<readonly Column[]> {
  const given: Record<string, unknown> = {};
  for (const [index, { name, shape }] of inputs.entries()) {
    const column = row[index];
    if (column !== undefined) setOwnMember(given, name, callersValue(column, shape));
  }
  const output = await called(answer, given);
  if (!isRecord(output)) throw wrongAnswer(`It is ${shown(output)}, expected an object of outputs.`);
  const stranger = Object.keys(output).find((name) => !outputs.some((known) => known.name === name));
  if (stranger !== undefined)
    throw wrongAnswer(`It has ${shown(stranger)}, which the signature does not give.`);
  return outputs.map((known) => heldColumn(ownMember(output, known.name), known, batched));
}

async function called(answer: GivenAnswer, given: unknown): Promise<unknown> {
  try {
    return await answer(given);
  } catch (error) {
    if (isDeploymentError(error)) throw error;
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** A bare element where no dimensions are declared for it, otherwise an array. */
function callersValue(column: Column, declared: readonly number[] | null): unknown {
  const { shape } = column;
  const isBare = declared !== null && shape.length === 0;
  if ("toNested" in column) return isBare ? column.toNested() : column;
  const { data } = column;
  if (isBare) return data[0];
  const texts = data.filter((element) => typeof element === "string");
  if (texts.length === data.length) return createNdArray("string", shape, texts);
  const encoder = new TextEncoder();
  const bytes = data.map((element) => (typeof element === "string" ? encoder.encode(element) : element));
  return createNdArray("binary", shape, bytes);
}

function heldColumn(value: unknown, { name, dtype, shape }: ServedTensor, batched: boolean): Column {
  if (value === undefined) throw wrongAnswer(`It lacks the output ${shown(name)}.`);
  const due = shape !== null && batched && shape[0] === -1 ? shape.slice(1) : shape;
  try {
    if (dtype === "string" || dtype === "binary") return toTextTensor(value, { feature: name, shape: due });
    return toTensor(value, { feature: name, dtype, shape: due });
  } catch (error) {
    if (isDeploymentError(error)) throw wrongAnswer(error.message, error);
    throw error;
  }
}

/** What `answer` gives for an example: pairs of label and score, or a number. */
export async function answeredExample(
  answer: GivenAnswer,
  example: GivenExample,
  { features }: ServedSignature,
): Promise<unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, feature] of example) {
    setOwnMember(given, name, callersFeature(feature, features?.get(name)));
  }
  return await called(answer, given);
}

/** With its kind where the description does not state it. */
function callersFeature(
  { type, values }: GivenFeature,
  due: { readonly type: GivenFeature["type"]; readonly list: boolean } | undefined,
): unknown {
  const plain = due === undefined || due.list ? values : values[0];
  return due?.type == null ? { [type ?? "bytes"]: plain } : plain;
}

/** The pairs that were given for an example. */
export function heldClassification(value: unknown): readonly Classification[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((pair) => {
    const label = isRecord(pair) ? ownMember(pair, "label") : undefined;
    const score = isRecord(pair) ? ownMember(pair, "score") : undefined;
    if (typeof label === "string" && typeof score === "number") return { label, score };
    throw wrongAnswer(`It is ${shown(value)}, expected a list of { label, score }.`);
  });
}

/** The number that was given for an example. */
export function heldRegression(value: unknown): number {
  if (typeof value === "number") return value;
  throw wrongAnswer(`It is ${shown(value)}, expected a number.`);
}
