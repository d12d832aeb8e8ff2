/*
 * Two codecs of one feature come in; what changed for those who send or receive its values is noted.
 */
import type { CodecSpec } from "@gen-deploy/runtime";
import { compareLimits, limitWords } from "./compare-limits.js";
import { missingFrom } from "./missing-from.js";
import { compareShapes } from "./compare-shapes.js";
import { quoted, type ValueContext } from "./context.js";

type Codec<Kind extends CodecSpec["kind"]> = Extract<CodecSpec, { readonly kind: Kind }>;

/** Notes what changed between two codecs. */
export function compareCodecs(before: CodecSpec, after: CodecSpec, context: ValueContext): void {
  const { at } = context;
  if (before.kind === "number" && after.kind === "number") {
    const effect = compareLimits(before, after);
    const message = `the numbers of ${at} go ${limitWords(after)}, no longer ${limitWords(before)}`;
    // Replies are not held to limits.
    if (effect !== undefined && context.side === "output") context.note("documentation", message);
    else if (effect !== undefined) context.values(effect, message);
  } else if (before.kind === "label" && after.kind === "label") {
    compareLabels(before.labels, after.labels, context);
  } else if (before.kind === "label" && after.kind === "text") {
    context.values("wider", `${at} is any text, no longer one of ${before.labels.length} labels`);
  } else if (before.kind === "text" && after.kind === "label") {
    context.values("narrower", `${at} is one of ${after.labels.length} labels, no longer any text`);
  } else if (before.kind === "probabilities" && after.kind === "probabilities") {
    compareProbabilities(before, after, context);
  } else if (before.kind === "tensor" && after.kind === "tensor") {
    compareTensors(before, after, context);
  } else if (before.kind === "image" && after.kind === "image") {
    compareImages(before, after, context);
  } else if (before.kind === "example" && after.kind === "example") {
    const [was, is] = [exampleWords(before), exampleWords(after)];
    if (was !== is) context.values("other", `${at} is ${is}, no longer ${was}`);
  } else if (before.kind === "json" && after.kind === "json") {
    compareShapes(before.shape, after.shape, context);
  } else if (before.kind !== after.kind) {
    context.values("other", `${at} is ${kindWords(after)}, no longer ${kindWords(before)}`);
  }
}

function compareLabels(before: readonly string[], after: readonly string[], context: ValueContext): void {
  for (const label of missingFrom(after, before))
    context.values("narrower", `label ${quoted(label)} removed from ${context.at}`);
  for (const label of missingFrom(before, after))
    context.values("wider", `label ${quoted(label)} added to ${context.at}`);
}

/** A reply has every label: code that reads one that is gone, and code that knows them all, no longer compile. */
function compareProbabilities(
  before: Codec<"probabilities">,
  after: Codec<"probabilities">,
  context: ValueContext,
): void {
  const { at } = context;
  if (before.labels !== null && after.labels !== null) {
    for (const label of missingFrom(after.labels, before.labels))
      context.values("other", `label ${quoted(label)} removed from ${at}`);
    for (const label of missingFrom(before.labels, after.labels))
      context.values("other", `label ${quoted(label)} added to ${at}`);
  } else if (before.labels !== null) {
    context.values("wider", `the labels of ${at} are no longer stated`);
  } else if (after.labels !== null) {
    context.values("narrower", `the labels of ${at} are stated`);
  } else if (before.size !== after.size) {
    const count = (size: number | null): string => (size === null ? "any number of" : `${size}`);
    context.note("documentation", `${at} has ${count(after.size)} labels, no longer ${count(before.size)}`);
  }
}

function compareTensors(before: Codec<"tensor">, after: Codec<"tensor">, context: ValueContext): void {
  const { at } = context;
  if ((before.form === "nested") !== (after.form === "nested")) {
    context.values("other", `${at} is another kind of array`);
    return;
  }
  if (before.dtype !== after.dtype)
    context.values("other", `the dtype of ${at} is ${after.dtype}, no longer ${before.dtype}`);
  else if (isAssumed(before) !== isAssumed(after))
    context.note("documentation", `the dtype of ${at} is ${isAssumed(after) ? "no longer " : ""}stated`);
  const effect = compareDimensions(before.shape, after.shape);
  if (effect !== undefined)
    context.values(effect, `the shape of ${at} is ${dimensions(after)}, no longer ${dimensions(before)}`);
  if (before.form !== after.form)
    context.note(
      "additive",
      `${at} goes over the wire as ${after.form}: an older client does not speak that`,
    );
}

function isAssumed(codec: Codec<"tensor">): boolean {
  return codec.form === "nested" && codec.assumed === true;
}

function compareDimensions(
  before: readonly number[] | null,
  after: readonly number[] | null,
): "narrower" | "wider" | "other" | undefined {
  if (before === null || after === null)
    return before === after ? undefined : after === null ? "wider" : "narrower";
  if (before.length !== after.length) return "other";
  const pairs = before.map((length, index) => [length, after[index] ?? -1] as const);
  const changed = pairs.filter(([was, is]) => was !== is);
  if (changed.length === 0) return undefined;
  if (changed.every(([, is]) => is === -1)) return "wider";
  return changed.every(([was]) => was === -1) ? "narrower" : "other";
}

function dimensions({ shape }: Codec<"tensor">): string {
  if (shape === null) return "of any rank";
  return `[${shape.map((length) => (length === -1 ? "any" : length)).join(", ")}]`;
}

function compareImages(before: Codec<"image">, after: Codec<"image">, context: ValueContext): void {
  const { at, side } = context;
  const types = [
    ...missingFrom(after.mediaTypes, before.mediaTypes).map(
      (type) => ["narrower", type, "no longer "] as const,
    ),
    ...missingFrom(before.mediaTypes, after.mediaTypes).map((type) => ["wider", type, ""] as const),
  ];
  for (const [effect, type, no] of types) {
    const message = `${at} may ${no}be ${quoted(type)}`;
    // A reply's picture says itself what it is.
    if (side === "output") context.note("documentation", message);
    else context.values(effect, message);
  }
  // Pictures of any size are taken, and those of replies say theirs.
  const [was, is] = [pictureSize(before), pictureSize(after)];
  if (was !== is) context.note("documentation", `the pictures of ${at} are ${is}, no longer ${was}`);
  if (before.alpha === after.alpha) return;
  const message = `${at} may ${after.alpha ? "" : "no longer "}have an alpha channel`;
  if (side === "output") context.note("documentation", message);
  else context.values(after.alpha ? "wider" : "narrower", message);
}

function pictureSize({ shape }: Codec<"image">): string {
  return shape === undefined ? "of any size" : shape.join(" × ");
}

function exampleWords({ type, list }: Codec<"example">): string {
  const word = type ?? "a value whose kind the caller states";
  return list ? `a list of ${word}` : word;
}

function kindWords(codec: CodecSpec): string {
  switch (codec.kind) {
    case "json":
      return "a JSON value";
    case "tensor":
      return `an array of ${codec.dtype}`;
    case "label":
      return "a label";
    case "image":
      return "an image";
    case "example":
      return `an example's ${exampleWords(codec)}`;
    default:
      return codec.kind;
  }
}
