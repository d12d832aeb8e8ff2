import type { Carried } from "../client/carried.js";
import { driftError } from "../verify/verify.js";
import type { DriftChange } from "../errors.js";
import type { shownShape } from "../arrays/nd-shape.js";
import type { MetadataSignature, MetadataTensor, ModelMetadata } from "./model-metadata.js";
import type { SignatureDescriptor } from "./signature-types.js";
import type { TensorSpec } from "./tensor-types.js";

/** TensorFlow's name of every dtype that a signature of ours can have; DT_STRING is text or bytes. */
const namesByDtype: ReadonlyMap<string, string> = new Map([
  ["bool", "DT_BOOL"],
  ["int8", "DT_INT8"],
  ["int16", "DT_INT16"],
  ["int32", "DT_INT32"],
  ["int64", "DT_INT64"],
  ["uint8", "DT_UINT8"],
  ["uint16", "DT_UINT16"],
  ["uint32", "DT_UINT32"],
  ["uint64", "DT_UINT64"],
  ["float16", "DT_HALF"],
  ["float32", "DT_FLOAT"],
  ["float64", "DT_DOUBLE"],
  ["complex64", "DT_COMPLEX64"],
  ["complex128", "DT_COMPLEX128"],
  ["string", "DT_STRING"],
  ["binary", "DT_STRING"],
]);

/** What is told to this file, which is loaded late and imports nothing that a client holds. */
interface Told extends Carried {
  readonly shownShape: typeof shownShape;
}

/**
 * Throws a `DriftError` that names every tensor of `signatures` whose name, dtype or shape the live metadata state
 * otherwise, and every signature that is gone. Signatures that are new change nothing for callers.
 */
export function checkMetadata(
  metadata: ModelMetadata,
  signatures: Readonly<Record<string, SignatureDescriptor>>,
  told: Told,
): void {
  const live = new Map(metadata.signatures.map((signature) => [signature.name, signature]));
  const changes = Object.values(signatures).flatMap((signature) => [
    ...signatureChanges(signature, live.get(signature.name), told),
  ]);
  if (changes.length > 0) throw driftError(changes, told);
}

function* signatureChanges(
  signature: SignatureDescriptor,
  live: MetadataSignature | undefined,
  told: Told,
): Iterable<DriftChange> {
  const { shown } = told;
  if (live === undefined) {
    const message = `The signature ${shown(signature.name)} is gone.`;
    yield { side: "deployment", change: "removed", message };
    return;
  }
  const { inputs, outputs, verb } = signature;
  if (inputs !== undefined)
    yield* tensorChanges(
      { signature: signature.name, side: "input", known: inputs, live: live.inputs },
      told,
    );
  if (outputs !== undefined)
    yield* tensorChanges(
      { signature: signature.name, side: "output", known: outputs, live: live.outputs },
      told,
    );
  if (verb !== undefined && !canDo(verb, live)) {
    const message = `The signature ${shown(signature.name)} can no longer ${verb}.`;
    yield { side: "deployment", change: "changed", message };
  }
}

interface Side {
  readonly signature: string;
  readonly side: "input" | "output";
  readonly known: Readonly<Record<string, TensorSpec>>;
  readonly live: readonly MetadataTensor[];
}

function* tensorChanges({ signature, side, known, live }: Side, told: Told): Iterable<DriftChange> {
  const { shown } = told;
  const shownTensor = (dtype: string, shape: readonly number[] | null): string =>
    `${dtype} ${shape === null ? "of any rank" : told.shownShape(shape)}`;
  const specs = Object.entries(known);
  // A tensor that the description does not name is whichever the server has, if it has one alone.
  const [[standIn, { unnamed = false }] = ["", {}]] = specs;
  const byName = new Map(
    live.map((tensor) => [unnamed && live.length === 1 ? standIn : tensor.name, tensor]),
  );
  for (const [feature, spec] of specs) {
    const where = `The ${side} ${shown(feature)} of ${shown(signature)}`;
    const now = byName.get(feature);
    byName.delete(feature);
    if (now === undefined) yield { side, change: "removed", feature, message: `${where} is gone.` };
    else if (!isSame(spec, now)) {
      const message = `${where} is now ${shownTensor(now.dtype, now.shape)}, and was ${shownTensor(nameOf(spec), spec.shape)}.`;
      yield { side, change: "changed", feature, message };
    }
  }
  for (const { name: feature, dtype, shape } of byName.values()) {
    const message = `The ${side} ${shown(feature)} of ${shown(signature)} is new: ${shownTensor(dtype, shape)}.`;
    yield { side, change: "added", feature, message };
  }
}

function isSame(spec: TensorSpec, now: MetadataTensor): boolean {
  if (spec.assumed !== true && nameOf(spec) !== now.dtype) return false;
  if (spec.assumed === true && !/^DT_(?:FLOAT|DOUBLE|HALF|BFLOAT16|U?INT\d+)$/.test(now.dtype)) return false;
  if (spec.shape === null || now.shape === null) return spec.shape === now.shape;
  return spec.shape.join() === now.shape.join();
}

/** The aliases by which a server knows that a signature can do the verb, whatever its method is called. */
function canDo(
  verb: NonNullable<SignatureDescriptor["verb"]>,
  { inputs, outputs }: MetadataSignature,
): boolean {
  const names = outputs.map(({ name }) => name);
  const known = verb === "classify" ? ["classes", "scores"] : ["outputs"];
  const fits = names.length > 0 && names.every((name) => known.includes(name));
  return fits && inputs.length === 1 && inputs[0]?.name === "inputs";
}

function nameOf({ dtype, assumed }: TensorSpec): string {
  return assumed === true ? "a number" : (namesByDtype.get(dtype) ?? dtype);
}
