/*
 * Schemas of an object come in, its members go out: which there are, which may be missing, what else may stand there.
 */
import type { JsonShape, MemberShape } from "@gen-deploy/runtime";
import { ownText } from "./openapi-tree.js";
import { isArray, isObject, ownMember } from "./pointer.js";
import { refOf } from "./references.js";
import { isSchemaComponent } from "./schema-names.js";
import { childParts, type SchemaPart } from "./schema-parts.js";
import type { Made, Side } from "./schema-registry.js";
import type { Json, JsonObject, Located, ResolvedSpec } from "./spec-types.js";

/** The schemas of one object, and how what stands in it is read. */
export interface ObjectSchemas {
  readonly spec: ResolvedSpec;
  readonly parts: readonly Located<JsonObject>[];
  readonly side: Side;
  /** The shape of a member of this name, or of those without a name. */
  readonly read: (parts: readonly SchemaPart[], name: string | undefined) => JsonShape;
}

/** The names of the members that are stated, each once. */
export function memberNames({ spec, parts }: Pick<ObjectSchemas, "spec" | "parts">): readonly string[] {
  const stated = parts.flatMap((part) => {
    const properties = spec.member(part, "properties")?.value;
    return isObject(properties) ? Object.keys(properties) : [];
  });
  return [...new Set([...stated, ...parts.flatMap(requiredNames)])];
}

/** The object that has these members. Nothing is stated twice: what several schemas say of a member holds together. */
export function objectShape(schemas: ObjectSchemas): Made {
  const { spec, parts, side } = schemas;
  const required = new Set(parts.flatMap(requiredNames));
  const rest = restOf(schemas);
  const members: (readonly [string, MemberShape])[] = [];
  const docs: (readonly [string, string])[] = [];
  let sided = false;
  const holders = parts.flatMap((part) => spec.member(part, "properties") ?? []);
  for (const name of memberNames(schemas)) {
    const member = holders.flatMap((holder) => childParts(spec, holder, name));
    if (member.some(({ value }) => value === false)) continue;
    const [oneWay, otherWay] = ["readOnly", "writeOnly"].map((key) => hasFlag(member, key));
    sided ||= oneWay === true || otherWay === true;
    if (side === "input" ? oneWay : otherWay) continue;
    const hasDefault = member.some(({ value }) => ownMember(value, "default") !== undefined);
    sided ||= hasDefault && required.has(name);
    const optional = !required.has(name) || (side === "input" && hasDefault);
    const shape =
      member.length > 0 ? schemas.read(member, name) : rest === false ? anything : (rest ?? anything);
    members.push([name, optional ? { shape, optional: true } : { shape }]);
    const raw = holders.flatMap((holder) => ownMember(holder.value, name) ?? []);
    const doc = memberDoc(name, { raw, member, shape, side });
    if (doc !== "") docs.push([name, doc]);
  }
  return {
    shape: { type: "object", members: Object.fromEntries(members), ...(rest === undefined ? {} : { rest }) },
    doc: objectDoc(schemas),
    docs: Object.fromEntries(docs),
    wireType: wireType(
      parts,
      members.map(([name]) => name),
    ),
    sided,
  };
}

const anything: JsonShape = { type: "any" };

/** The shape of members that are not stated: false where there are none, undefined where nothing is said. */
export function restOf({
  spec,
  parts,
  read,
}: Pick<ObjectSchemas, "spec" | "parts" | "read">): JsonShape | false | undefined {
  const stated = parts.flatMap((part) => {
    const key = ["additionalProperties", "unevaluatedProperties"].find(
      (name) => ownMember(part.value, name) !== undefined,
    );
    return key === undefined ? [] : childParts(spec, part, key);
  });
  const patterns = parts.some(({ value }) => {
    const stands = ownMember(value, "patternProperties");
    return isObject(stands) && Object.keys(stands).length > 0;
  });
  if (patterns) return anything;
  if (stated.some(({ value }) => value === false)) return false;
  return stated.length === 0 ? undefined : read(stated, undefined);
}

/** The names that an object is limited to by `propertyNames`; undefined where it is not. */
export function recordKeys({
  spec,
  parts,
}: Pick<ObjectSchemas, "spec" | "parts">): readonly string[] | undefined {
  for (const part of parts) {
    const names = spec.member(part, "propertyNames")?.value;
    const values = names === undefined ? undefined : ownMember(names, "enum");
    const keys = isArray(values) ? values.filter((value) => typeof value === "string") : [];
    if (keys.length > 0) return [...new Set(keys)];
  }
  return undefined;
}

function requiredNames({ value }: Located<JsonObject>): readonly string[] {
  const required = ownMember(value, "required");
  return isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

function hasFlag(parts: readonly SchemaPart[], key: string): boolean {
  return parts.some(({ value }) => ownMember(value, key) === true);
}

/** openapi-typescript gives a schema of its own name a type with its own properties, where nothing composes it. */
function wireType(parts: readonly Located<JsonObject>[], names: readonly string[]): readonly string[] | null {
  const [only] = parts;
  if (only === undefined || parts.length > 1 || !isSchemaComponent(only.pointer)) return null;
  if (["allOf", "anyOf", "oneOf"].some((key) => ownMember(only.value, key) !== undefined)) return null;
  const properties = ownMember(only.value, "properties");
  if (!isObject(properties) || !names.every((name) => Object.hasOwn(properties, name))) return null;
  const [, , , token = ""] = only.pointer.split("/");
  return ["components", "schemas", token.replaceAll("~1", "/").replaceAll("~0", "~")];
}

/** What a schema says about itself: its description, else nothing, for a title mostly repeats the name. */
function objectDoc({ spec, parts }: Pick<ObjectSchemas, "spec" | "parts">): string {
  // What stands beside a reference describes the place, not the schema.
  const docs = parts.map(({ value, pointer }) =>
    ownText(spec.find(pointer)?.value ?? value, "description").trim(),
  );
  return docs.findLast((doc) => doc !== "") ?? "";
}

interface Described {
  /** As written, references not followed. */
  readonly raw: readonly Json[];
  readonly member: readonly SchemaPart[];
  readonly shape: JsonShape;
  readonly side: Side;
}

function memberDoc(name: string, { raw, member, shape, side }: Described): string {
  const values = member.map(({ value }) => value);
  // A reference to what has a name, and so a description of its own, need not repeat it.
  const described = shape.type === "named" && raw.every((value) => refOf(value) !== undefined) ? raw : values;
  const description = described
    .map((value) => ownText(value, "description").trim())
    .find((text) => text !== "");
  const title = described.map((value) => ownText(value, "title").trim()).find((text) => text !== "") ?? "";
  const words = description ?? (saysMore(title, name) ? title : "");
  const given = values.map((value) => ownMember(value, "default")).find((value) => value !== undefined);
  return [
    hasFlag(member, "deprecated") ? "Deprecated." : "",
    words,
    side === "input" && given !== undefined && given !== null ? defaultDoc(given, shape) : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/**
 * A sentence that tells the default of a value of this shape; empty where it is long, or says nothing: some generators
 * write every default as text, `"true"` and `"null"` included.
 */
export function defaultDoc(given: Json, shape: JsonShape): string {
  if (typeof given === "string" && (given === "null" || !takesText(shape, given))) return "";
  const text = JSON.stringify(given);
  return text.length <= 60 ? `Default: ${text}.` : "";
}

function takesText(shape: JsonShape, text: string): boolean {
  if (shape.type === "enum") return shape.values.includes(text);
  if (shape.type === "union") return shape.of.some((part) => takesText(part, text));
  return ["any", "text", "file", "named"].includes(shape.type);
}

/** Whether a title is more than the name in other letters. */
function saysMore(title: string, name: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return bare(title) !== bare(name);
}
