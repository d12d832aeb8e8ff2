import { GenDeployError } from "../gen-deploy-error.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { appendPointer, formatPointer, isArray, isObject, ownMember } from "../spec/pointer.js";
import type { Json, ResolvedSpec } from "../spec/spec-types.js";
import { extensionOf } from "./peltarion-marker.js";
import type { Row, RowFeature } from "./peltarion-rows.js";

/** What bounds a label set from outside. */
export interface LabelBounds {
  /** How many labels the shape says there are, or null where it says nothing of that. */
  readonly size: number | null;
  /** What the user says, which overrules the description. */
  readonly given: readonly string[] | undefined;
}

/**
 * The labels of a categorical feature, or null where nobody states them. Throws where there are none, where one stands
 * twice, or where they are not as many as the shape says.
 */
export function labelSet(
  spec: ResolvedSpec,
  side: Row["side"],
  feature: RowFeature,
  { size, given }: LabelBounds,
): readonly string[] | null {
  const found =
    given === undefined
      ? statedLabels(spec, side, feature)
      : { labels: given, pointer: feature.schema.pointer };
  if (found === null) return null;
  const complaint = complaintAbout(found.labels, size);
  if (complaint === null) return found.labels;
  const source = given === undefined ? "The description's labels" : "The labels given";
  throw faultAt(spec, found.pointer, {
    code: "peltarion/bad-labels",
    message: `${source} for ${quoted(feature.name)} are ${listed(found.labels)}: ${complaint}.`,
    hint: `State each label once with --labels ${quoted(`${feature.name}=first,second,…`)}.`,
  });
}

/** Throws where the user gives labels to something that is no categorical feature of these rows. */
export function checkLabelNames(
  spec: ResolvedSpec,
  rows: readonly Row[],
  given: ReadonlyMap<string, readonly string[]>,
): void {
  const features = rows.flatMap((row) => row.features);
  const categorical = features.filter(({ schema }) => {
    const extension = extensionOf(schema.value)?.value;
    return ownMember(extension, "type") === "categorical";
  });
  const names = [...new Set(categorical.map(({ name }) => name))];
  for (const name of given.keys()) {
    if (names.includes(name)) continue;
    const known = features.some((feature) => feature.name === name);
    throw new GenDeployError(
      "peltarion/no-such-label-feature",
      known
        ? `Labels are given for ${quoted(name)}, which is not categorical; categorical features: ${listed(names)}.`
        : `Labels are given for ${quoted(name)}, which ${quoted(spec.document.source.name)} does not have; categorical features: ${listed(names)}.`,
      { hint: "Give labels only to categorical features, spelt as the description spells them." },
    );
  }
}

function complaintAbout(labels: readonly string[], size: number | null): string | null {
  if (labels.length === 0) return "a label set holds at least one label";
  const seen = new Set<string>();
  const twice = labels.find((label) => seen.size === seen.add(label).size);
  if (twice !== undefined) return `${quoted(twice)} stands there twice`;
  return size === null || labels.length === size
    ? null
    : `their number is ${labels.length} and the shape says ${size}`;
}

interface StatedLabels {
  readonly labels: readonly string[];
  readonly pointer: string;
}

function statedLabels(
  spec: ResolvedSpec,
  side: Row["side"],
  { name, schema }: RowFeature,
): StatedLabels | null {
  const { value, pointer } = schema;
  const extension = extensionOf(value);
  for (const key of ["categories", "labels"]) {
    const list = ownMember(extension?.value, key);
    if (list !== undefined)
      return toLabels(spec, name, list, pointer + formatPointer([...(extension?.path ?? []), key]));
  }
  if (side === "input") {
    const list = ownMember(value, "enum");
    return list === undefined ? null : toLabels(spec, name, list, appendPointer(pointer, "enum"));
  }
  const properties = ownMember(value, "properties");
  if (isObject(properties) && Object.keys(properties).length > 0) {
    return { labels: Object.keys(properties), pointer: appendPointer(pointer, "properties") };
  }
  const list = ownMember(ownMember(value, "propertyNames"), "enum");
  return list === undefined ? null : toLabels(spec, name, list, `${pointer}/propertyNames/enum`);
}

function toLabels(spec: ResolvedSpec, feature: string, list: Json, pointer: string): StatedLabels {
  const labels = isArray(list) ? list.flatMap(toLabel) : [];
  if (isArray(list) && labels.length === list.length) return { labels, pointer };
  throw faultAt(spec, pointer, {
    code: "peltarion/bad-labels",
    message: `The labels of ${quoted(feature)} are ${quoted(list)}, not a list of texts.`,
    hint: `Write them as texts, or state them with --labels ${quoted(`${feature}=first,second,…`)}.`,
  });
}

/** A label is text on the wire also where the description writes it as a number. */
function toLabel(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "number" ? [String(value)] : [];
}
