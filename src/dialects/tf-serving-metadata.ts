/*
 * The reply of `GET …/metadata` comes in, its signatures go out, sorted by name. Read as TensorFlow Serving prints it
 * (snake_case, `signature_def` twice) and as protobuf's own JSON has it (camelCase, `@type`, defaults left out), which
 * is what OpenVINO Model Server prints. Nothing here throws: what cannot be called says why.
 */
import { memberOf } from "../spec/follow.js";
import { isArray, isObject, ownMember } from "../spec/pointer.js";
import { ownText } from "../spec/openapi-tree.js";
import { quoted } from "../spec/openapi-fault.js";
import type { Json, JsonObject, Located } from "../spec/spec-types.js";
import { fingerprintOf, isTensorShape, toDtype } from "./tf-serving-tensor.js";
import type { Tensor } from "./tf-serving-tensor.js";

/** What TensorFlow adds to models that have something to initialise. */
export const initialiser = "__saved_model_init_op";

/** A signature as the server describes it. */
export interface MetadataSignature {
  readonly name: string;
  readonly pointer: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly inputsPointer: string;
  readonly outputsPointer: string;
  /** Such as `tensorflow/serving/predict`; empty or anything else where the model's author wrote that. */
  readonly methodName: string;
  /** Why REST cannot call it, or undefined where it can. */
  readonly fault: string | undefined;
}

/** The object whose members are the signatures; undefined where a document holds no metadata. */
export function findSignatures(root: JsonObject): Located<JsonObject> | undefined {
  const metadata = toObject(memberOf({ value: root, pointer: "" }, "metadata"));
  const outer = metadata && either(metadata, "signature_def", "signatureDef");
  return outer && either(outer, "signature_def", "signatureDef");
}

/** The name under which the server knows the model; empty where the document lacks it. */
export function modelName(root: JsonObject): string {
  const spec = ownMember(root, "model_spec") ?? ownMember(root, "modelSpec");
  return ownText(spec, "name").trim();
}

/** Every signature, callable or not. */
export function readSignatures(root: JsonObject): readonly MetadataSignature[] {
  const signatures = findSignatures(root);
  if (signatures === undefined) return [];
  return sortedNames(signatures.value).flatMap((name) => {
    const signature = toObject(memberOf(signatures, name));
    return signature === undefined ? [] : [readSignature(root, name, signature)];
  });
}

function readSignature(root: JsonObject, name: string, signature: Located<JsonObject>): MetadataSignature {
  const faults: string[] = [];
  const side = (key: "inputs" | "outputs"): { tensors: readonly Tensor[]; pointer: string } => {
    const found = toObject(memberOf(signature, key));
    if (found === undefined) return { tensors: [], pointer: signature.pointer };
    const tensors = sortedNames(found.value).flatMap((alias) => {
      const tensor = readTensor(root, alias, memberOf(found, alias));
      if (typeof tensor !== "string") return [tensor];
      faults.push(`its ${key.slice(0, -1)} ${quoted(alias)} ${tensor}`);
      return [];
    });
    return { tensors, pointer: found.pointer };
  };
  const inputs = side("inputs");
  const outputs = side("outputs");
  const fault =
    name === initialiser
      ? "it only initialises the model"
      : name === ""
        ? "it has no name, and the server takes an empty one for serving_default"
        : (faults[0] ??
          (inputs.tensors.length === 0
            ? "it has no inputs, and the server refuses calls without any"
            : outputs.tensors.length === 0
              ? "it has no outputs"
              : undefined));
  return {
    name,
    pointer: signature.pointer,
    inputs: inputs.tensors,
    outputs: outputs.tensors,
    inputsPointer: inputs.pointer,
    outputsPointer: outputs.pointer,
    methodName: ownText(signature.value, "method_name") || ownText(signature.value, "methodName"),
    fault,
  };
}

/** The tensor, or why REST cannot carry it. */
function readTensor(root: JsonObject, alias: string, located: Located | undefined): Tensor | string {
  const info = toObject(located);
  if (info === undefined) return "is no description of a tensor";
  for (const kind of ["coo_sparse", "cooSparse", "composite_tensor", "compositeTensor"]) {
    if (isObject(ownMember(info.value, kind))) return "is sparse or composite, which REST cannot carry";
  }
  // In protobuf's JSON a left-out enum is its first value.
  const stated = ownText(info.value, "dtype") || "DT_INVALID";
  const dtype = toDtype(stated, alias);
  if (dtype === undefined) return `has the dtype ${quoted(stated)}, which REST cannot carry`;
  const shape = readShape(ownMember(info.value, "tensor_shape") ?? ownMember(info.value, "tensorShape"));
  if (shape === undefined) return "has a shape that no tensor can have";
  const fingerprint = fingerprintOf(root, info.pointer);
  return { name: alias, doc: "", dtype, shape, assumed: false, unnamed: false, fingerprint };
}

/** Null where the rank is unknown, undefined where it is no shape. A left-out size is 0, protobuf's default. */
function readShape(stated: Json | undefined): readonly number[] | null | undefined {
  if (!isObject(stated)) return stated === undefined || stated === null ? null : undefined;
  const unknown = ownMember(stated, "unknown_rank") ?? ownMember(stated, "unknownRank");
  if (unknown === true) return null;
  const dimensions = ownMember(stated, "dim") ?? [];
  if (!isArray(dimensions)) return undefined;
  const shape = dimensions.map((dimension) => toLength(ownMember(dimension, "size")));
  return isTensorShape(shape) ? shape : undefined;
}

function toLength(size: Json | undefined): number {
  if (size === undefined) return 0;
  if (typeof size === "number") return size;
  return typeof size === "string" && /^-?\d+$/.test(size) ? Number(size) : NaN;
}

function either(object: Located<JsonObject>, ...keys: readonly string[]): Located<JsonObject> | undefined {
  for (const key of keys) {
    const found = toObject(memberOf(object, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function toObject(located: Located | undefined): Located<JsonObject> | undefined {
  return located !== undefined && isObject(located.value)
    ? { value: located.value, pointer: located.pointer }
    : undefined;
}

/** The server prints maps in any order: sorted by code unit, packages do not change with it. */
function sortedNames(object: JsonObject): readonly string[] {
  return Object.keys(object).sort();
}
