/*
 * A call of an OpenAPI document comes in, an operation of the model goes out. Bodies and replies may stand behind
 * references; `instances` and `predictions` are rows, `inputs` and `outputs` whole tensors.
 */
import type { OperationModel, RowModel } from "../model/deployment-model.js";
import { faultAt, quoted } from "../spec/openapi-fault.js";
import { operationDoc, operationName } from "../spec/openapi-operations.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { appendPointer, ownMember } from "../spec/pointer.js";
import type { JsonObject, Located, ResolvedSpec } from "../spec/spec-types.js";
import type { Call } from "./tf-serving-call.js";
import { exampleFeatures } from "./tf-serving-examples.js";
import { isByName, tensorMark, toTensor, typeOf } from "./tf-serving-schema.js";
import { isBatched, toFeature } from "./tf-serving-tensor.js";
import type { Tensor } from "./tf-serving-tensor.js";
import { wireTypeAt } from "./tf-serving-wire-type.js";

/** An operation with what its description leaves open. */
export interface DescribedOperation {
  readonly operation: OperationModel;
  /** Whether the description itself names the signature. */
  readonly named: boolean;
  /** The sides whose only tensor the description does not name. */
  readonly unnamed: readonly Side[];
  /** Where the schemas stand, for messages. */
  readonly pointer: string;
}

/** A side of a call. */
export type Side = "input" | "output";

/** The operation of the model that a call is. */
export function toOperation(spec: ResolvedSpec, call: Call): DescribedOperation {
  const known = {
    id: operationName(call.operation),
    doc: operationDoc(call.operation),
    method: "POST",
    path: `:${call.verb}`,
  } as const;
  const { signature, verb, named, body } = call;
  if (verb !== "predict") {
    const framing = { protocol: "examples", verb, signature } as const;
    const output = {
      ...emptyRow,
      pointer: (call.reply ?? call.operation.operation).pointer,
    };
    const input = { ...emptyRow, ...exampleFeatures(spec, body) };
    return { operation: { ...known, framing, input, output }, named, unnamed: [], pointer: body.pointer };
  }
  const inputs = readSide(spec, "input", body);
  const reply = call.reply;
  if (inputs === undefined || inputs.tensors.length === 0) throw noTensors(spec, "input", body);
  const outputs = reply && readSide(spec, "output", reply);
  if (outputs === undefined || outputs.tensors.length === 0)
    throw noTensors(spec, "output", reply ?? call.operation.operation);
  const operation: OperationModel = {
    ...known,
    framing: { protocol: "tensors", signature, batched: isBatched(inputs.tensors) },
    input: toRow(inputs),
    output: toRow(outputs),
  };
  const unnamed = [inputs, outputs].flatMap(({ side, isNamed }) => (isNamed ? [] : [side]));
  return { operation, named, unnamed, pointer: body.pointer };
}

const emptyRow = { features: [], bare: false, stream: false, wireType: null } as const;

interface Tensors {
  readonly side: Side;
  readonly tensors: readonly Tensor[];
  /** Whether the description names them. */
  readonly isNamed: boolean;
  /** Whether the only one stands in place of an object by name. */
  readonly bare: boolean;
  readonly pointer: string;
  readonly wireType: readonly string[] | null;
}

const keys = {
  input: { row: "instances", whole: "inputs" },
  output: { row: "predictions", whole: "outputs" },
} as const;

function readSide(spec: ResolvedSpec, side: Side, schema: Located<JsonObject>): Tensors | undefined {
  const rows = objectAt(spec, schema, "properties", keys[side].row);
  const whole = objectAt(spec, schema, "properties", keys[side].whole);
  const holder = rows === undefined ? whole : objectAt(spec, rows, "items");
  if (holder === undefined) return undefined;
  const row = rows !== undefined;
  if (!isByName(holder)) {
    const stated = ownText(objectAt(spec, holder, tensorMark)?.value, "name");
    const tensor = toTensor(spec, { name: stated || side, unnamed: stated === "", schema: holder, row });
    const { pointer } = holder;
    return { side, tensors: [tensor], isNamed: stated !== "", bare: true, pointer, wireType: null };
  }
  const properties = objectAt(spec, holder, "properties");
  const names = Object.keys(properties?.value ?? {});
  const tensors = names.flatMap((name): readonly Tensor[] => {
    const own = objectAt(spec, properties, name);
    return own === undefined ? [] : [toTensor(spec, { name, schema: own, row })];
  });
  const pointer = appendPointer(holder.pointer, "properties");
  const typed = [schema, ...(row ? [] : [holder])].every(isPlainObject) && (!row || isListOf(rows, holder));
  return { side, tensors, isNamed: true, bare: false, pointer, wireType: typed ? wireTypeAt(pointer) : null };
}

/** Whether openapi-typescript gives members to a schema. */
function isPlainObject({ value }: Located<JsonObject>): boolean {
  const composed = ["allOf", "anyOf", "oneOf"].some((key) => ownMember(value, key) !== undefined);
  return !composed && (typeOf(value) === "object" || ownMember(value, "type") === undefined);
}

function isListOf(list: Located<JsonObject>, items: Located<JsonObject>): boolean {
  return typeOf(list.value) === "array" && isPlainObject(items);
}

function toRow({ tensors, bare, pointer, wireType }: Tensors): RowModel {
  return {
    features: tensors.map(toFeature),
    bare,
    stream: false,
    pointer,
    wireType: tensors.length === 0 ? null : wireType,
  };
}

function noTensors(spec: ResolvedSpec, side: Side, { value, pointer }: Located<JsonObject>): Error {
  const { row, whole } = keys[side];
  return faultAt(spec, pointer, {
    code: `tf-serving/no-${side}s`,
    message: `The ${side === "input" ? "body" : "reply"} of a predict operation is ${quoted(value)}: no ${side}s stand under ${whole} or the items of ${row}.`,
    hint: `Describe them as { "properties": { "${whole}": { "properties": { "x": { "x-tensor": { "dtype": "float32", "shape": [-1, 1] } } } } } }, or give the server's metadata itself.`,
  });
}
