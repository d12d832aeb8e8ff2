/*
 * The form of a Swagger 2.0 operation, whose fields are parameters of their own there, as the body that it is.
 */
import { ownText } from "./openapi-tree.js";
import { ownMember } from "./pointer.js";
import type { SchemaConverter } from "./swagger-schemas.js";
import type { Json, JsonObject, Located } from "./spec-types.js";

const multipart = "multipart/form-data";
const urlencoded = "application/x-www-form-urlencoded";

/** A form as one body. */
export interface FormBody {
  /** A `body` parameter. */
  readonly parameter: JsonObject;
  readonly consumes: readonly string[];
  /** How lists are written, by field (OpenAPI 3.0 §4.7.15). */
  readonly encoding: JsonObject;
}

/** The form that `fields`, parameters `in: formData`, make up; `stated` are the media types that the operation takes. */
export function toFormBody(
  fields: readonly Located<JsonObject>[],
  stated: readonly string[],
  { convert }: SchemaConverter,
): FormBody {
  const named = fields.map(({ value }) => ({ name: ownText(value, "name"), value }));
  const required = named.filter(({ value }) => ownMember(value, "required") === true).map(({ name }) => name);
  const properties = named.map(({ name, value }): [string, Json] => [name, convert(toSchema(value))]);
  const hasFile = named.some(({ value }) => ownMember(value, "type") === "file");
  const forms = stated.filter((type) => type === multipart || (type === urlencoded && !hasFile));
  const encoding = named.flatMap(({ name, value }): [string, Json][] => {
    const style =
      ownMember(value, "type") === "array" ? listStyle(ownText(value, "collectionFormat")) : undefined;
    return style === undefined ? [] : [[name, style]];
  });
  const schema = {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
  return {
    parameter: { in: "body", name: "body", ...(required.length === 0 ? {} : { required: true }), schema },
    consumes: forms.length > 0 ? forms : [hasFile ? multipart : urlencoded],
    encoding: Object.fromEntries(encoding),
  };
}

/** Members of a parameter that say nothing of its values. */
const notSchema: ReadonlySet<string> = new Set([
  "name",
  "in",
  "required",
  "collectionFormat",
  "allowEmptyValue",
]);

function toSchema(field: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(field).filter(([key]) => !notSchema.has(key)));
}

/** Swagger's lists are separated by commas unless they say otherwise; OpenAPI repeats the field. */
function listStyle(format: string): JsonObject | undefined {
  switch (format) {
    case "":
    case "csv":
      return { style: "form", explode: false };
    case "ssv":
      return { style: "spaceDelimited", explode: false };
    case "pipes":
      return { style: "pipeDelimited", explode: false };
    default:
      return undefined;
  }
}
