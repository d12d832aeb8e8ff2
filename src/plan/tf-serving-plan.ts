import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { createNames, toTypeName } from "./names.js";
import {
  named,
  type Edit,
  type Member,
  type NewInterface,
  type SourcePlan,
  type TypeTree,
} from "./package-plan.js";
import { headline, unusedImports, wireEdits } from "./source-edits.js";
import { signaturesDescriptor } from "./tf-serving-descriptor.js";
import { columnMembers, exampleMembers, rowMembersOf } from "./tf-serving-types.js";
import { listSignatures, mainSignatures, type SignaturePlan } from "./tf-serving-signatures.js";
import { namesIn } from "./type-names.js";

/** The entry of a package whose deployment is a model on TensorFlow Serving. */
export function planTfServing(model: DeploymentModel): SourcePlan {
  const signatures = listSignatures(model);
  const prefixes = prefixesOf(signatures);
  const interfaces = signatures.flatMap((signature) => interfacesOf(signature, prefixes(signature)));
  const types = signatures.map((signature) => signatureType(signature, prefixes(signature)));
  const used = new Set([
    ...interfaces.flatMap(({ members }) => members.flatMap(({ type }) => namesIn(type))),
    ...types.flatMap(namesIn),
  ]);
  const [main] = signatures;
  const checked = main?.predict !== undefined && hasWireTypes(main.predict);
  const edits: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports(valueTypes, used),
    ...interfaceEdits(interfaces),
    {
      kind: "set-members",
      target: "Signatures",
      members: signatures.map(({ name, doc }, index) => plain(name, types[index] ?? named("never"), doc)),
    },
    {
      kind: "set-members",
      target: "MainSignatures",
      members: mainSignatures(signatures).map(([verb, name]) =>
        plain(verb, { kind: "literal", value: name }, ""),
      ),
    },
    ...(checked ? wireEdits(main.predict) : unchecked),
    { kind: "set-value", target: "deployment", value: signaturesDescriptor(model, signatures) },
  ];
  const runtimeEntries = ["index", "tf-serving/index"];
  return {
    template: "client/src/tf-serving.ts",
    edits,
    hasWireTypes: checked,
    runtimeEntries,
    testing: "tf-serving",
  };
}

/** The types that the template imports and a package need not. */
const valueTypes: readonly string[] = [
  "AnyExample",
  "ExampleSignature",
  "FeatureInput",
  "Signature",
  "TensorResult",
  "TensorValue",
];

/** The names of types that no signature's own may be: what stands before their `Input` or `Example`. */
const takenPrefixes: readonly string[] = ["Any", "Bytes", "Feature"];

/** The types of a signature's tensors, in the order of `Signature`'s parameters. */
const tensorTypes: readonly string[] = ["Input", "Output", "InputColumns", "OutputColumns"];

/** What the template has of its own, to be replaced. */
const templateTypes: readonly string[] = [...tensorTypes, "Example"];

/** Without types of the description there are no names to hold the tensors to. */
const unchecked: readonly Edit[] = [
  ...unusedImports(["Described", "WireNames", "components", "paths", "InputName", "OutputName"], new Set()),
  {
    kind: "set-type",
    target: "Deployed",
    type: named("TfServingDeployment", named("Signatures"), named("MainSignatures")),
  },
];

/** The names of the first signature's types have no prefix. */
function prefixesOf(signatures: readonly SignaturePlan[]): (signature: SignaturePlan) => string {
  const names = createNames(takenPrefixes, toTypeName);
  return (signature) => (signature === signatures[0] ? "" : names(signature.name));
}

function interfacesOf({ name, predict, example }: SignaturePlan, prefix: string): readonly NewInterface[] {
  const of = prefix === "" ? "" : ` of the signature ${JSON.stringify(name)}`;
  const batched = predict?.framing.protocol === "tensors" && predict.framing.batched;
  const interfaces: NewInterface[] = [];
  const add = (suffix: string, doc: string, members: readonly Member[]): void => {
    interfaces.push({ kind: "interface", name: `${prefix}${suffix}`, doc, members });
  };
  if (predict !== undefined) {
    const input = batched ? `One row${of} as the model takes it.` : `The inputs${of} as one call takes them.`;
    const output = batched
      ? `One row${of} as the model answers it.`
      : `The outputs${of} as one call gives them.`;
    add("Input", input, rowMembersOf(predict, "input"));
    add("Output", output, rowMembersOf(predict, "output"));
    const stacked = batched ? ": rows stacked along the first dimension" : "";
    add("InputColumns", `Whole inputs${of}${stacked}.`, columnMembers(predict, "input"));
    add("OutputColumns", `Whole outputs${of}${stacked}.`, columnMembers(predict, "output"));
  }
  if (example !== undefined && example.input.features.length > 0)
    add("Example", `One example${of}.`, exampleMembers(example));
  return interfaces;
}

function interfaceEdits(interfaces: readonly NewInterface[]): readonly Edit[] {
  const own = interfaces.filter(({ name }) => templateTypes.includes(name));
  const others = interfaces.filter(({ name }) => !templateTypes.includes(name));
  const missing = templateTypes.filter((name) => !own.some((known) => known.name === name));
  return [
    ...own.flatMap(({ name, doc, members }): readonly Edit[] => [
      { kind: "set-doc", target: name, doc },
      { kind: "set-members", target: name, members },
    ]),
    ...missing.map((target) => ({ kind: "remove", target }) as const),
    { kind: "add-types", target: "Signatures", types: others },
  ];
}

function signatureType({ predict, example }: SignaturePlan, prefix: string): TypeTree {
  const parts: TypeTree[] = [];
  if (predict !== undefined)
    parts.push(named("Signature", ...tensorTypes.map((suffix) => named(`${prefix}${suffix}`))));
  if (example?.framing.protocol === "examples") {
    const features = example.input.features.length > 0 ? `${prefix}Example` : "AnyExample";
    parts.push(named("ExampleSignature", { kind: "literal", value: example.framing.verb }, named(features)));
  }
  return { kind: "intersection", parts };
}

function plain(name: string, type: TypeTree, doc: string): Member {
  return { name, type, optional: false, doc };
}

function hasWireTypes({ input, output }: OperationModel): boolean {
  return input.wireType !== null && output.wireType !== null;
}
