/*
 * Two shapes of one JSON value come in; what changed for those who send or receive it is noted, at the place inside
 * where it changed. Shapes that have names are compared by what they are: a pair of them once for each way.
 */
import type { EnumShape, JsonShape, ListShape, RecordShape, Scalar, TupleShape } from "@gen-deploy/runtime";
import { compareLimits, limitWords } from "./compare-limits.js";
import { compareFiles } from "./compare-files.js";
import { compareObjects } from "./compare-objects.js";
import { compareUnions } from "./compare-unions.js";
import { missingFrom } from "./missing-from.js";
import { quoted, type ValueContext } from "./context.js";
import { shapeWords } from "./shape-words.js";

/** Notes what changed between two shapes. */
export function compareShapes(before: JsonShape, after: JsonShape, context: ValueContext): void {
  const { named, side, at } = context;
  if (before.type === "named" && after.type === "named" && !named.isNew(side, before.name, after.name))
    return;
  const was = before.type === "named" ? named.before(before.name) : before;
  const is = after.type === "named" ? named.after(after.name) : after;
  if (was.type === "any" || is.type === "any") {
    if (was.type === is.type) return;
    const words = `${at} is ${shapeWords(is)}, no longer ${shapeWords(was)}`;
    context.values(is.type === "any" ? "wider" : "narrower", words);
  } else if (was.type === "union" || is.type === "union") {
    compareUnions(was, is, { context, compareShapes });
  } else compareSingle(was, is, context);
}

function compareSingle(was: JsonShape, is: JsonShape, context: ValueContext): void {
  const words = (): string => `${context.at} is ${shapeWords(is)}, no longer ${shapeWords(was)}`;
  if (isNumber(was) && isNumber(is)) return compareNumbers(was, is, context);
  if (was.type === "enum" && is.type === "enum") return compareValues(was, is, context);
  if (was.type === "enum" && coversAll(is, was))
    return context.side === "output" && isOpen(was)
      ? context.note("additive", words())
      : context.values("wider", words());
  if (is.type === "enum" && coversAll(was, is)) return context.values("narrower", words());
  if (was.type === "file" && is.type === "file") return compareFiles(was, is, context);
  if (was.type === "list" && is.type === "list") return compareLists(was, is, context);
  if (was.type === "tuple" && is.type === "tuple") return compareTuples(was, is, context);
  if (was.type === "record" && is.type === "record") return compareRecords(was, is, context);
  if (was.type === "object" && is.type === "object")
    return compareObjects(was, is, { context, compareShapes });
  if (was.type !== is.type) context.values("other", words());
}

function isNumber(shape: JsonShape): shape is Extract<JsonShape, { readonly type: "number" | "integer" }> {
  return shape.type === "number" || shape.type === "integer";
}

/** Neither limits nor wholeness of a reply's numbers are in its types, and neither is held to. */
function compareNumbers(
  was: Extract<JsonShape, { readonly type: "number" | "integer" }>,
  is: Extract<JsonShape, { readonly type: "number" | "integer" }>,
  context: ValueContext,
): void {
  const { at, side } = context;
  const note = (effect: "narrower" | "wider" | "other", message: string): void =>
    side === "output" ? context.note("documentation", message) : context.values(effect, message);
  if (was.type !== is.type) {
    const message =
      is.type === "integer" ? `${at} takes whole numbers alone` : `${at} is no longer a whole number`;
    note(is.type === "integer" ? "narrower" : "wider", message);
  }
  const effect = compareLimits(was, is);
  if (effect !== undefined)
    note(effect, `the numbers of ${at} go ${limitWords(is)}, no longer ${limitWords(was)}`);
}

/** A reply's labels are open where there are several: code that reads them is ready for others. */
function compareValues(was: EnumShape, is: EnumShape, context: ValueContext): void {
  const gone = missingFrom(is.values, was.values);
  const come = missingFrom(was.values, is.values);
  for (const value of gone)
    context.values("narrower", `${valueWord(value)} ${quoted(value)} removed from ${context.at}`);
  for (const value of come) {
    const message = `${valueWord(value)} ${quoted(value)} added to ${context.at}`;
    const expected = was.values.length > 1 && was.values.some((one) => typeof one === typeof value);
    const open = context.side === "output" && expected && /^(?:string|number)$/.test(typeof value);
    if (open) context.note("additive", message);
    else context.values("wider", message);
  }
}

function valueWord(value: Scalar): string {
  return typeof value === "string" ? "label" : "value";
}

function isOpen({ values }: EnumShape): boolean {
  return values.length > 1;
}

/** Whether every value of `enumerated` fits `shape`. */
function coversAll(shape: JsonShape, { values }: EnumShape): boolean {
  const types = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  if (types.size !== 1) return false;
  if (isNumber(shape)) return types.has("number");
  if (shape.type === "text") return types.has("string");
  return shape.type === "boolean" && types.has("boolean");
}

function compareLists(was: ListShape, is: ListShape, context: ValueContext): void {
  const { at, side } = context;
  compareShapes(was.items, is.items, context.within("[]"));
  const effect = compareLimits(was, is);
  if (effect === undefined) return;
  const message = `the number of items of ${at} goes ${limitWords(is)}, no longer ${limitWords(was)}`;
  const typed = isTuple(was) || isTuple(is);
  if (side === "output" && !typed) context.note("documentation", message);
  else context.values(effect, message);
}

/** A short list of one length is a tuple in generated types; longer ones are lists of any length. */
function isTuple({ min, max }: ListShape): boolean {
  return min !== undefined && min === max && min >= 1 && min <= 8;
}

function compareTuples(was: TupleShape, is: TupleShape, context: ValueContext): void {
  const { at } = context;
  if (was.items.length !== is.items.length)
    return context.values(
      "other",
      `${at} has ${is.items.length} stated items, no longer ${was.items.length}`,
    );
  for (const [index, item] of was.items.entries())
    compareShapes(item, is.items[index] ?? { type: "any" }, context.within(`[${index}]`));
  if (was.rest !== undefined && is.rest !== undefined)
    compareShapes(was.rest, is.rest, context.within("[…]"));
  else if (is.rest !== undefined) context.values("wider", `${at} may have further items`);
  else if (was.rest !== undefined) context.values("narrower", `${at} has no further items`);
}

/** Where its names are stated, every value has all of them. */
function compareRecords(was: RecordShape, is: RecordShape, context: ValueContext): void {
  const { at } = context;
  compareShapes(was.values, is.values, context.within(".*"));
  if (was.keys !== undefined && is.keys !== undefined) {
    for (const key of missingFrom(is.keys, was.keys))
      context.note("breaking", `name ${quoted(key)} removed from ${at}`);
    for (const key of missingFrom(was.keys, is.keys))
      context.values("narrower", `name ${quoted(key)} added to ${at}`);
  } else if (is.keys !== undefined) context.values("narrower", `the names of ${at} are stated`);
  else if (was.keys !== undefined) context.values("wider", `the names of ${at} are no longer stated`);
}
