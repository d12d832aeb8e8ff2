import type { BoundDeployment, SignaturesDeployment } from "../bind/bound-deployment.js";
import { unknownOperation } from "../bind/unknown-operation.js";
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";

/** What a run calls. */
export interface CalledOperation {
  readonly bound: BoundDeployment;
  /** What the description says of it. */
  readonly model: OperationModel;
  /** As a client knows it. */
  readonly name: string;
  /** As a descriptor has it: the key of a signature or of a service's operation. */
  readonly key: string;
  readonly verb: "predict" | "classify" | "regress";
}

/**
 * The operation that is `wanted`: by what the description calls it, by a client's method, or on TensorFlow Serving by
 * its signature or verb. The main one where none is. Throws where there is no such operation.
 */
export function calledOperation(
  model: DeploymentModel,
  bound: BoundDeployment,
  wanted: string | undefined,
): CalledOperation {
  const { operations } = model;
  const [main] = operations;
  switch (bound.system) {
    case "service": {
      const names = Object.keys(bound.deployment.operations);
      const found = names.findIndex((name, index) => name === wanted || operations[index]?.id === wanted);
      const index = wanted === undefined ? 0 : found;
      const [name, operation] = [names[index], operations[index]];
      if (name === undefined || operation === undefined) throw unknownOperation(wanted ?? "", names);
      return { bound, model: operation, name, key: name, verb: "predict" };
    }
    case "tf-serving":
      return { bound, ...calledSignature(operations, bound.deployment, wanted) };
    default:
      if (main === undefined || (wanted !== undefined && wanted !== main.id && wanted !== "predict"))
        throw unknownOperation(wanted ?? "", [...new Set(["predict", main?.id ?? "predict"])]);
      return { bound, model: main, name: "predict", key: "predict", verb: "predict" };
  }
}

function calledSignature(
  operations: readonly OperationModel[],
  { main, signatures }: SignaturesDeployment,
  wanted: string | undefined,
): Omit<CalledOperation, "bound"> {
  const verbs = (["predict", "classify", "regress"] as const).filter((verb) => main[verb] !== undefined);
  const [first = "predict"] = verbs;
  const verb = wanted === undefined ? first : verbs.find((known) => known === wanted);
  const found = operations.find((operation) => {
    const { signature, verb: own } = signatureOf(operation);
    if (verb !== undefined) return signature === main[verb] && own === verb;
    return operation.id === wanted || signature === wanted;
  });
  if (found === undefined) throw unknownOperation(wanted ?? "", [...Object.keys(signatures), ...verbs]);
  const called = signatureOf(found);
  // A signature that does more than one thing is known by its verb where it is the main one.
  const isMain = called.verb !== "predict" && main[called.verb] === called.signature;
  return {
    model: found,
    name: isMain ? called.verb : called.signature,
    key: called.signature,
    verb: called.verb,
  };
}

function signatureOf({
  framing,
}: OperationModel): Pick<CalledOperation, "verb"> & { readonly signature: string } {
  if (framing.protocol === "tensors") return { signature: framing.signature, verb: "predict" };
  if (framing.protocol === "examples") return { signature: framing.signature, verb: framing.verb };
  throw new Error(`no signature: ${framing.protocol}`);
}
