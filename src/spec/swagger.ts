/*
 * Swagger 2.0 comes in, all of its references good; OpenAPI 3.0 goes out, and a document that tells where in the user's
 * text its parts stand. A library converts; what it gets wrong is written otherwise before it sees it, or mended after.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { follow } from "./follow.js";
import { findTreeFault, tooDeep } from "./json-depth.js";
import { mostValues } from "./parse.js";
import { placeIn } from "./place-in.js";
import { appendPointer, isObject, ownMember } from "./pointer.js";
import { createSchemaConverter } from "./swagger-schemas.js";
import { parametersOf, prepareOperation, type SwaggerContext } from "./swagger-operation.js";
import { createOrigin } from "./swagger-origin.js";
import { prepareAddress } from "./swagger-address.js";
import { fromPlain, toPlain } from "./swagger-plain.js";
import type { Json, JsonObject, Located, SpecDocument } from "./spec-types.js";

/** A description with its tree, whose references are all local and good. */
interface Whole {
  readonly document: SpecDocument;
  readonly root: JsonObject;
}

/** The description as OpenAPI 3.0; throws `spec/bad-swagger` where it is not what Swagger 2.0 allows. */
export async function upgradeSwagger({ document, root }: Whole): Promise<Whole> {
  const schemas = createSchemaConverter(root);
  const context: SwaggerContext = { document, root, schemas, origins: new Map() };
  const paths = preparePaths(context);
  const { schemas: definitions, origins } = schemas.definitions();
  for (const [pointer, origin] of origins) context.origins.set(pointer, origin);
  const members = Object.entries(root).filter(([key]) => !replaced.has(key));
  const prepared: JsonObject = Object.fromEntries<Json>([
    ["swagger", "2.0"],
    ...members,
    ...Object.entries(prepareAddress(root, document.source.url)),
    ["paths", Object.fromEntries(paths.map(({ path, operations }) => [path, operations]))],
    ["definitions", definitions],
    ["securityDefinitions", securityOf(root)],
  ]);
  const converted = await convert(document, prepared);
  const mended = withMembers(converted, [
    ["paths", mendPaths(ownMember(converted, "paths"), paths)],
    ["components", mendComponents(ownMember(converted, "components"), root)],
  ]);
  const origin = createOrigin(root, context.origins);
  return { document: { ...document, origin: (pointer) => document.origin(origin(pointer)) }, root: mended };
}

const replaced: ReadonlySet<string> = new Set([
  "swagger",
  "host",
  "basePath",
  "schemes",
  "consumes",
  "produces",
  "paths",
  "definitions",
  "parameters",
  "responses",
  "securityDefinitions",
]);

/** A path as the converter gets it, and what is put back afterwards. */
interface PreparedPath {
  readonly path: string;
  readonly operations: JsonObject;
  readonly others: readonly (readonly [string, Json])[];
  readonly encodings: ReadonlyMap<string, JsonObject>;
}

const methods: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "options", "head", "patch"]);

function preparePaths(context: SwaggerContext): readonly PreparedPath[] {
  const paths = ownMember(context.root, "paths");
  return Object.keys(isObject(paths) ? paths : {}).flatMap((path) => {
    const at = appendPointer("/paths", path);
    const found = path.startsWith("x-") ? undefined : follow(context.root, at);
    if (found?.kind !== "value" || !isObject(found.located.value)) return [];
    const { value, pointer } = found.located;
    context.origins.set(at, pointer);
    return [preparePath(context, { value, pointer }, path)];
  });
}

function preparePath(context: SwaggerContext, item: Located<JsonObject>, path: string): PreparedPath {
  const shared = parametersOf(context, item);
  const encodings = new Map<string, JsonObject>();
  const operations: [string, Json][] = [];
  const others: [string, Json][] = [];
  for (const [key, value] of Object.entries(item.value)) {
    if (!methods.has(key)) {
      if (key !== "parameters") others.push([key, value]);
    } else if (isObject(value)) {
      const own = { value, pointer: appendPointer(item.pointer, key) };
      const at = appendPointer(appendPointer("/paths", path), key);
      const { operation, encoding } = prepareOperation(context, own, { shared, at });
      operations.push([key, operation]);
      if (encoding !== undefined) encodings.set(key, encoding);
    }
  }
  return { path, operations: Object.fromEntries(operations), others, encodings };
}

async function convert(document: SpecDocument, prepared: JsonObject): Promise<JsonObject> {
  const { upgradeFromTwoToThree } = await import("@scalar/openapi-upgrader/2.0-to-3.0");
  judgeSize(document, prepared);
  let converted: unknown;
  try {
    converted = upgradeFromTwoToThree(toPlain(prepared));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GenDeployError("spec/bad-swagger", `This Swagger 2.0 cannot be read as OpenAPI 3: ${reason}.`, {
      ...placeIn(document, ""),
      hint: "Correct what the message names, or convert the description to OpenAPI 3 yourself.",
      cause,
    });
  }
  judgeSize(document, converted);
  const tree = fromPlain(converted);
  return isObject(tree) ? tree : {};
}

/** What many operations share is written out in each of them. */
function judgeSize(document: SpecDocument, tree: unknown): void {
  const fault = findTreeFault(tree, mostValues);
  if (fault?.kind === "deep") throw tooDeep(placeIn(document, "").position);
  if (fault?.kind !== "large") return;
  throw new GenDeployError(
    "spec/too-large",
    `${document.source.name} holds more than ${mostValues} values once its operations are written out.`,
    { hint: "Put what many operations share into definitions." },
  );
}

function securityOf(root: JsonObject): JsonObject {
  const schemes = ownMember(root, "securityDefinitions");
  const entries = Object.entries(isObject(schemes) ? schemes : {}).flatMap(
    ([name, scheme]): [string, Json][] => {
      if (!isObject(scheme)) return [];
      // Descriptions that forget where a key stands mean a header.
      const isKey = ownMember(scheme, "type") === "apiKey" && ownMember(scheme, "in") === undefined;
      return [[name, isKey ? withMembers(scheme, [["in", "header"]]) : scheme]];
    },
  );
  return Object.fromEntries(entries);
}

function mendPaths(converted: Json | undefined, paths: readonly PreparedPath[]): JsonObject {
  const entries = paths.map(({ path, others, encodings }): [string, Json] => {
    const item = ownMember(converted, path);
    const operations = Object.entries(isObject(item) ? item : {}).map(([key, operation]): [string, Json] => {
      const encoding = encodings.get(key);
      return [key, encoding === undefined ? operation : withEncoding(operation, encoding)];
    });
    return [path, Object.fromEntries([...others, ...operations])];
  });
  return Object.fromEntries(entries);
}

function withEncoding(operation: Json, encoding: JsonObject): Json {
  const body = ownMember(operation, "requestBody");
  const content = ownMember(body, "content");
  if (!isObject(operation) || !isObject(body) || !isObject(content)) return operation;
  const forms = Object.entries(content).map(([type, media]): [string, Json] => [
    type,
    isObject(media) ? withMembers(media, [["encoding", encoding]]) : media,
  ]);
  return withMembers(operation, [
    ["requestBody", withMembers(body, [["content", Object.fromEntries(forms)]])],
  ]);
}

/** The converter drops what schemes say in words, where descriptions tell bearer tokens from keys. */
function mendComponents(converted: Json | undefined, root: JsonObject): JsonObject {
  const components = isObject(converted) ? converted : {};
  const schemes = ownMember(components, "securitySchemes");
  if (!isObject(schemes)) return components;
  const stated = ownMember(root, "securityDefinitions");
  const mended = Object.entries(schemes).map(([name, scheme]): [string, Json] => {
    const own = ownMember(stated, name);
    const words = Object.entries(isObject(own) ? own : {}).filter(
      ([key]) => key === "description" || key.startsWith("x-"),
    );
    return [name, isObject(scheme) ? withMembers(scheme, words) : scheme];
  });
  return withMembers(components, [["securitySchemes", Object.fromEntries(mended)]]);
}

function withMembers(object: JsonObject, members: readonly (readonly [string, Json])[]): JsonObject {
  const names = new Set(members.map(([name]) => name));
  return Object.fromEntries([...Object.entries(object).filter(([key]) => !names.has(key)), ...members]);
}
