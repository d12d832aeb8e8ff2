import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { objectAt, ownText, rootOf } from "../spec/openapi-tree.js";
import { appendPointer, formatPointer, isArray, ownMember } from "../spec/pointer.js";
import type { JsonObject, Located, ResolvedSpec } from "../spec/spec-types.js";

/** One feature of a row, before anything is known of its type. */
export interface RowFeature {
  readonly name: string;
  readonly doc: string;
  /** The feature's schema, its reference followed. */
  readonly schema: Located;
  /** The feature as the row names it, its reference not followed: a live description is asked at the same place. */
  readonly pointer: string;
}

/** The features that go in, or those that come out. */
export interface Row {
  readonly side: "input" | "output";
  readonly features: readonly RowFeature[];
  /** JSON pointer of the object whose members are the features, references not followed. */
  readonly pointer: string;
  readonly wireType: readonly string[] | null;
}

const schemas = ["components", "schemas"] as const;
const hint = "Fetch the description again: it is the deployment's openapi.json.";

/** The features of `components.schemas.input-row`. */
export function inputRow(spec: ResolvedSpec): Row {
  const keys = [...schemas, "input-row"];
  const row = objectAt(spec, rootOf(spec), ...keys);
  if (row === undefined) {
    const known = Object.keys(objectAt(spec, rootOf(spec), ...schemas)?.value ?? {});
    throw faultAt(spec, "/components/schemas", {
      code: "peltarion/no-input-row",
      message: `components.schemas has no input-row, which describes the features that go in; it has ${listed(known)}.`,
      hint,
    });
  }
  const pointer = formatPointer([...keys, "properties"]);
  const features = featuresOf(spec, row, pointer);
  if (features.length === 0) {
    throw faultAt(spec, row.pointer, {
      code: "peltarion/no-inputs",
      message: `input-row is ${quoted(row.value)}: it has no properties, which would be the features that go in.`,
      hint,
    });
  }
  return { side: "input", features, pointer, wireType: haveMembers(row) ? keys : null };
}

/** The features of `rows` in `components.schemas.output-row-batch`, under its own properties or those of its items. */
export function outputRow(spec: ResolvedSpec): Row {
  const keys = [...schemas, "output-row-batch"];
  const batch = objectAt(spec, rootOf(spec), ...keys);
  const rows = objectAt(spec, batch, "properties", "rows");
  if (batch !== undefined && rows !== undefined) {
    const items = objectAt(spec, rows, "items");
    const ways = [
      { holder: rows, way: ["properties"], typed: haveMembers(batch, rows) },
      ...(items ? [{ holder: items, way: ["items", "properties"], typed: haveMembers(batch, items) }] : []),
    ];
    for (const { holder, way, typed } of ways) {
      const pointer = formatPointer([...keys, "properties", "rows", ...way]);
      const features = featuresOf(spec, holder, pointer);
      if (features.length > 0)
        return { side: "output", features, pointer, wireType: typed ? [...keys, "rows"] : null };
    }
  }
  throw faultAt(spec, (rows ?? batch)?.pointer ?? "/components/schemas", {
    code: "peltarion/no-outputs",
    message: `No features stand under rows.properties or rows.items.properties of output-row-batch, which is ${quoted(batch?.value)}.`,
    hint,
  });
}

function featuresOf(spec: ResolvedSpec, holder: Located<JsonObject>, pointer: string): readonly RowFeature[] {
  const properties = objectAt(spec, holder, "properties");
  if (properties === undefined) return [];
  return Object.keys(properties.value).flatMap((name) => {
    const schema = spec.member(properties, name);
    if (schema === undefined) return [];
    const doc = ownText(schema.value, "description").trim();
    return [{ name, doc, schema, pointer: appendPointer(pointer, name) }];
  });
}

/** Whether openapi-typescript gives members to all of these: it does to schemas without a type and to objects. */
function haveMembers(...holders: readonly Located<JsonObject>[]): boolean {
  return holders.every(({ value }) => {
    const type = ownMember(value, "type");
    return type === undefined || type === "object" || (isArray(type) && type.includes("object"));
  });
}
