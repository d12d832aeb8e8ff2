/*
 * Two rows of features come in; what changed for those who send or receive them is noted.
 */
import type { FeatureModel, RowModel } from "../model/deployment-model.js";
import type { Change, Side } from "./change.js";
import { compareCodecs } from "./compare-codecs.js";
import { compareOptional } from "./compare-objects.js";
import { quoted, valueContext, type NamedPair } from "./context.js";

/** Where rows are compared, and who is told. */
export interface RowContext {
  readonly side: Side;
  readonly operation: string;
  readonly named: NamedPair;
  readonly add: (change: Change) => void;
}

/** Notes what changed between two rows. */
export function compareRows(before: RowModel, after: RowModel, context: RowContext): void {
  const { side, operation, add } = context;
  const note = (message: string): void => add({ kind: "breaking", side, operation, feature: null, message });
  if (before.bare !== after.bare)
    note(
      `the ${side} is ${after.bare ? "a value by itself" : "an object of features"}, no longer ${before.bare ? "a value by itself" : "an object of features"}`,
    );
  if (before.stream !== after.stream)
    note(
      `the ${side} comes ${after.stream ? "one by one" : "all at once"}, no longer ${before.stream ? "one by one" : "all at once"}`,
    );
  for (const [was, is] of pairs(before, after)) {
    if (is === undefined) noteRemoved(was, context);
    else compareFeatures(was, is, context);
  }
  const known = new Set(pairs(before, after).map(([, is]) => is));
  for (const feature of after.features) if (!known.has(feature)) noteAdded(feature, context);
}

/** The only value of a bare row is itself, whatever stands for its name. */
function pairs(
  before: RowModel,
  after: RowModel,
): readonly (readonly [was: FeatureModel, is: FeatureModel | undefined])[] {
  if (before.bare && after.bare) return before.features.map((was, index) => [was, after.features[index]]);
  const byName = new Map(after.features.map((feature) => [feature.wireName, feature]));
  return before.features.map((was) => [was, byName.get(was.wireName)]);
}

function noteRemoved({ wireName }: FeatureModel, { side, operation, add }: RowContext): void {
  const message = `feature ${quoted(wireName)} removed`;
  add({ kind: "breaking", side, operation, feature: wireName, message });
}

function noteAdded({ wireName, required }: FeatureModel, { side, operation, add }: RowContext): void {
  const kind = required && side === "input" ? "breaking" : "additive";
  const message = `${required ? "" : "optional "}feature ${quoted(wireName)} added`;
  add({ kind, side, operation, feature: wireName, message });
}

function compareFeatures(was: FeatureModel, is: FeatureModel, context: RowContext): void {
  const { side, operation, named } = context;
  const feature = was.wireName;
  let noted = false;
  const add = (change: Change): void => {
    noted = true;
    context.add(change);
  };
  const value = valueContext({ side, operation, feature, named, add });
  compareOptional(optionality(was), optionality(is), value);
  compareCodecs(was.codec, is.codec, value);
  if (was.doc !== is.doc) value.note("documentation", `the description of ${value.at} changed`);
  // What the words above do not tell is told all the same: a package made of it would not be the same.
  if (!noted && was.fingerprint !== is.fingerprint)
    value.note("documentation", `${value.at} is described otherwise`);
}

function optionality({ required }: FeatureModel): { readonly optional?: true } {
  return required ? {} : { optional: true };
}
