/*
 * The component `Input` comes in, the row of a model's inputs goes out. Whatever the schema accepts fits, with one
 * exception: Cog's `nullable` means that an input may be left out, and its servers refuse an explicit null.
 */
import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { JsonShape } from "@gen-deploy/runtime";
import type { FeatureModel, RowModel } from "../model/deployment-model.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { isArray, ownMember } from "../spec/pointer.js";
import type { ShapeReader } from "../spec/schema-shape.js";
import type { JsonObject, Located, ResolvedSpec } from "../spec/spec-types.js";
import { component } from "./cog-marker.js";

/** What an input is read with. */
export interface InputContext {
  readonly spec: ResolvedSpec;
  readonly reader: ShapeReader;
  /** Label sets that the user states, by input. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** The inputs in the model's own order. Throws `cog/no-input` and `cog/bad-labels`. */
export function inputRow(context: InputContext): RowModel {
  const { spec, labels } = context;
  const input = component(spec, "Input");
  if (input === undefined) {
    throw faultAt(spec, "/components/schemas", {
      code: "cog/no-input",
      message: "The description has no component Input, which says what the model takes.",
      hint: "Give what a Cog server answers to GET /openapi.json, or Replicate to GET /v1/models/{owner}/{name}.",
    });
  }
  const properties = objectAt(spec, input, "properties");
  const stated = ownMember(input.value, "required");
  const required = new Set(isArray(stated) ? stated : []);
  const features = inOrder(spec, properties).map((schema) =>
    toFeature(context, schema, required.has(schema.name)),
  );
  const names = features.map(({ wireName }) => wireName);
  const unknown = [...labels.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw faultAt(spec, input.pointer, {
      code: "cog/bad-labels",
      message: `No input is called ${quoted(unknown)}; the model has ${listed(names)}.`,
      hint: "Name one of these with --labels.",
    });
  }
  const plain = ownMember(input.value, "allOf") === undefined && properties !== undefined;
  return {
    features,
    bare: false,
    stream: false,
    pointer: properties?.pointer ?? input.pointer,
    wireType: plain ? ["components", "schemas", "Input"] : null,
  };
}

interface InputSchema {
  readonly name: string;
  readonly schema: Located;
}

/** By `x-order`; those without one come last, as the description has them. */
function inOrder(spec: ResolvedSpec, properties: Located<JsonObject> | undefined): readonly InputSchema[] {
  if (properties === undefined) return [];
  const schemas = Object.keys(properties.value).flatMap((name) => {
    const schema = spec.member(properties, name);
    return schema === undefined ? [] : [{ name, schema }];
  });
  return schemas.toSorted((a, b) => orderOf(a) - orderOf(b));
}

function orderOf({ schema }: InputSchema): number {
  const order = ownMember(schema.value, "x-order");
  return typeof order === "number" ? order : Number.MAX_VALUE;
}

function toFeature(
  { spec, reader, labels }: InputContext,
  { name, schema }: InputSchema,
  required: boolean,
): FeatureModel {
  const place = { side: "input", name: `Input${name.charAt(0).toUpperCase()}${name.slice(1)}` } as const;
  const nullable = ownMember(schema.value, "nullable") === true;
  const read = reader.read(schema, place);
  const shape = withLabels(spec, nullable ? withoutNull(read) : read, {
    name,
    schema,
    labels: labels.get(name),
  });
  return {
    wireName: name,
    doc: docOf(schema),
    required: required && !nullable && ownMember(schema.value, "default") === undefined,
    codec: { kind: "json", shape },
    fingerprint: fingerprintAt(spec.root, schema.pointer) ?? "",
  };
}

function withoutNull(shape: JsonShape): JsonShape {
  if (shape.type !== "union") return shape;
  const [first, ...others] = shape.of.filter(({ type }) => type !== "null");
  return first === undefined || others.length > 0
    ? { ...shape, of: first === undefined ? [] : [first, ...others] }
    : first;
}

function withLabels(
  spec: ResolvedSpec,
  shape: JsonShape,
  { name, schema, labels }: InputSchema & { readonly labels: readonly string[] | undefined },
): JsonShape {
  if (labels === undefined) return shape;
  if (shape.type === "text") return { type: "enum", values: labels };
  throw faultAt(spec, schema.pointer, {
    code: "cog/bad-labels",
    message: `The input ${quoted(name)} is not plain text, and takes no labels of the user's.`,
    hint: "Leave it out of --labels.",
  });
}

/** The author's words, and what the model takes where a call says nothing. */
function docOf({ value }: Located): string {
  const usual = ownMember(value, "default");
  const isSecret = ownMember(value, "x-cog-secret") === true || ownText(value, "format") === "password";
  const words = [
    ownText(value, "description").trim(),
    usual === undefined || usual === null || isSecret ? "" : `Default: ${quoted(usual)}.`,
    ownMember(value, "deprecated") === true ? "Deprecated." : "",
  ];
  return words.filter((text) => text !== "").join("\n\n");
}
