/*
 * A description's signatures as the mock serves them, by their wire names.
 */
import type { Dtype } from "../arrays/dtype.js";
import type { ExampleFeature, ExampleVerb, SignatureDescriptor } from "../tf-serving/signature-types.js";
import type { TensorSpec } from "../tf-serving/tensor-types.js";
import { ServingFailure, invalid } from "./tf-serving-failure.js";

/** A tensor of a signature. */
export interface ServedTensor {
  readonly name: string;
  readonly dtype: Dtype;
  /** The whole declared shape, -1 where any length is right; null where any rank is. */
  readonly shape: readonly number[] | null;
  readonly assumed: boolean;
}

/** A signature, complete: what is called with examples alone has the tensors that the server needs for that. */
export interface ServedSignature {
  /** Of the client's member, by which `answers` know it. */
  readonly key: string;
  readonly name: string;
  readonly batched: boolean;
  readonly inputs: readonly ServedTensor[];
  readonly outputs: readonly ServedTensor[];
  readonly verb: ExampleVerb | undefined;
  /** By name; null where any name is taken. */
  readonly features: ReadonlyMap<string, ExampleFeature> | null;
}

const serialised: ServedTensor = { name: "inputs", dtype: "string", shape: [-1], assumed: false };

const outputsOf: { readonly [Verb in ExampleVerb]: readonly ServedTensor[] } = {
  classify: [
    { name: "classes", dtype: "string", shape: [-1, -1], assumed: false },
    { name: "scores", dtype: "float32", shape: [-1, -1], assumed: false },
  ],
  regress: [{ name: "outputs", dtype: "float32", shape: [-1, 1], assumed: false }],
};

/** The signatures of a description, by wire name. */
export function toServedSignatures(
  signatures: Readonly<Record<string, SignatureDescriptor>>,
): ReadonlyMap<string, ServedSignature> {
  return new Map(
    Object.entries(signatures).map(([key, { name, batched, inputs, outputs, verb, features }]) => [
      name,
      {
        key,
        name,
        batched: inputs === undefined || batched === true,
        inputs: inputs === undefined ? [serialised] : toTensors(inputs),
        outputs: outputs === undefined ? (verb === undefined ? [] : outputsOf[verb]) : toTensors(outputs),
        verb,
        features: features == null ? null : new Map(Object.entries(features)),
      },
    ]),
  );
}

function toTensors(specs: Readonly<Record<string, TensorSpec>>): readonly ServedTensor[] {
  return Object.entries(specs).map(([name, { dtype, shape, assumed = false }]) => {
    return { name, dtype, shape, assumed };
  });
}

/**
 * Throws the server's failure where a signature cannot be called with `verb`
 * (tensorflow/serving, `servables/tensorflow/classifier.cc` and `regressor.cc`).
 */
export function checkVerb(verb: ExampleVerb, { name, inputs, outputs }: ServedSignature): void {
  if (inputs.length !== 1) throw invalid("Expected one input Tensor.");
  const names = outputs.map(({ name }) => name);
  if (verb === "regress") {
    if (outputs.length !== 1) throw invalid("Expected one output Tensor.");
    if (inputs[0]?.name !== "inputs") throw unmet(`No regression inputs found in SignatureDef: ${name}`);
    if (names[0] !== "outputs") throw unmet(`No regression outputs found in SignatureDef: ${name}`);
  } else {
    if (names.length !== 1 && names.length !== 2)
      throw invalid(`Expected one or two output Tensors, found ${names.length}`);
    if (inputs[0]?.name !== "inputs") throw unmet(`No classification inputs found in SignatureDef: ${name}`);
    if (!names.some((name) => name === "classes" || name === "scores"))
      throw unmet(
        `Expected classification signature outputs to contain at least one of "classes" or "scores". Signature was: ${name}`,
      );
  }
}

/** The real server prints the whole signature behind its words. */
function unmet(what: string): ServingFailure {
  return new ServingFailure("FAILED_PRECONDITION", what);
}
