/*
 * The verbs `classify` and `regress` of TensorFlow Serving: features of `tf.Example`s in, whose kinds the server tells
 * by their spelling, and labels with scores or single numbers out.
 */
import { createBodyWriter } from "../json/body-writer.js";
import type { Body, BodyWriter } from "../json/body.js";
import type { ExamplesFraming } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";
import { ownMember } from "../own-member.js";
import { atRow } from "../client/row-error.js";
import { missingFeature, rowMembers } from "../client/row-members.js";
import { writeExample } from "../tensor-json/example-text.js";
import type { ExampleType } from "../tensor-json/example-text.js";
import {
  closeJson,
  jsonFault,
  openJson,
  readItems,
  readMembers,
  readString,
  skipSpace,
} from "../tensor-json/json-cursor.js";
import type { JsonCursor } from "../tensor-json/json-cursor.js";
import { readFloat, skipValue } from "../tensor-json/json-value.js";
import type { Classification } from "../tf-serving/client-types.js";

/** A feature of an example, as its description states it. */
export interface ExampleFeatureSpec {
  readonly type: ExampleType | null;
  readonly list: boolean;
  readonly optional?: true;
}

/** A signature that can be called with `classify` or `regress`. */
export interface ExamplesOperation {
  readonly framing: ExamplesFraming;
  /** By name; null where any name is taken and each value says its kind. */
  readonly features: ReadonlyMap<string, ExampleFeatureSpec> | null;
  readonly validate: boolean;
  readonly strict: boolean;
}

/** Examples on their way out, and the features that all of them share. */
export interface ExamplesToSend {
  readonly examples: readonly unknown[];
  readonly context: unknown;
}

type Members = Readonly<Record<string, unknown>>;

/** What a feature is where the description does not know it. */
const untold: ExampleFeatureSpec = { type: null, list: true, optional: true };

/**
 * The body for `examples`. Throws `unknown-feature`, `missing-feature` and what the values' own errors are, each with
 * the example's row; `bad-options` for a feature that is in the context and in an example.
 */
export function frameExamples({ examples, context }: ExamplesToSend, operation: ExamplesOperation): Body {
  const body = createBodyWriter();
  const { signature } = operation.framing;
  const known =
    operation.features === null || !operation.validate ? undefined : new Set(operation.features.keys());
  const shared = context === undefined ? {} : rowMembers(context, known);
  body.text("{");
  if (signature !== "serving_default") body.text(`"signature_name":${JSON.stringify(signature)},`);
  if (context !== undefined) {
    body.text('"context":');
    writeMembers(shared, body, operation);
    body.text(",");
  }
  body.text('"examples":[');
  for (const [index, example] of examples.entries()) {
    try {
      if (index > 0) body.text(",");
      const members = rowMembers(example, known);
      checkMembers(members, shared, operation);
      writeMembers(members, body, operation);
    } catch (error) {
      throw atRow(error, index);
    }
  }
  body.text("]}");
  return body.finish("application/json");
}

function checkMembers(example: Members, shared: Members, { features, validate }: ExamplesOperation): void {
  for (const name of Object.keys(shared)) {
    if (shared[name] === undefined || ownMember(example, name) === undefined) continue;
    const message = `The feature ${shown(name)} is in the context and in an example too; it can be in one of them.`;
    throw new DeploymentError("bad-options", message, { feature: name });
  }
  if (!validate) return;
  for (const [name, { optional }] of features ?? []) {
    const value = ownMember(example, name) ?? ownMember(shared, name);
    if (value === undefined && optional !== true) throw missingFeature(name);
  }
}

function writeMembers(members: Members, body: BodyWriter, { features }: ExamplesOperation): void {
  let first = true;
  body.text("{");
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    checkName(name);
    const { type, list } = features?.get(name) ?? untold;
    body.text(`${first ? "" : ","}${JSON.stringify(name)}:`);
    first = false;
    writeExample(value, body, { type, list, feature: name });
  }
  body.text("}");
}

/** JSON has an escape for half of a surrogate pair, and the server refuses the whole body for it. */
function checkName(name: string): void {
  if (!/\p{Surrogate}/u.test(name)) return;
  const message = `An example has ${shown(name)} with half of a surrogate pair, expected a well-formed name.`;
  throw new DeploymentError("unknown-feature", message, { feature: name });
}

/** What a reply to `classify` says of each of `count` examples; `bad-reply` where it says anything else. */
export function readClassifications(
  bytes: Uint8Array,
  { count, strict }: { readonly count: number; readonly strict: boolean },
): Classification[][] {
  return readResults(bytes, { count, strict }, (cursor) => {
    const pairs: Classification[] = [];
    readItems(cursor, () => pairs.push(readPair(cursor)));
    return pairs;
  });
}

/** What a reply to `regress` says of each of `count` examples; `bad-reply` where it says anything else. */
export function readRegressions(
  bytes: Uint8Array,
  { count, strict }: { readonly count: number; readonly strict: boolean },
): number[] {
  return readResults(bytes, { count, strict }, readFloat32);
}

function readResults<Result>(
  bytes: Uint8Array,
  { count, strict }: { readonly count: number; readonly strict: boolean },
  read: (cursor: JsonCursor) => Result,
): Result[] {
  const cursor = openJson(bytes);
  let results: Result[] | undefined;
  readMembers(cursor, (name) => {
    // The server's own pages call it `result`, and a server that follows them may do so too.
    if ((name === "results" || name === "result") && results === undefined) {
      const found: Result[] = [];
      readItems(cursor, () => found.push(read(cursor)));
      results = found;
    } else {
      if (strict) throw badReply(`The reply has ${shown(name)} beside its results`);
      skipValue(cursor);
    }
  });
  closeJson(cursor);
  if (results === undefined) throw badReply("The reply has no results");
  if (results.length === count) return results;
  throw badReply(`The reply has ${results.length} results, but ${count} examples were sent`);
}

function readPair(cursor: JsonCursor): Classification {
  let label: string | undefined;
  let score: number | undefined;
  readItems(cursor, (index) => {
    if (index === 0) label = readString(cursor, "a label");
    else if (index === 1) score = readFloat32(cursor);
    else throw jsonFault(cursor, "a label and its score alone");
  });
  if (label !== undefined && score !== undefined) return { label, score };
  throw jsonFault(cursor, "a label and its score before it");
}

/** Scores and values are float32 in every signature that can classify or regress. */
function readFloat32(cursor: JsonCursor): number {
  skipSpace(cursor);
  const value = readFloat(cursor, true);
  if (value === undefined) throw jsonFault(cursor, "a number");
  return Math.fround(value);
}

function badReply(what: string): DeploymentError {
  return new DeploymentError("bad-reply", `${what}.`);
}
