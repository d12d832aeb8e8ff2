import type { FeatureModel, RowModel } from "../model/deployment-model.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import { appendPointer, isArray, ownMember } from "../spec/pointer.js";
import type { JsonObject, Located, ResolvedSpec } from "../spec/spec-types.js";
import { isBytes, typeOf } from "./tf-serving-schema.js";
import { fingerprintOf } from "./tf-serving-tensor.js";

type ExampleCodec = Extract<FeatureModel["codec"], { readonly kind: "example" }>;

/**
 * The features of the examples in a body's schema, those that may stand in `context` among them; none where the
 * schema leaves their names open. A number is a float, an integer or boolean an int64, text or `{"b64"}` bytes.
 */
export function exampleFeatures(
  spec: ResolvedSpec,
  body: Located<JsonObject>,
): Pick<RowModel, "features" | "pointer"> {
  const items = objectAt(spec, body, "properties", "examples", "items");
  const context = objectAt(spec, body, "properties", "context");
  const own = featuresOf(spec, items);
  const shared = featuresOf(spec, context).filter(
    ({ wireName }) => !own.some((feature) => feature.wireName === wireName),
  );
  const features = [...own, ...shared.map((feature) => ({ ...feature, required: false }))];
  return {
    features,
    pointer: items === undefined ? body.pointer : appendPointer(items.pointer, "properties"),
  };
}

function featuresOf(spec: ResolvedSpec, holder: Located<JsonObject> | undefined): readonly FeatureModel[] {
  const properties = objectAt(spec, holder, "properties");
  const required = ownMember(holder?.value, "required");
  return Object.keys(properties?.value ?? {}).flatMap((name) => {
    const schema = objectAt(spec, properties, name);
    if (schema === undefined) return [];
    return [
      {
        wireName: name,
        doc: ownText(schema.value, "description").trim(),
        required: isArray(required) && required.includes(name),
        codec: codecOf(spec, schema),
        fingerprint: fingerprintOf(spec.root, schema.pointer),
      },
    ];
  });
}

function codecOf(spec: ResolvedSpec, schema: Located<JsonObject>): ExampleCodec {
  const items = typeOf(schema.value) === "array" ? objectAt(spec, schema, "items") : undefined;
  const list = typeOf(schema.value) === "array";
  return { kind: "example", type: kindOf((list ? items : schema)?.value), list };
}

function kindOf(schema: JsonObject | undefined): ExampleCodec["type"] {
  if (schema === undefined) return null;
  if (isBytes(schema)) return "bytes";
  switch (typeOf(schema)) {
    case "number":
      return "float";
    case "integer":
    case "boolean":
      return "int64";
    case "string":
      return "bytes";
    default:
      return null;
  }
}
