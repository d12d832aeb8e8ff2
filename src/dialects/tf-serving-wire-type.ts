import { parsePointer } from "../spec/pointer.js";

/**
 * Where openapi-typescript puts the type of the object whose `properties` stand at `pointer`: an exported name, then
 * keys, lists passed over. Null where the pointer is of another form than bodies, replies and schemas have.
 */
export function wireTypeAt(pointer: string): readonly string[] | null {
  const keys = parsePointer(pointer) ?? [];
  const [root, ...rest] = keys;
  if (root === "components") {
    const [section, name, ...below] = rest;
    if (section === undefined || name === undefined) return null;
    const inner = section === "schemas" ? schemaKeys(below) : contentKeys(below);
    return inner && [root, section, name, ...inner];
  }
  if (root !== "paths") return null;
  const [path, method, part, ...below] = rest;
  if (path === undefined || method === undefined) return null;
  if (part === "requestBody") {
    const inner = contentKeys(below);
    return inner && [root, path, method, part, ...inner];
  }
  const [status, ...content] = below;
  const inner = part === "responses" && status !== undefined ? contentKeys(content) : null;
  return inner && status !== undefined ? [root, path, method, "responses", status, ...inner] : null;
}

function contentKeys([content, mediaType, schema, ...below]: readonly string[]): readonly string[] | null {
  if (content !== "content" || mediaType === undefined || schema !== "schema") return null;
  const inner = schemaKeys(below);
  return inner && [content, mediaType, ...inner];
}

function schemaKeys([word, name, ...below]: readonly string[]): readonly string[] | null {
  if (word === undefined) return [];
  if (word === "items") return schemaKeys(name === undefined ? [] : [name, ...below]);
  if (word !== "properties") return null;
  if (name === undefined) return [];
  const inner = schemaKeys(below);
  return inner && [name, ...inner];
}
