/*
 * Answers of values that shapes describe, as JSON text: what the user's own function gives, held to the description, or
 * what follows from the seed and the row.
 */
import { DeploymentError, isDeploymentError } from "../errors.js";
import { setOwnMember } from "../own-member.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { readFiles } from "../shapes/read-files.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { isFile } from "../shapes/resolved-file.js";
import { isMap } from "../shapes/value-kinds.js";
import { writeShaped } from "../shapes/write-shape.js";
import { createDraw, hashValue } from "./seed.js";
import type { Draw } from "./seed.js";
import { seededShape } from "./seeded-shapes.js";

/** What answers are made of. */
export interface AnswerSource {
  readonly seed: number | string;
  /** Gives an answer for a row, as the types of clients have both; undefined where the seed says it. */
  readonly answers: ((row: unknown) => unknown) | undefined;
  readonly shapes: Shapes;
}

/** What draws the answer for `row`: always the same for the same row. */
export function drawFor(row: unknown, seed: number | string): Draw {
  return createDraw(hashValue(seed, row), "answer");
}

/** The JSON text of the answer for `row`; rejects with what `answers` throws, and with `bad-options` for what it may not give. */
export async function answerText(row: unknown, shape: JsonShape, source: AnswerSource): Promise<string> {
  const { seed, answers, shapes } = source;
  if (answers !== undefined) return await writeAnswer(await answers(row), shape, shapes);
  return JSON.stringify(seededShape(shape, { shapes, draw: drawFor(row, seed) })) ?? "null";
}

/** The JSON text of what `answers` gave; rejects with `bad-options` where the description promises something else. */
export async function writeAnswer(given: unknown, shape: JsonShape, shapes: Shapes): Promise<string> {
  try {
    const context = { shapes, feature: "" };
    const ready = await readFiles(withAddresses(given), shape, context);
    return writeShaped(ready, shape, { ...context, validate: true });
  } catch (error) {
    if (isDeploymentError(error)) throw wrongAnswer(error.message, error);
    throw error;
  }
}

/** The error for what `answers` may not give; `why` is a sentence. */
export function wrongAnswer(why: string, cause?: unknown): DeploymentError {
  return new DeploymentError(
    "bad-options",
    `What the option answers gave is not what the description promises. ${why}`,
    { cause },
  );
}

/** `value` with files of other replies as their addresses: as files they would have to be fetched. */
function withAddresses(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isFile(value)) return value;
  if ("url" in value && typeof value.url === "string" && "blob" in value && typeof value.blob === "function")
    return value.url;
  if (Array.isArray(value)) return value.map(withAddresses);
  if (!isMap(value)) return value;
  const object: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) setOwnMember(object, name, withAddresses(inner));
  return object;
}
