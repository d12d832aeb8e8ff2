import { operationName, isNamed } from "../spec/openapi-operations.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { jsonSchema, successReply } from "../spec/openapi-json.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { isArray, ownMember } from "../spec/pointer.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "../spec/spec-types.js";

/** What a server does with a signature. */
export type Verb = "predict" | "classify" | "regress";

/** An operation of an OpenAPI document that calls a signature. */
export interface Call {
  readonly operation: SpecOperation;
  readonly verb: Verb;
  readonly signature: string;
  /** Whether the description itself names the signature. */
  readonly named: boolean;
  /** The path of the model, version and label left out, such as `/v1/models/m`. */
  readonly model: string;
  /** The version that the path names, or undefined. */
  readonly version: string | undefined;
  readonly body: Located<JsonObject>;
  readonly reply: Located<JsonObject> | undefined;
}

/** The signature that is called where none is named. */
export const defaultSignature = "serving_default";

const callPath = /^(.*?)(?:\/versions\/([^/:]+)|\/labels\/[^/:]+)?:(predict|classify|regress)$/s;

/** Whether an OpenAPI document has an operation of a TensorFlow Serving server. */
export function hasCalls(spec: ResolvedSpec): boolean {
  return spec.operations.some((operation) => {
    const call = toCall(spec, operation);
    if (call === undefined || !/(?:^|\/)v1\/models\/[^/:]+$/.test(call.model)) return false;
    const keys = call.verb === "predict" ? ["instances", "inputs"] : ["examples"];
    return keys.some((key) => objectAt(spec, call.body, "properties", key) !== undefined);
  });
}

/**
 * The operations that call the model, those that the user names if any, one for each verb and signature: the same
 * call of a version or a label is the client's own choice.
 */
export function listCalls(spec: ResolvedSpec, wanted: readonly string[]): readonly Call[] {
  const known = spec.operations.flatMap((operation) => toCall(spec, operation) ?? []);
  const names = (call: Call, name: string): boolean =>
    isNamed(call.operation, name) || call.signature === name;
  const unknown = wanted.find((name) => !known.some((call) => names(call, name)));
  if (unknown !== undefined) {
    throw faultAt(spec, "/paths", {
      code: "tf-serving/unknown-operation",
      message: `No operation or signature is called ${quoted(unknown)}; the description has ${listed(known.map(({ operation }) => operationName(operation)))}.`,
      hint: "Name one of these with --operation.",
    });
  }
  const calls = known.filter((call) => wanted.length === 0 || wanted.some((name) => names(call, name)));
  const [first] = calls;
  const other = calls.find(({ model }) => model !== first?.model);
  if (first !== undefined && other !== undefined) {
    throw faultAt(spec, "/paths", {
      code: "tf-serving/several-models",
      message: `The description is of several models, such as ${quoted(first.model)} and ${quoted(other.model)}, and a package is of one.`,
      hint: "Name the operations of one model with --operation.",
    });
  }
  const distinct = new Map<string, Call>();
  for (const call of calls) {
    const key = `${call.verb} ${call.signature}`;
    if (!distinct.has(key)) distinct.set(key, call);
  }
  return [...distinct.values()];
}

/** A path may end in `#anything`, which only tells it from others of the same address. */
function toCall(spec: ResolvedSpec, operation: SpecOperation): Call | undefined {
  if (operation.method !== "post") return undefined;
  const [, model, version, verb] = callPath.exec(operation.path.replace(/#.*$/s, "")) ?? [];
  const body = jsonSchema(spec, objectAt(spec, operation.operation, "requestBody"));
  if (model === undefined || body === undefined) return undefined;
  if (verb !== "predict" && verb !== "classify" && verb !== "regress") return undefined;
  const stated = ownText(operation.operation.value, "x-signature") || onlySignature(spec, body);
  const reply = jsonSchema(spec, successReply(spec, operation));
  const signature = stated || defaultSignature;
  return { operation, verb, signature, named: stated !== "", model, version, body, reply };
}

/** The one `signature_name` that a body may hold, or empty text. */
function onlySignature(spec: ResolvedSpec, body: Located<JsonObject>): string {
  const schema = objectAt(spec, body, "properties", "signature_name")?.value;
  const choices = ownMember(schema, "enum");
  const only = ownMember(schema, "const") ?? (isArray(choices) && choices.length === 1 ? choices[0] : "");
  return typeof only === "string" ? only : "";
}
