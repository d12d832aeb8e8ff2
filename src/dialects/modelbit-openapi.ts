/*
 * An OpenAPI document of a function: the body of its one operation has `data`, and so has the reply. In comes the
 * resolved description, out go the function and where it is.
 */
import type { GenDeployError } from "../gen-deploy-error.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { jsonSchema, successReply } from "../spec/openapi-json.js";
import { isNamed, operationDoc, operationName } from "../spec/openapi-operations.js";
import { operationAddress } from "../spec/openapi-servers.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { isArray, ownMember } from "../spec/pointer.js";
import { componentName } from "../spec/schema-names.js";
import type { ShapeReader } from "../spec/schema-shape.js";
import type { JsonObject, Located, ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import type { DescribedFunction, FunctionValue } from "./modelbit-function.js";

/** The operation that calls a function, and the schemas of what it takes and gives. */
export interface DataCall {
  readonly operation: SpecOperation;
  readonly data: Located;
  readonly result: Located;
}

/** Whether the document has one operation, and that calls a function under an address of Modelbit's. */
export function isOfFunction(spec: ResolvedSpec): boolean {
  const [operation, ...others] = spec.operations;
  if (operation === undefined || others.length > 0) return false;
  return /^\/v1(?:\/[^/:]+){1,3}\/?$/.test(operation.path) && toCall(spec, operation) !== undefined;
}

/** The one operation that calls a function, or the one that the user names. */
export function findCall(spec: ResolvedSpec, wanted: readonly string[]): DataCall {
  const calls = spec.operations.flatMap((operation) => toCall(spec, operation) ?? []);
  const names = calls.map(({ operation }) => operationName(operation));
  const unknown = wanted.find((name) => !calls.some(({ operation }) => isNamed(operation, name)));
  if (unknown !== undefined) {
    throw faultAt(spec, "/paths", {
      code: "modelbit/unknown-operation",
      message: `No operation that calls a function is called ${quoted(unknown)}; the description has ${listed(names)}.`,
      hint: "Name one of these with --operation.",
    });
  }
  const kept = calls.filter(
    ({ operation }) => wanted.length === 0 || wanted.some((name) => isNamed(operation, name)),
  );
  const [call, ...others] = kept;
  if (call !== undefined && others.length === 0) return call;
  if (call === undefined) {
    throw faultAt(spec, "/paths", {
      code: "modelbit/no-operation",
      message: "No POST operation has JSON with data in its body and JSON with data in its reply.",
      hint: "Describe POST /v1/DEPLOYMENT/latest with the property data in both, or give the deployment's metadata.yaml.",
    });
  }
  throw faultAt(spec, "/paths", {
    code: "modelbit/several-operations",
    message: `The description has several functions, ${listed(names)}, and a package is of one.`,
    hint: "Name one of them with --operation.",
  });
}

function toCall(spec: ResolvedSpec, operation: SpecOperation): DataCall | undefined {
  if (operation.method !== "post") return undefined;
  const body = jsonSchema(spec, objectAt(spec, operation.operation, "requestBody"));
  const data = dataOf(spec, body);
  const result = dataOf(spec, jsonSchema(spec, successReply(spec, operation)));
  return data === undefined || result === undefined ? undefined : { operation, data, result };
}

function dataOf(spec: ResolvedSpec, schema: Located<JsonObject> | undefined): Located | undefined {
  const properties = objectAt(spec, schema, "properties");
  return properties === undefined ? undefined : spec.member(properties, "data");
}

/** The function behind an operation. Throws `modelbit/bad-argument`. */
export function readCall(spec: ResolvedSpec, call: DataCall, reader: ShapeReader): DescribedFunction {
  const { operation, data, result } = call;
  const items = positions(spec, data);
  const fewest = ownMember(data.value, "minItems");
  const needed = typeof fewest === "number" ? fewest : (items?.length ?? 1);
  const values = (items ?? [data]).map((schema, index): FunctionValue => {
    const name = nameOf(schema) || (items === undefined ? "data" : `argument${index + 1}`);
    const doc = ownText(schema.value, "description").trim();
    const shape = reader.read(schema, { side: "input", name });
    return { name, doc, shape, required: items === undefined || index < needed, pointer: schema.pointer };
  });
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value.name)) throw sameName(spec, value);
    seen.add(value.name);
  }
  return {
    id: operationName(operation),
    doc: operationDoc(operation),
    form: "arguments",
    arguments: values,
    result: {
      name: "result",
      doc: ownText(result.value, "description").trim(),
      shape: reader.read(result, { side: "output", name: "Result" }),
      required: true,
      pointer: result.pointer,
    },
    pointer: data.pointer,
  };
}

/** The places of the arguments that the description does not name. */
export function unnamedArguments(spec: ResolvedSpec, { data }: DataCall): readonly string[] {
  return (positions(spec, data) ?? []).filter((item) => nameOf(item) === "").map(({ pointer }) => pointer);
}

/** The address of the function, parameters of its path at their defaults; null where it is not stated whole. */
export function functionAddress(spec: ResolvedSpec, { operation }: DataCall): string | null {
  const path = operation.path.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = parameterDefault(spec, operation, name);
    return value === undefined || value === "" ? whole : encodeURIComponent(value);
  });
  return operationAddress(spec, { ...operation, path });
}

/** What the path calls the deployment, or empty. */
export function deploymentInPath({ operation }: DataCall): string {
  const name = /^\/v1\/([^/{}]+)/.exec(operation.path)?.[1] ?? "";
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name;
  }
}

function parameterDefault(
  spec: ResolvedSpec,
  { operation, pathItem }: SpecOperation,
  name: string,
): string | undefined {
  for (const holder of [operation, pathItem]) {
    const list = spec.member(holder, "parameters");
    if (list === undefined || !isArray(list.value)) continue;
    for (const index of list.value.keys()) {
      const parameter = spec.member(list, String(index));
      if (ownText(parameter?.value, "name") !== name || ownText(parameter?.value, "in") !== "path") continue;
      const schema = parameter && spec.member(parameter, "schema");
      const stated = ownMember(schema?.value, "default");
      return typeof stated === "string" || typeof stated === "number" ? String(stated) : undefined;
    }
  }
  return undefined;
}

/** The schemas of the arguments by position, as OpenAPI 3.1 lists them and as JSON Schema did before. */
function positions(spec: ResolvedSpec, data: Located): readonly Located[] | undefined {
  for (const key of ["prefixItems", "items"]) {
    const list = spec.member(data, key);
    if (list !== undefined && isArray(list.value))
      return list.value.flatMap((_, index) => spec.member(list, String(index)) ?? []);
  }
  return undefined;
}

/** A schema's title, or what the description calls it. */
function nameOf({ value, pointer }: Located): string {
  return ownText(value, "title").trim() || (componentName(pointer) ?? "");
}

function sameName(spec: ResolvedSpec, { pointer, name }: FunctionValue): GenDeployError {
  return faultAt(spec, pointer, {
    code: "modelbit/bad-argument",
    message: `Among the arguments of the function, ${quoted(name)} stands there twice.`,
    hint: "Give the schema of each argument the argument's name as its title.",
  });
}
