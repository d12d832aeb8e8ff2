/*
 * What an OpenAPI document says of a model and what the server's metadata say of it come in; operations that have the
 * names and words of the one and the dtypes and shapes of the other go out.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import type { FeatureModel, OperationModel, RowModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { listed, quoted } from "../spec/openapi-fault.js";
import type { DescribedOperation, Side } from "./tf-serving-openapi.js";

/** The operations of both, those of the document first. */
export function mergeOperations(
  described: readonly DescribedOperation[],
  live: readonly OperationModel[],
  diagnostics: Diagnostic[],
): readonly OperationModel[] {
  const merged = described.map((one) => merge(one, live, diagnostics));
  const known = new Set(merged.map(keyOf));
  return [...merged, ...live.filter((operation) => !known.has(keyOf(operation)))];
}

/** What tells operations apart. */
export function keyOf({ framing }: OperationModel): string {
  switch (framing.protocol) {
    case "tensors":
      return `predict ${framing.signature}`;
    case "examples":
      return `${framing.verb} ${framing.signature}`;
    default:
      throw new Error(`no framing of TensorFlow Serving: ${framing.protocol}`);
  }
}

function merge(
  described: DescribedOperation,
  live: readonly OperationModel[],
  diagnostics: Diagnostic[],
): OperationModel {
  const { operation } = described;
  const framing = operation.framing;
  if (framing.protocol !== "tensors") return operation;
  const found = counterpart(described, live);
  if (found?.framing.protocol !== "tensors") throw lacksSignature(described, live);
  const { signature, batched } = found.framing;
  return {
    ...operation,
    framing: { ...framing, signature, batched },
    input: mergeRow(described, "input", found.input, diagnostics),
    output: mergeRow(described, "output", found.output, diagnostics),
  };
}

/** The signature of that name; where the document names none, else the only one that has the same tensors. */
function counterpart(
  described: DescribedOperation,
  live: readonly OperationModel[],
): OperationModel | undefined {
  const key = keyOf(described.operation);
  const same = live.find((operation) => keyOf(operation) === key);
  if (same !== undefined || described.named) return same;
  const fitting = live.filter(
    (operation) =>
      operation.framing.protocol === "tensors" &&
      (["input", "output"] as const).every((side) => fits(described, side, operation[side])),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function fits({ operation, unnamed }: DescribedOperation, side: Side, live: RowModel): boolean {
  if (unnamed.includes(side)) return live.features.length === 1;
  const names = new Set(operation[side].features.map(({ wireName }) => wireName));
  return names.size === live.features.length && live.features.every(({ wireName }) => names.has(wireName));
}

function mergeRow(
  described: DescribedOperation,
  side: Side,
  live: RowModel,
  diagnostics: Diagnostic[],
): RowModel {
  const row = described.operation[side];
  if (!fits(described, side, live)) throw differs(described, side, live);
  const features = row.features.flatMap((feature): readonly FeatureModel[] => {
    const [only] = live.features;
    const found = described.unnamed.includes(side)
      ? only
      : live.features.find(({ wireName }) => wireName === feature.wireName);
    if (found === undefined) return [];
    if (disagree(feature, found)) diagnostics.push(overruled(described, feature, found));
    return [{ ...found, doc: feature.doc, codec: mergedCodec(side, feature, found) }];
  });
  return { ...row, features };
}

type Codec = FeatureModel["codec"];

/** Bytes and text are one dtype to the server; which of them goes in, the document knows better. */
function mergedCodec(side: Side, { codec: stated }: FeatureModel, { codec: live }: FeatureModel): Codec {
  const isBytes = stated.kind === "tensor" && stated.dtype === "binary";
  return side === "input" &&
    isBytes &&
    live.kind === "tensor" &&
    live.form === "nested" &&
    live.dtype === "string"
    ? { ...live, dtype: "binary" }
    : live;
}

function disagree({ codec: stated }: FeatureModel, { codec: live }: FeatureModel): boolean {
  if (stated.kind !== "tensor" || live.kind !== "tensor") return false;
  const assumed = stated.form === "nested" && stated.assumed === true;
  const isText = (dtype: string): boolean => dtype === "string" || dtype === "binary";
  return !assumed && stated.dtype !== live.dtype && !(isText(stated.dtype) && isText(live.dtype));
}

function overruled({ pointer }: DescribedOperation, stated: FeatureModel, live: FeatureModel): Diagnostic {
  const dtype = ({ codec }: FeatureModel): string => (codec.kind === "tensor" ? codec.dtype : codec.kind);
  return {
    code: "tf-serving/metadata-overrules",
    severity: "warning",
    pointer,
    message: `The tensor ${quoted(live.wireName)} is ${dtype(stated)} in the description and ${dtype(live)} in the metadata, which count.`,
    hint: "Correct the description, or leave --metadata out.",
  };
}

function lacksSignature({ operation, pointer }: DescribedOperation, live: readonly OperationModel[]): Error {
  const { framing } = operation;
  const wanted = framing.protocol === "tensors" ? framing.signature : "";
  const known = live.flatMap(({ framing: own }) => (own.protocol === "tensors" ? [own.signature] : []));
  return new GenDeployError(
    "tf-serving/metadata-lacks-signature",
    `The description calls the signature ${quoted(wanted)}, and the metadata have ${listed(known)}.`,
    { pointer, hint: "Give the metadata of the same model and version with --metadata." },
  );
}

function differs({ operation, pointer }: DescribedOperation, side: Side, live: RowModel): Error {
  const names = (row: RowModel): string => listed(row.features.map(({ wireName }) => wireName));
  return new GenDeployError(
    "tf-serving/metadata-differs",
    `The ${side}s are ${names(operation[side])} in the description and ${names(live)} in the metadata.`,
    { pointer, hint: "Give the metadata of the same model and version with --metadata." },
  );
}
