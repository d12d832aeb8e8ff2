import { Buffer } from "node:buffer";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler, MemoryRequest } from "../../src/runtime/src/http/memory-transport.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type {
  ExampleSignature,
  Signature,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "../../src/runtime/src/tf-serving/index.js";
import type { JsonValue } from "../servers/tf-serving-json.js";
import type {
  Vector,
  VectorExample,
  VectorFeature,
  VectorScalar,
  VectorTensor,
  VectorTensorInfo,
} from "./vectors-file.js";
import { base64Places, plainNumber } from "./vectors-values.js";
import type { PlainTensor } from "./vectors-values.js";

/** Values by name, whose types only the vector knows. */
type Columns = Readonly<Record<string, unknown>>;
type TensorClient = TfServingClient<{ main: Signature<Columns, Columns> }, { predict: "main" }>;
type ExampleClient = TfServingClient<
  { main: ExampleSignature<"classify", Columns> & ExampleSignature<"regress", Columns> },
  { classify: "main"; regress: "main" }
>;

/** A client, and every request that it has sent. */
export interface Watched<Client> {
  readonly client: Client;
  readonly calls: readonly MemoryRequest[];
}

/** Where the models of the vectors are. */
export const base = "http://host.test:8501/v1/models/model";

const dtypes: ReadonlyMap<string, string> = new Map([
  ["DT_FLOAT", "float32"],
  ["DT_DOUBLE", "float64"],
  ["DT_HALF", "float16"],
]);

/** TensorFlow's dtype in the runtime's words; DT_STRING under a name that ends in `_bytes` comes back as bytes. */
function dtypeOf({ name, dtype }: { name: string; dtype: string }, side: "input" | "output"): string {
  if (dtype === "DT_STRING" && side === "output" && name.endsWith("_bytes")) return "binary";
  return dtypes.get(dtype) ?? dtype.replace(/^DT_/, "").toLowerCase();
}

function specsOf(infos: readonly VectorTensorInfo[], side: "input" | "output"): Columns {
  const found: readonly VectorTensorInfo[] =
    infos.length > 0 ? infos : [{ name: "unused", dtype: "DT_INT32", shape: null }];
  return Object.fromEntries(
    found.map((info) => [info.name, { dtype: dtypeOf(info, side), shape: info.shape }]),
  );
}

function describe(main: Columns, verbs: Readonly<Record<string, "main">>): string {
  return JSON.stringify({ title: "Vector", url: base, auth: [], main: verbs, signatures: { main } });
}

/** A client of the vector's signature, whose tensors it calls. */
export function tensorClient(
  { signature }: Vector,
  handler: MemoryHandler,
  options: TfServingClientOptions = {},
): Watched<TensorClient> {
  const transport = memoryTransport(handler);
  const main = {
    name: "serving_default",
    batched: true,
    inputs: specsOf(signature?.inputs ?? [], "input"),
    outputs: specsOf(signature?.outputs ?? [], "output"),
  };
  const deployment: TfServingDeployment<{ main: Signature<Columns, Columns> }, { readonly predict: "main" }> =
    JSON.parse(describe(main, { predict: "main" }));
  const client = createTfServingClient(deployment, { transport, retry: false, ...options });
  return { client, calls: transport.calls };
}

/** A client that classifies or regresses with the vector's signature; `features` null where nobody states them. */
export function exampleClient(
  verb: "classify" | "regress",
  name: string,
  { features, handler, url }: { features: Columns | null; handler: MemoryHandler; url?: string },
): Watched<ExampleClient> {
  const transport = memoryTransport(handler);
  const deployment: TfServingDeployment<
    { main: ExampleSignature<"classify", Columns> & ExampleSignature<"regress", Columns> },
    { readonly classify: "main"; readonly regress: "main" }
  > = JSON.parse(describe({ name, verb, features }, { [verb]: "main" }));
  const client = createTfServingClient(deployment, { transport, retry: false, url });
  return { client, calls: transport.calls };
}

/** A tensor as nested lists of what a caller would write: bytes where the vector's body has base64, text elsewhere. */
function nested(tensor: VectorTensor, base64: readonly boolean[] = []): unknown {
  const { dtype, shape, data } = tensor;
  const elements = data.map((value, index) => callerValue(value, dtype, base64[index] ?? false));
  const within = (level: number, from: number): unknown => {
    const size = shape[level];
    if (size === undefined) return elements[from];
    return Array.from({ length: size }, (_, index) => within(level + 1, from * size + index));
  };
  return within(0, 0);
}

function callerValue(value: VectorScalar, dtype: string, base64: boolean): unknown {
  if (typeof value === "object") {
    if ("base64" in value) return new Uint8Array(Buffer.from(value.base64, "base64"));
    return base64 ? new TextEncoder().encode(value.utf8) : value.utf8;
  }
  if (typeof value === "boolean") return value;
  return dtype.endsWith("INT64") ? BigInt(value) : Number(value);
}

/** The inputs of a request, as a caller would write them. */
export function callerColumns({ values, signature, wire }: Vector): Columns {
  const names = signature?.inputs.map(({ name }) => name) ?? [];
  const inputs = Object.entries(values?.inputs ?? {});
  return Object.fromEntries(
    inputs.map(([name, tensor]) => [name, nested(tensor, base64Places(wire ?? "", name, names))]),
  );
}

/** The rows of the same request. */
export function callerRows(vector: Vector): readonly Columns[] {
  const columns = Object.entries(callerColumns(vector));
  const lists = columns.map(([name, column]) => [name, Array.isArray(column) ? column : []] as const);
  const rows = lists[0]?.[1].length ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(lists.map(([name, column]) => [name, column[row]])),
  );
}

/** A feature's value as a caller would write it: one of its own, or a list. */
export function callerFeature({ type, values }: VectorFeature, list: boolean): unknown {
  const plain = values.map((value) => {
    if (typeof value === "object") return "utf8" in value ? value.utf8 : Buffer.from(value.base64, "base64");
    return type === "int64" && typeof value !== "boolean" ? BigInt(value) : Number(value);
  });
  return list || plain.length !== 1 ? plain : plain[0];
}

/** What a description would say of the features of these examples. */
export function describedFeatures(examples: readonly VectorExample[]): Columns {
  const names = new Set(examples.flatMap((example) => Object.keys(example)));
  return Object.fromEntries(
    [...names].map((name) => {
      const found = examples.flatMap((example) => (example[name] === undefined ? [] : [example[name]]));
      const list = found.some(({ values }) => values.length !== 1);
      const optional = found.length < examples.length ? { optional: true } : {};
      return [name, { type: found[0]?.type ?? null, list, ...optional }];
    }),
  );
}

/** JSON as a caller has it in JavaScript. */
export function callerJson(value: JsonValue): unknown {
  switch (value.kind) {
    case "null":
      return null;
    case "list":
      return value.items.map(callerJson);
    case "object":
      return Object.fromEntries(value.members.map(({ name, value: member }) => [name, callerJson(member)]));
    case "integer":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
    case "boolean":
    case "string":
    case "double":
      return value.value;
  }
}

/** What a client gave for a tensor, to be compared; `dtype` is TensorFlow's. */
export function plainResult(value: unknown, dtype: string): PlainTensor {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || !("shape" in value))
    return { dtype, shape: [], data: [plainElement(value, dtype)] };
  const shape = Array.isArray(value.shape) ? value.shape.map(Number) : [];
  const data = "data" in value && isIterable(value.data) ? Array.from(value.data) : [];
  return { dtype, shape, data: data.map((element) => plainElement(element, dtype)) };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function plainElement(value: unknown, dtype: string): string {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString("hex")}`;
  if (dtype === "DT_STRING") return `bytes:${Buffer.from(String(value), "utf8").toString("hex")}`;
  return typeof value === "number" ? plainNumber(value, dtype) : String(value);
}
