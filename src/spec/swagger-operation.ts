/*
 * One operation of Swagger 2.0 comes in; the same goes out with all that it inherits or refers to in itself, in the
 * few forms that the converter gets right: parameters that are no bodies, one body, responses.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { follow, followReference } from "./follow.js";
import { quoted } from "./openapi-fault.js";
import { ownText } from "./openapi-tree.js";
import { placeIn } from "./place-in.js";
import { appendPointer, isArray, isObject, ownMember } from "./pointer.js";
import { toFormBody, type FormBody } from "./swagger-form.js";
import type { SchemaConverter } from "./swagger-schemas.js";
import type { Json, JsonObject, Located, SpecDocument } from "./spec-types.js";

/** What all operations of one description share. */
export interface SwaggerContext {
  readonly document: SpecDocument;
  readonly root: JsonObject;
  readonly schemas: SchemaConverter;
  /** Where in Swagger's tree what stands at a pointer of the OpenAPI tree was; filled as operations are prepared. */
  readonly origins: Map<string, string>;
}

/** An operation as the converter gets it, and what it cannot say there. */
export interface PreparedOperation {
  readonly operation: JsonObject;
  /** For the body's `encoding`; undefined where there is none. */
  readonly encoding: JsonObject | undefined;
}

/** The operation `own` of a path whose operations share the parameters `shared`; `at` is where it will stand. */
export function prepareOperation(
  context: SwaggerContext,
  own: Located<JsonObject>,
  { shared, at }: { readonly shared: readonly Located<JsonObject>[]; readonly at: string },
): PreparedOperation {
  const { root, schemas, origins } = context;
  const parameters = overridden(shared, parametersOf(context, own));
  const fields = parameters.filter(({ value }) => ownText(value, "in") === "formData");
  const body = parameters.find(({ value }) => ownText(value, "in") === "body");
  const plain = parameters.filter(({ value }) => !/^(?:formData|body)$/.test(ownText(value, "in")));
  for (const [index, { pointer }] of plain.entries()) {
    origins.set(`${at}/parameters/${index}`, pointer);
    origins.set(`${at}/parameters/${index}/schema`, pointer);
  }
  const stated = mediaTypes(own.value, "consumes") ?? mediaTypes(root, "consumes");
  const form =
    body === undefined && fields.length > 0 ? toFormBody(fields, stated ?? [], schemas) : undefined;
  if (form !== undefined) noteForm(origins, at, fields);
  if (body !== undefined) origins.set(`${at}/requestBody`, body.pointer);
  const bodies =
    form !== undefined ? [form.parameter] : body === undefined ? [] : [withSchema(body.value, schemas)];
  const produces = mediaTypes(own.value, "produces") ?? mediaTypes(root, "produces");
  const members = Object.entries(own.value).filter(([key]) => !replaced.has(key));
  const operation = Object.fromEntries<Json>([
    ...members,
    ["parameters", [...plain.map(({ value }) => value), ...bodies]],
    ["consumes", form?.consumes ?? stated ?? ["application/json"]],
    ...(produces === undefined ? [] : [["produces", produces] as const]),
    ["responses", responsesOf(context, own, { at, produces })],
  ]);
  return { operation, encoding: encodingOf(form) };
}

const replaced: ReadonlySet<string> = new Set(["parameters", "consumes", "produces", "responses", "schemes"]);

function encodingOf(form: FormBody | undefined): JsonObject | undefined {
  return form === undefined || Object.keys(form.encoding).length === 0 ? undefined : form.encoding;
}

function noteForm(origins: Map<string, string>, at: string, fields: readonly Located<JsonObject>[]): void {
  for (const { value, pointer } of fields) {
    const name = ownText(value, "name");
    if (!origins.has(`${at}/requestBody`)) origins.set(`${at}/requestBody`, pointer);
    origins.set(appendPointer(`${at}/requestBody/schema/properties`, name), pointer);
  }
}

const places: ReadonlySet<string> = new Set(["query", "header", "path", "formData", "body"]);

/** The parameters of an operation or a path, references followed; throws `spec/bad-swagger`. */
export function parametersOf(
  { document, root }: SwaggerContext,
  holder: Located<JsonObject>,
): readonly Located<JsonObject>[] {
  const list = ownMember(holder.value, "parameters");
  const pointer = appendPointer(holder.pointer, "parameters");
  if (list === undefined) return [];
  if (!isArray(list))
    throw bad(document, pointer, `"parameters" is ${quoted(list)}, not a list`, "Write a list.");
  return list.map((item, index) => {
    const found = followReference(root, { value: item, pointer: `${pointer}/${index}` });
    const located = found.kind === "value" ? found.located : { value: item, pointer: `${pointer}/${index}` };
    if (!isObject(located.value))
      throw bad(
        document,
        located.pointer,
        `a parameter is ${quoted(located.value)}, not an object`,
        "Write an object.",
      );
    const place = ownMember(located.value, "in");
    if (
      typeof place === "string" &&
      places.has(place) &&
      typeof ownMember(located.value, "name") === "string"
    )
      return { value: located.value, pointer: located.pointer };
    throw bad(
      document,
      located.pointer,
      `a parameter has the "name" ${quoted(ownMember(located.value, "name"))} and stands "in" ${quoted(place)}`,
      'Give it a name, and write "in" as query, header, path, formData or body.',
    );
  });
}

function bad(document: SpecDocument, pointer: string, reason: string, hint: string): GenDeployError {
  return new GenDeployError("spec/bad-swagger", `This is no Swagger 2.0: ${reason}.`, {
    ...placeIn(document, pointer),
    hint,
  });
}

/** A parameter of an operation takes the place of its path's that has the same name and place; so does a body. */
function overridden(
  shared: readonly Located<JsonObject>[],
  own: readonly Located<JsonObject>[],
): readonly Located<JsonObject>[] {
  const key = ({ value }: Located<JsonObject>): string => {
    const place = ownText(value, "in");
    return place === "body" ? place : JSON.stringify([place, ownText(value, "name")]);
  };
  const taken = new Set(own.map(key));
  return [...shared.filter((one) => !taken.has(key(one))), ...own];
}

function mediaTypes(holder: JsonObject, key: string): readonly string[] | undefined {
  const list = ownMember(holder, key);
  const types = isArray(list) ? list.filter((type) => typeof type === "string") : [];
  return types.length === 0 ? undefined : types;
}

function withSchema(holder: JsonObject, { convert }: SchemaConverter): JsonObject {
  const schema = convert(ownMember(holder, "schema") ?? {});
  return Object.fromEntries([
    ...Object.entries(holder).filter(([key]) => key !== "schema"),
    ["schema", schema],
  ]);
}

function responsesOf(
  context: SwaggerContext,
  own: Located<JsonObject>,
  { at, produces }: { readonly at: string; readonly produces: readonly string[] | undefined },
): JsonObject {
  const responses = ownMember(own.value, "responses");
  const entries = Object.keys(isObject(responses) ? responses : {}).flatMap((status): [string, Json][] => {
    const pointer = appendPointer(appendPointer(own.pointer, "responses"), status);
    const found = follow(context.root, pointer);
    if (found.kind !== "value" || !isObject(found.located.value)) return [];
    context.origins.set(appendPointer(`${at}/responses`, status), found.located.pointer);
    return [[status, toResponse(context, found.located.value, produces)]];
  });
  return Object.fromEntries(entries);
}

function toResponse(
  { root, schemas }: SwaggerContext,
  response: JsonObject,
  produces: readonly string[] | undefined,
): JsonObject {
  const examples = ownMember(response, "examples");
  // An example of another media type would become a reply of that type.
  const kept = Object.entries(isObject(examples) ? examples : {}).filter(
    ([type]) => !type.includes("/") || (produces ?? ["application/json"]).includes(type),
  );
  const headers = ownMember(response, "headers");
  const members = Object.entries(response).filter(([key]) => !/^(?:schema|examples|headers)$/.test(key));
  const schema = ownMember(response, "schema");
  const followed = schema === undefined ? undefined : followReference(root, { value: schema, pointer: "" });
  const isFile = followed?.kind === "value" && ownMember(followed.located.value, "type") === "file";
  const body: readonly (readonly [string, Json])[] =
    schema === undefined
      ? []
      : isFile && produces === undefined
        ? [["content", { "application/octet-stream": { schema: schemas.convert(schema) } }]]
        : [
            ["schema", schemas.convert(schema)],
            ...(kept.length === 0 ? [] : [["examples", Object.fromEntries(kept)] as const]),
          ];
  return Object.fromEntries([
    ...members,
    ...(isObject(headers) ? [["headers", headers] as const] : []),
    ...body,
  ]);
}
