import type { BodyWriter } from "../json/body.js";
import { DeploymentError, shown } from "../errors.js";
import type { DeploymentErrorCode } from "../errors.js";
import { longestNumber, writeFloat32 } from "../json/float32-text.js";
import { isList } from "../arrays/nd-data.js";
import { isRecord, ownMember } from "../own-member.js";
import { asciiText } from "./json-cursor.js";
import { isTextElement } from "./text-tensor.js";
import { tokenOf, writeText } from "./write-elements.js";

/*
 * Features of classify and regress requests: a tf.Example, whose kinds the server infers from the spelling of the
 * first element. So floats always have a point or an exponent, and integers never.
 */

/** The kinds of feature that a tf.Example has. */
export type ExampleType = "float" | "int64" | "bytes";

/** What is known of a feature. */
export interface ExampleContext {
  /** The kind, or null where the value must say it: `{ float: … }`, `{ int64: … }` or `{ bytes: … }`. */
  readonly type: ExampleType | null;
  /** Whether lists are taken; a single value always is, as the server makes no difference. */
  readonly list: boolean;
  /** The feature's wire name, for messages. */
  readonly feature: string;
}

/**
 * Writes the value of a feature, or a flat list of values. Floats are numbers within float32, NaN and infinities;
 * integers are safe integers or bigints within int64; bytes are texts, as UTF-8, and Uint8Arrays. Throws `wrong-type`
 * for anything else, and `wrong-shape` for a list where none is taken or in another.
 */
export function writeExample(value: unknown, body: BodyWriter, context: ExampleContext): void {
  if (context.type === null) return writeTagged(value, body, context);
  const element = elementWriters[context.type];
  if (!isList(value) || (context.type === "bytes" && isTextElement(value)))
    return element(value, body, context);
  if (!context.list)
    throw fault("wrong-shape", context, `a list of ${value.length}, expected a single value`);
  body.text("[");
  for (let index = 0; index < value.length; index += 1) {
    if (index > 0) body.text(",");
    element(value[index], body, context);
  }
  body.text("]");
}

const elementWriters: {
  readonly [T in ExampleType]: (value: unknown, body: BodyWriter, context: ExampleContext) => void;
} = {
  float(value, body, context) {
    const rounded = typeof value === "number" ? Math.fround(value) : undefined;
    if (rounded === undefined || Number.isFinite(value) !== Number.isFinite(rounded))
      throw misfit(value, context, "a number within float32");
    body.text(tokenOf(rounded) ?? floatText(rounded));
  },
  int64(value, body, context) {
    const fits = typeof value === "bigint" ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
    if (!fits) throw misfit(value, context, "a safe integer, or a bigint within int64");
    body.text(value === 0 ? "0" : String(value));
  },
  bytes(value, body, context) {
    if (!isTextElement(value)) throw misfit(value, context, "text or bytes");
    writeText(value, body, context.feature);
  },
};

/** The shortest text that reads back as the finite float32, with a point or an exponent. */
function floatText(value: number): string {
  const target = new Uint8Array(longestNumber);
  const text = asciiText(target, 0, writeFloat32(value, target, 0));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function writeTagged(value: unknown, body: BodyWriter, context: ExampleContext): void {
  const tags = isRecord(value) ? Object.keys(value) : [];
  const [type] = tags.filter(isExampleType);
  if (!isRecord(value) || type === undefined || tags.length !== 1)
    throw misfit(value, context, "one of { float: … }, { int64: … } and { bytes: … }");
  writeExample(ownMember(value, type), body, { ...context, type });
}

function isExampleType(name: string): name is ExampleType {
  return Object.hasOwn(elementWriters, name);
}

function misfit(value: unknown, context: ExampleContext, expected: string): DeploymentError {
  return isList(value) && !isTextElement(value)
    ? fault("wrong-shape", context, `a list, expected ${expected}`)
    : fault("wrong-type", context, `${shown(value)}, expected ${expected}`);
}

function fault(code: DeploymentErrorCode, { feature }: ExampleContext, seen: string): DeploymentError {
  return new DeploymentError(code, `${shown(feature)} has ${seen}.`, { feature });
}
