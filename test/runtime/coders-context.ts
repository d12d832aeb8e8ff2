import { coders } from "../../src/runtime/src/coders/index.js";
import { createCoder } from "../../src/runtime/src/coders/table.js";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import type { Coder, CoderContext } from "../../src/runtime/src/coder.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
import { parseReply } from "../../src/runtime/src/json/reply-payloads.js";

/** A coder of the feature `f`. */
export function coderOf(codec: FieldCodec, context: Partial<CoderContext> = {}): Coder {
  return createCoder(codec, { feature: "f", validate: true, strict: false, ...context }, coders);
}

/** The JSON text that the coder writes. */
export function encoded(coder: Coder, value: unknown): string {
  const body = createBodyWriter();
  coder.encode(value, body);
  return new TextDecoder().decode(body.finish("application/json").toBytes());
}

/** What the coder makes of `json` in a reply, as the text of a value or as a value. */
export function decoded(coder: Coder, json: string): unknown {
  const reply = parseReply(new TextEncoder().encode(json));
  return coder.decode(reply.root, reply);
}

/** The code of the `DeploymentError` about the feature `f` that `run` throws; anything else fails the test. */
export function codeOf(run: () => unknown): DeploymentErrorCode {
  try {
    run();
  } catch (error) {
    if (!isDeploymentError(error)) throw error;
    if (error.feature !== "f" || !error.message.includes('"f"')) {
      throw new Error(`The error does not name the feature: ${error.message}`, { cause: error });
    }
    return error.code;
  }
  throw new Error("Nothing was thrown.");
}
