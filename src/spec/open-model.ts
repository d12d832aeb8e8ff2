/*
 * Replicate's API describes a model as an object that holds the OpenAPI document of its latest version. Such an object
 * comes in as a document, and that document goes out, with what the object says of the model added to it.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { ownText } from "./openapi-tree.js";
import { isObject, ownMember } from "./pointer.js";
import type { Json, JsonObject, SpecDocument } from "./spec-types.js";

/**
 * The description inside a model of Replicate's API (`GET /v1/models/{owner}/{name}`, or one of its versions), with
 * `info` and `x-replicate: { model, version }` of the model; any other document as it is. Throws `spec/no-version`.
 */
export function openModel(document: SpecDocument): SpecDocument {
  const { root } = document;
  if (["openapi", "swagger", "paths", "components"].some((key) => Object.hasOwn(root, key))) return document;
  const version = ownMember(root, "latest_version") ?? root;
  const schema = ownMember(version, "openapi_schema");
  if (isObject(schema)) {
    const at = version === root ? "" : "/latest_version";
    const origin = (pointer: string): string => document.origin(originIn(root, at, pointer));
    return { ...document, kind: "model", root: described(root, version, schema), origin };
  }
  if (ownText(root, "owner") === "" || ownText(root, "name") === "" || !Object.hasOwn(root, "latest_version"))
    return document;
  throw new GenDeployError(
    "spec/no-version",
    `${document.source.name} is a model without a published version.`,
    {
      pointer: "/latest_version",
      position: document.position("/latest_version"),
      hint: "Only a version has inputs and outputs: publish one, or give the answer for one that has openapi_schema.",
    },
  );
}

function described(root: JsonObject, version: Json, schema: JsonObject): JsonObject {
  const [owner, name] = [ownText(root, "owner"), ownText(root, "name")];
  const info = ownMember(schema, "info");
  const words = {
    ...(name === "" ? {} : { title: name }),
    ...(ownText(root, "description") === "" ? {} : { description: ownText(root, "description") }),
  };
  const replicate = {
    ...(owner === "" || name === "" ? {} : { model: `${owner}/${name}` }),
    ...(ownText(version, "id") === "" ? {} : { version: ownText(version, "id") }),
  };
  // Entries make own members of `__proto__` too.
  return Object.fromEntries([
    ...Object.entries(schema),
    ["info", { ...(isObject(info) ? info : {}), ...words }],
    ["x-replicate", replicate],
  ]);
}

function originIn(root: JsonObject, version: string, pointer: string): string {
  if (pointer === "/x-replicate") return "";
  if (pointer === "/x-replicate/version") return `${version}/id`;
  if (pointer === "/x-replicate/model") return "/name";
  const word = pointer === "/info/title" ? "name" : pointer === "/info/description" ? "description" : "";
  return ownText(root, word) === "" ? `${version}/openapi_schema${pointer}` : `/${word}`;
}
