/*
 * A deployment's own `metadata.yaml`, as it stands in its git repository, comes in; the function goes out. Types are
 * Python's and, in DataFrame mode, those of pandas.
 */
import type { JsonShape } from "@gen-deploy/runtime";
import type { GenDeployError } from "../gen-deploy-error.js";
import { memberOf } from "../spec/follow.js";
import { faultAt, quoted } from "../spec/openapi-fault.js";
import { ownText } from "../spec/openapi-tree.js";
import { appendPointer, isArray, ownMember } from "../spec/pointer.js";
import type { Json, Located, ResolvedSpec } from "../spec/spec-types.js";
import type { DescribedFunction, FunctionValue } from "./modelbit-function.js";

/** The name of the function that a `metadata.yaml` is of; empty where a document is none. */
export function mainFunction(spec: ResolvedSpec): string {
  return ownText(ownMember(spec.root, "runtimeInfo"), "mainFunction").trim();
}

/** What the deployment is called, or empty. */
export function deploymentName({ root }: ResolvedSpec): string {
  return ownText(root, "name").trim() || ownText(root, "deploymentName").trim();
}

/** The function. Throws `modelbit/no-arguments`, `modelbit/bad-argument` and `modelbit/bad-column`. */
export function readMetadata(spec: ResolvedSpec): DescribedFunction {
  const info = memberOf({ value: spec.root, pointer: "" }, "runtimeInfo");
  const stated = info && memberOf(info, "mainFunctionArgs");
  const columns = findColumns(spec);
  const all = stated === undefined ? [] : readArguments(spec, stated);
  if (columns === undefined && stated === undefined) {
    throw faultAt(spec, "/runtimeInfo", {
      code: "modelbit/no-arguments",
      message: "The description does not state what the function takes.",
      hint: 'Add runtimeInfo.mainFunctionArgs, such as ["a:int", "return:float"]; [] where it takes nothing.',
    });
  }
  const returned = all.find(({ name }) => name === "return");
  const inputs = columns ?? stated;
  return {
    id: mainFunction(spec),
    doc: "",
    form: columns === undefined ? "arguments" : "rows",
    arguments: columns === undefined ? all.filter((value) => value !== returned) : readColumns(spec, columns),
    result: {
      name: "result",
      doc: "",
      shape: returned?.shape ?? any,
      required: true,
      pointer: returned?.pointer ?? "/runtimeInfo/mainFunction",
    },
    pointer: inputs?.pointer ?? "/runtimeInfo",
  };
}

const any: JsonShape = { type: "any" };

const pythonTypes: ReadonlyMap<string, JsonShape> = new Map<string, JsonShape>([
  ["int", { type: "integer" }],
  ["float", { type: "number" }],
  ["str", { type: "text" }],
  ["bool", { type: "boolean" }],
]);

/** The arguments, and among them the result under the name that no argument of Python can have. */
function readArguments(spec: ResolvedSpec, stated: Located): readonly FunctionValue[] {
  if (!isArray(stated.value)) throw badArgument(spec, stated, "is no list");
  const values = stated.value.map((entry, index): FunctionValue => {
    const located = { value: entry, pointer: appendPointer(stated.pointer, String(index)) };
    const text = typeof entry === "string" ? entry : "";
    const colon = text.includes(":") ? text.indexOf(":") : text.length;
    const name = text.slice(0, colon).trim();
    const shape = pythonTypes.get(text.slice(colon + 1).trim()) ?? any;
    if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name))
      throw badArgument(spec, located, "names no argument of a Python function");
    return { name, doc: "", shape, required: true, pointer: located.pointer };
  });
  refuseTwice(values, (value) => badArgument(spec, { value: value.name, pointer: value.pointer }, twice));
  return values;
}

const twice = "stands there twice";

function badArgument(spec: ResolvedSpec, { value, pointer }: Located, what: string): GenDeployError {
  return faultAt(spec, pointer, {
    code: "modelbit/bad-argument",
    message: `Among the arguments of the function, ${quoted(value)} ${what}.`,
    hint: 'Write each argument once as name:type, such as ["a:int", "b:str", "return:float"].',
  });
}

/** In DataFrame mode the columns stand at the root or beside the function. */
function findColumns(spec: ResolvedSpec): Located | undefined {
  const root = { value: spec.root, pointer: "" };
  const info = memberOf(root, "runtimeInfo");
  const found = memberOf(root, "dataframeModeColumns") ?? (info && memberOf(info, "dataframeModeColumns"));
  // Without DataFrame mode some files say so with null.
  return found === undefined || found.value === null ? undefined : found;
}

function readColumns(spec: ResolvedSpec, columns: Located): readonly FunctionValue[] {
  if (!isArray(columns.value)) throw badColumn(spec, columns, "is no list");
  if (columns.value.length === 0) throw badColumn(spec, columns, "names no column");
  const values = columns.value.map((column, index): FunctionValue => {
    const located = { value: column, pointer: appendPointer(columns.pointer, String(index)) };
    const name = ownText(column, "name");
    const dtype = ownMember(column, "dtype") ?? "object";
    if (name === "") throw badColumn(spec, located, "has no name");
    if (typeof dtype !== "string") throw badColumn(spec, located, "has a dtype that is no text");
    const example = ownMember(column, "example");
    const doc = example === undefined ? "" : `Such as ${exampleText(example)}.`;
    return { name, doc, shape: columnShape(dtype.trim()), required: true, pointer: located.pointer };
  });
  refuseTwice(values, (value) => badColumn(spec, { value: value.name, pointer: value.pointer }, twice));
  return values;
}

/** A dtype of NumPy or pandas; `object` may hold anything. */
function columnShape(dtype: string): JsonShape {
  if (/^u?int\d{1,2}$/.test(dtype)) return { type: "integer" };
  if (/^float\d{1,2}$/.test(dtype)) return { type: "number" };
  if (dtype === "bool") return { type: "boolean" };
  return dtype.startsWith("datetime64[") ? { type: "text" } : any;
}

function exampleText(example: Json): string {
  const text = typeof example === "string" ? example : quoted(example);
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(/\s+/g, " ");
}

function badColumn(spec: ResolvedSpec, { value, pointer }: Located, what: string): GenDeployError {
  return faultAt(spec, pointer, {
    code: "modelbit/bad-column",
    message: `Among the columns of the DataFrame, ${quoted(value)} ${what}.`,
    hint: "Write each column once as { name: age, dtype: int64 }.",
  });
}

function refuseTwice(
  values: readonly FunctionValue[],
  complaint: (value: FunctionValue) => GenDeployError,
): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value.name)) throw complaint(value);
    seen.add(value.name);
  }
}
