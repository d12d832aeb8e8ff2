/*
 * The signatures of a server's metadata come in, operations of the model go out: each that can be called with
 * `predict`, and as `classify` or `regress` besides where names and dtypes of its tensors are those that the server
 * asks for.
 */
import type { OperationModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { quoted } from "../spec/openapi-fault.js";
import { initialiser } from "./tf-serving-metadata.js";
import type { MetadataSignature } from "./tf-serving-metadata.js";
import { isBatched, toFeature } from "./tf-serving-tensor.js";
import type { Tensor } from "./tf-serving-tensor.js";

/** The operations of all signatures that can be called; a diagnostic for each that cannot. */
export function signatureOperations(
  signatures: readonly MetadataSignature[],
  diagnostics: Diagnostic[],
): readonly OperationModel[] {
  return signatures.flatMap((signature) => {
    if (signature.fault !== undefined) {
      diagnostics.push(notCallable(signature, signature.fault));
      return [];
    }
    const verb = exampleVerb(signature);
    if (verb === undefined) return [predictOperation(signature)];
    if (!isCertain(signature, verb)) diagnostics.push(uncertain(signature, verb));
    return [predictOperation(signature), exampleOperation(signature, verb)];
  });
}

function predictOperation(signature: MetadataSignature): OperationModel {
  const { name, inputs, outputs } = signature;
  return {
    id: name,
    doc: "",
    method: "POST",
    path: ":predict",
    framing: { protocol: "tensors", signature: name, batched: isBatched(inputs) },
    input: { ...plainRow, features: inputs.map(toFeature), pointer: signature.inputsPointer },
    output: { ...plainRow, features: outputs.map(toFeature), pointer: signature.outputsPointer },
  };
}

/** The features of the examples are the graph's own business: metadata do not have them. */
function exampleOperation(signature: MetadataSignature, verb: "classify" | "regress"): OperationModel {
  const { name, outputs } = signature;
  return {
    id: name,
    doc: isCertain(signature, verb)
      ? ""
      : `The names and dtypes of its tensors are those of a signature for ${verb}; whether the graph parses tf.Example, the metadata do not say.`,
    method: "POST",
    path: `:${verb}`,
    framing: { protocol: "examples", verb, signature: name },
    input: { ...plainRow, features: [], pointer: signature.inputsPointer },
    output: { ...plainRow, features: outputs.map(toFeature), pointer: signature.outputsPointer },
  };
}

const plainRow = { bare: false, stream: false, wireType: null } as const;

/** TensorFlow Serving's own rule, with serialised examples for input: tensorflow/serving, `classifier.cc`, `regressor.cc`. */
function exampleVerb({ inputs, outputs }: MetadataSignature): "classify" | "regress" | undefined {
  const [input, second] = inputs;
  if (second !== undefined || input?.name !== "inputs" || input.dtype !== "string") return undefined;
  const isOutput = (tensor: Tensor, name: string, dtype: string): boolean =>
    tensor.name === name && tensor.dtype === dtype;
  const classifies = outputs.every(
    (output) => isOutput(output, "classes", "string") || isOutput(output, "scores", "float32"),
  );
  if (classifies) return "classify";
  const [output, other] = outputs;
  const regresses = other === undefined && output !== undefined && isOutput(output, "outputs", "float32");
  return regresses && isFlat(output) ? "regress" : undefined;
}

/** One number for each example. */
function isFlat({ shape }: Tensor): boolean {
  return shape === null || shape.length === 1 || (shape.length === 2 && shape[1] === 1);
}

function isCertain({ methodName }: MetadataSignature, verb: string): boolean {
  return methodName === `tensorflow/serving/${verb}`;
}

function notCallable({ name, pointer }: MetadataSignature, fault: string): Diagnostic {
  const isInitialiser = name === initialiser;
  return {
    code: "tf-serving/not-callable",
    severity: isInitialiser ? "info" : "warning",
    pointer,
    message: `The signature ${quoted(name)} is left out: ${fault}.`,
    hint: isInitialiser
      ? "There is nothing to do: it is not for callers."
      : "Export the model with a signature that takes and gives what REST carries, if callers need it.",
  };
}

function uncertain({ name, pointer, methodName }: MetadataSignature, verb: string): Diagnostic {
  return {
    code: "tf-serving/perhaps-examples",
    severity: "info",
    pointer,
    message: `The signature ${quoted(name)} has the tensors of one for ${verb}, but its method name is ${quoted(methodName)}, so ${verb} is offered beside predict.`,
    hint: `Use ${verb} only if the model parses tf.Example.`,
  };
}
