import type { FeatureModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { faultAt, quoted } from "../spec/openapi-fault.js";
import { appendPointer, formatPointer, isArray, isObject, ownMember } from "../spec/pointer.js";
import type { Json, ResolvedSpec } from "../spec/spec-types.js";
import { labelSet } from "./peltarion-labels.js";
import { extensionOf } from "./peltarion-marker.js";
import type { Row, RowFeature } from "./peltarion-rows.js";

/** What all features of a deployment have in common. */
export interface CodecContext {
  readonly spec: ResolvedSpec;
  /** How arrays of numbers travel; `numpy` features are always `.npy`. */
  readonly tensorForm: "flat" | "npy";
  /** What the user says of labels, by feature name. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Takes what is worth saying about a feature. */
  readonly diagnostics: Diagnostic[];
}

type Codec = FeatureModel["codec"];

const types = ["numeric", "numpy", "categorical", "text", "image", "binary"];
const mostElements = 2 ** 31;

/** How a feature's values travel, by its `x-peltarion.type` and `shape`. */
export function toCodec(context: CodecContext, side: Row["side"], feature: RowFeature): Codec {
  const { type, shape, pointer } = statement(context.spec, feature);
  switch (type) {
    case "numeric":
      return toNumeric(context, feature, shape);
    case "numpy":
      return { kind: "tensor", dtype: "float32", shape: shapeOf(context.spec, feature, shape), form: "npy" };
    case "binary":
      return { kind: "number", min: 0, max: 1 };
    case "text":
      return { kind: "text" };
    case "image":
      return toImage(shape.value);
    case "categorical":
      return toCategorical(context, side, feature, shape);
    default:
      throw faultAt(context.spec, pointer, {
        code: "peltarion/unknown-type",
        message: `Feature ${quoted(feature.name)} is of type ${quoted(type)}, not one of ${types.join(", ")}.`,
        hint: "Correct the type in the description.",
      });
  }
}

/** Pictures may have any size, so one that is no size at all is passed over. */
function toImage(stated: Json | undefined): Codec {
  const codec = { kind: "image", mediaTypes: ["image/png", "image/jpeg"], alpha: false } as const;
  const [height, width, channels, ...more] = isArray(stated) ? stated : [];
  if (!isLength(height) || !isLength(width) || !isLength(channels) || more.length > 0) return codec;
  if (height * width * channels > mostElements) return codec;
  return { ...codec, shape: [height, width, channels] };
}

function isLength(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function toNumeric(context: CodecContext, feature: RowFeature, stated: Statement["shape"]): Codec {
  // A shape is how arrays are known; without one there is nothing but the single number.
  if (stated.value === undefined) return { kind: "number" };
  const shape = shapeOf(context.spec, feature, stated);
  const single = shape.length === 0 || (shape.length === 1 && shape[0] === 1);
  return single ? { kind: "number" } : { kind: "tensor", dtype: "float32", shape, form: context.tensorForm };
}

function toCategorical(
  { spec, labels: given, diagnostics }: CodecContext,
  side: Row["side"],
  feature: RowFeature,
  stated: Statement["shape"],
): Codec {
  const first = stated.value === undefined ? undefined : shapeOf(spec, feature, stated)[0];
  // One string goes in, and some descriptions say just that of its shape.
  const size = first === undefined || (side === "input" && first === 1) ? null : first;
  const labels = labelSet(spec, side, feature, { size, given: given.get(feature.name) });
  if (labels === null) diagnostics.push(noLabels(side, feature, size));
  if (side === "output") return { kind: "probabilities", labels, size: labels?.length ?? size };
  return labels === null ? { kind: "text" } : { kind: "label", labels };
}

interface Statement {
  readonly type: Json | undefined;
  readonly shape: { readonly value: Json | undefined; readonly pointer: string };
  readonly pointer: string;
}

function statement(spec: ResolvedSpec, feature: RowFeature): Statement {
  const found = extensionOf(feature.schema.value);
  const pointer = feature.schema.pointer + formatPointer(found?.path ?? []);
  if (found === undefined || !isObject(found.value)) {
    throw faultAt(spec, pointer, {
      code: "peltarion/no-type",
      message: `Feature ${quoted(feature.name)} has ${quoted(found?.value)} for x-peltarion, not an object with its type and shape.`,
      hint: 'Add "x-peltarion": { "type": …, "shape": […] } to the feature.',
    });
  }
  return {
    type: ownMember(found.value, "type"),
    shape: { value: ownMember(found.value, "shape"), pointer: appendPointer(pointer, "shape") },
    pointer: appendPointer(pointer, "type"),
  };
}

function shapeOf(spec: ResolvedSpec, feature: RowFeature, stated: Statement["shape"]): readonly number[] {
  const list = isArray(stated.value) ? stated.value : [];
  const shape = list.filter((length) => typeof length === "number");
  const whole = isArray(stated.value) && shape.length === list.length;
  const elements = shape.reduce((product, length) => product * length, 1);
  if (whole && shape.every(isLength) && elements <= mostElements) {
    return shape;
  }
  throw faultAt(spec, stated.pointer, {
    code: "peltarion/bad-shape",
    message: `Feature ${quoted(feature.name)} has the shape ${quoted(stated.value)}, not a list of positive whole numbers with a product of at most 2^31.`,
    hint: "Correct the shape in the description: it counts the elements of each dimension.",
  });
}

function noLabels(side: Row["side"], { name, schema }: RowFeature, size: number | null): Diagnostic {
  const count =
    size === null ? "does not state its labels" : `states only that it has ${size} labels, not which`;
  const type = side === "input" ? "string" : "Record<string, number>";
  return {
    code: "peltarion/no-labels",
    severity: "warning",
    pointer: schema.pointer,
    message: `The description of the categorical ${side} ${quoted(name)} ${count}, so its type is ${type}.`,
    hint: `State them with --labels ${quoted(`${name}=first,second,…`)}, or in a file with --labels-file.`,
  };
}
