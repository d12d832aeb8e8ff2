/*
 * The call that a package's front page shows, as values: what the plan writes as source is worked out here.
 */
import { ndarray } from "@gen-deploy/runtime";
import type { DeploymentModel } from "../model/deployment-model.js";
import type { Value } from "../plan/package-plan.js";
import { planClient } from "../plan/plan-client.js";

/** A method with what it is called with. */
export interface ExampleCall {
  readonly method: string;
  /** One for each argument. */
  readonly given: readonly unknown[];
}

/** The call on the front page of a model's package, or undefined where it has values that are not worked out. */
export function exampleCall(model: DeploymentModel): ExampleCall | undefined {
  const [main] = model.operations;
  if (main === undefined) return undefined;
  const { example } = planClient({ model, main, packageName: "model" }).readme;
  try {
    return { method: example.method, given: example.arguments.map(worth) };
  } catch {
    // Nothing depends on an example.
    return undefined;
  }
}

/** No example is longer. */
const longest = 100_000;

/** A picture of one white pixel, and the bytes of any file that an example has. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);

function worth(value: Value): unknown {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "list":
      return value.items.map(worth);
    case "object":
      return Object.fromEntries(value.members.map(([name, member]) => [name, worth(member)]));
    case "repeated":
      return Array.from({ length: short(value.length) }, () => worth(value.item));
    case "typed-array":
      return Array.from({ length: short(value.length) }, () => (value.name.startsWith("Big") ? 0n : 0));
    case "call":
      return called(value.callee, value.arguments);
    case "reference":
      throw new Error("no value of its own");
  }
}

function called(callee: string, given: readonly Value[]): unknown {
  if (callee === "fromFile") return new Uint8Array(picture);
  if (callee === "JSON.parse") return {};
  if (callee !== "ndarray") throw new Error(`no call of an example: ${callee}`);
  const [shape, data, dtype] = given;
  if (shape?.kind !== "list" || data?.kind !== "typed-array") throw new Error("no array");
  const lengths = shape.items.map((item) => Number(worth(item)));
  return arrayOf(lengths, data.name, short(data.length), dtype === undefined ? undefined : worth(dtype));
}

function arrayOf(shape: readonly number[], name: string, length: number, dtype: unknown): unknown {
  if (dtype === "bool") return ndarray(shape, new Uint8Array(length), "bool");
  if (dtype === "float16") return ndarray(shape, new Float32Array(length), "float16");
  switch (name) {
    case "Int8Array":
      return ndarray(shape, new Int8Array(length));
    case "Int16Array":
      return ndarray(shape, new Int16Array(length));
    case "Int32Array":
      return ndarray(shape, new Int32Array(length));
    case "Uint8Array":
      return ndarray(shape, new Uint8Array(length));
    case "Uint16Array":
      return ndarray(shape, new Uint16Array(length));
    case "Uint32Array":
      return ndarray(shape, new Uint32Array(length));
    case "BigInt64Array":
      return ndarray(shape, new BigInt64Array(length));
    case "BigUint64Array":
      return ndarray(shape, new BigUint64Array(length));
    case "Float64Array":
      return ndarray(shape, new Float64Array(length));
    default:
      return ndarray(shape, new Float32Array(length));
  }
}

function short(length: number): number {
  if (length <= longest) return length;
  throw new Error("too long for an example");
}
