import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";

/** A signature with the operations that call it: at least one. */
export interface SignaturePlan {
  readonly name: string;
  readonly doc: string;
  readonly predict: OperationModel | undefined;
  readonly example: OperationModel | undefined;
}

/** The signatures of a model, in the order of its operations. */
export function listSignatures(model: DeploymentModel): readonly SignaturePlan[] {
  const found = new Map<string, SignaturePlan>();
  for (const operation of model.operations) {
    const { framing, doc } = operation;
    if (framing.protocol !== "tensors" && framing.protocol !== "examples")
      throw new Error(`no signature: an operation of the protocol ${framing.protocol}`);
    const name = framing.signature;
    const known = found.get(name) ?? { name, doc: "", predict: undefined, example: undefined };
    const docs = [known.doc, doc].filter((text, index, all) => text !== "" && all.indexOf(text) === index);
    const both = { ...known, doc: docs.join("\n\n") };
    found.set(
      name,
      framing.protocol === "tensors" ? { ...both, predict: operation } : { ...both, example: operation },
    );
  }
  return [...found.values()];
}

/** The signature that each of the client's own verbs calls: the first that takes it. */
export function mainSignatures(
  signatures: readonly SignaturePlan[],
): readonly (readonly [verb: "predict" | "classify" | "regress", name: string])[] {
  return (["predict", "classify", "regress"] as const).flatMap((verb) => {
    const main = signatures.find((signature) => verbsOf(signature).includes(verb));
    return main === undefined ? [] : [[verb, main.name] as const];
  });
}

/** What can be done with a signature. */
export function verbsOf({
  predict,
  example,
}: SignaturePlan): readonly ("predict" | "classify" | "regress")[] {
  return [
    ...(predict === undefined ? [] : (["predict"] as const)),
    ...(example?.framing.protocol === "examples" ? [example.framing.verb] : []),
  ];
}
