import type { HttpFraming, JsonShape } from "@gen-deploy/runtime";
import type { FeatureModel, OperationModel } from "../model/deployment-model.js";
import { named, unionOf, type Member, type NewType, type TypeTree } from "./package-plan.js";
import type { ShapeBook } from "./shape-book.js";
import type { ShapeTypes } from "./shape-types.js";

/** A method of a service's client: the operation that it calls, and what its types are called after. */
export interface ServiceMethodPlan {
  readonly name: string;
  readonly operation: OperationModel;
  readonly framing: HttpFraming;
  /** The beginning of its types' names; empty for the main operation. */
  readonly prefix: string;
}

/** The types of one method. */
export interface MethodTypes {
  readonly declared: readonly NewType[];
  /** `ServiceOperation<…>` or `StreamOperation<…>`. */
  readonly operation: TypeTree;
}

/** What types of methods are made with. */
export interface MethodTypesOptions {
  readonly book: ShapeBook;
  readonly types: ShapeTypes;
}

/** The types of a method's argument, reply and documented failures. */
export function methodTypes(method: ServiceMethodPlan, options: MethodTypesOptions): MethodTypes {
  const { name, operation, prefix } = method;
  const input = inputType(method, options);
  const outputName = `${prefix}Output`;
  const output = options.types.typeOf(outputShape(operation), "output", outputName);
  const errors = errorsType(method, options);
  const alias = isNamed(output, outputName) ? [] : [newAlias(outputName, outputDoc(name, operation), output)];
  const kind = operation.output.stream ? "StreamOperation" : "ServiceOperation";
  const takes = operation.input.features.length === 0 ? named("void") : named(`${prefix}Input`);
  return {
    declared: [...input, ...alias],
    operation: named(kind, takes, named(outputName), ...(errors === undefined ? [] : [errors])),
  };
}

/** The shape of a feature of a service: whatever it carries is JSON, text or bytes. */
export function shapeOf({ codec }: FeatureModel): JsonShape {
  if (codec.kind === "json") return codec.shape;
  throw new Error(`no shape: ${codec.kind}`);
}

/** The parameters of an operation: its inputs but for the body. */
export function parametersOf({ operation, framing }: ServiceMethodPlan): readonly FeatureModel[] {
  return operation.input.features.filter(({ wireName }) => Object.hasOwn(framing.places, wireName));
}

/** The body among the inputs of an operation. */
export function bodyOf({ operation, framing }: ServiceMethodPlan): FeatureModel | undefined {
  return operation.input.features.find(({ wireName }) => !Object.hasOwn(framing.places, wireName));
}

/** What one reply holds that tells of success, or each of its items. */
export function outputShape({ output }: OperationModel): JsonShape {
  const [only] = output.features;
  return only === undefined ? { type: "any" } : shapeOf(only);
}

/** What the types of a method's argument and of its reply are called. */
export function typeNames({ prefix }: ServiceMethodPlan): readonly [input: string, output: string] {
  return [`${prefix}Input`, `${prefix}Output`];
}

/** The shape of a method's argument where it is nothing but the body, and every call has one. */
export function argumentShape(method: ServiceMethodPlan): JsonShape | undefined {
  const { body } = method.framing;
  const feature = bodyOf(method);
  if (feature === undefined || body === null || body.at === "member" || body.optional === true)
    return undefined;
  return body.at === "whole" || parametersOf(method).length === 0 ? shapeOf(feature) : undefined;
}

function inputType(method: ServiceMethodPlan, { book, types }: MethodTypesOptions): readonly NewType[] {
  const { name, framing, prefix } = method;
  const typeName = `${prefix}Input`;
  const doc = `What \`${name}\` takes.`;
  const parameters = parametersOf(method).map((feature) => memberOf(feature, types));
  const body = bodyOf(method);
  if (body === undefined || framing.body === null)
    return parameters.length === 0 ? [] : [{ kind: "interface", name: typeName, doc, members: parameters }];
  const shape = shapeOf(body);
  if (framing.body.at === "member")
    return [{ kind: "interface", name: typeName, doc, members: [...parameters, memberOf(body, types)] }];
  const type = types.typeOf(shape, "input", typeName);
  const optional = framing.body.optional === true;
  if (framing.body.at === "whole" || parameters.length === 0) {
    if (isNamed(type, typeName)) return [];
    const orNothing: TypeTree = { kind: "union", parts: [type, named("undefined")] };
    return [newAlias(typeName, doc, optional ? orNothing : type)];
  }
  const rest = optional ? named("Partial", type) : type;
  if (isObject(shape, book))
    return [{ kind: "interface", name: typeName, doc, extends: [rest], members: parameters }];
  const parts: readonly TypeTree[] = [{ kind: "object", members: parameters }, rest];
  return [newAlias(typeName, doc, { kind: "intersection", parts })];
}

function memberOf(feature: FeatureModel, types: ShapeTypes): Member {
  const { wireName, required, doc } = feature;
  return {
    name: wireName,
    type: types.typeOf(shapeOf(feature), "input", wireName),
    optional: !required,
    doc,
  };
}

/** Failures by status: those whose replies say something; statuses whose replies say the same stand together. */
function errorsType({ framing }: ServiceMethodPlan, { types }: MethodTypesOptions): TypeTree | undefined {
  const byStatus = new Map<string, TypeTree[]>();
  for (const { status, form, shape } of framing.replies) {
    if ((form !== "json" && form !== "text") || /^2(?:\d\d|XX)$/i.test(status)) continue;
    const type = types.typeOf(shape, "output", `error ${status}`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  }
  const byType = new Map<string, { readonly type: TypeTree; readonly statuses: TypeTree[] }>();
  for (const [status, found] of byStatus) {
    const type = unionOf(found);
    const same = byType.get(JSON.stringify(type)) ?? { type, statuses: [] };
    same.statuses.push(statusType(status));
    byType.set(JSON.stringify(type), same);
  }
  const parts = [...byType.values()].map(({ type, statuses }) => named("Record", unionOf(statuses), type));
  const [only, ...others] = parts;
  return only === undefined || others.length === 0 ? only : { kind: "intersection", parts };
}

/** A status as a number; a range, and `default`, as it is spelt. */
function statusType(status: string): TypeTree {
  return { kind: "literal", value: /^[1-9]\d\d$/.test(status) ? Number(status) : status };
}

function isObject(shape: JsonShape, book: ShapeBook): boolean {
  return shape.type === "named" && book.find(shape.name).shape.type === "object";
}

/** Whether a type is called `name` already, so that there is nothing to declare. */
function isNamed(type: TypeTree, name: string): boolean {
  return type.kind === "name" && type.name === name && type.arguments.length === 0;
}

function newAlias(name: string, doc: string, type: TypeTree): NewType {
  return { kind: "alias", name, doc, type };
}

function outputDoc(name: string, { output }: OperationModel): string {
  return output.stream ? `What \`${name}\` answers, one by one.` : `What \`${name}\` answers.`;
}
