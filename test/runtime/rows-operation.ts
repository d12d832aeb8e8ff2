import { coders } from "../../src/runtime/src/coders/index.js";
import { createCoder } from "../../src/runtime/src/coders/table.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import type { Framing } from "../../src/runtime/src/deployment.js";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import type {
  CompiledFeature,
  CompiledOperation,
  Encoding,
  ReceivedReply,
} from "../../src/runtime/src/protocol.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";

/** Features by their wire names; `true` where rows may lack one. */
export type Features = readonly (readonly [name: string, codec: FieldCodec, optional?: true])[];

/** What differs from the animal deployment. */
export interface Given {
  readonly inputs?: Features;
  readonly outputs?: Features;
  readonly multipart?: boolean;
  readonly validate?: boolean;
  readonly strict?: boolean;
}

/** What the animal deployment takes. */
const animal: Features = [
  ["Type", { kind: "label", labels: ["animal", "plant"] }],
  ["Size", { kind: "number" }],
];
/** What the animal deployment answers. */
const weight: Features = [["Weight", { kind: "number" }]];

/** An operation as a client compiles it. */
export function operation({
  inputs = animal,
  outputs = weight,
  multipart = true,
  validate = true,
  strict = false,
}: Given = {}) {
  const compiled = (features: Features): CompiledFeature[] =>
    features.map(([name, codec, optional = false]) => ({
      name,
      optional,
      coder: createCoder(codec, { feature: name, validate, strict }, coders),
    }));
  const framing: Framing = { protocol: "rows", multipart };
  const made: CompiledOperation<typeof framing> = {
    framing,
    inputs: compiled(inputs),
    outputs: compiled(outputs),
    validate,
    strict,
  };
  return made;
}

/** The text of the body in which rows go out. */
export const framed = (given: readonly unknown[], setup?: Given): string =>
  new TextDecoder().decode(rows.frame(given, operation(setup)).toBytes());

/** A reply whose body is that text, or that value as JSON. */
export const replyOf = (body: unknown, status = 200): ReceivedReply => ({
  status,
  header: () => undefined,
  bytes: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});

/** The rows of a reply with status 200. */
export const unframed = (body: unknown, sent: number, setup?: Given, encoding: Encoding = "json") =>
  rows.unframe(replyOf(body), operation(setup), { rows: sent, encoding });

/** The `DeploymentError` that `run` throws; anything else fails the test. */
export function errorOf(run: () => unknown): DeploymentError {
  try {
    run();
  } catch (error) {
    if (error instanceof DeploymentError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
