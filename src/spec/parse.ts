/*
 * A description's text comes in, its tree goes out, taken out of what it may be wrapped in. Whether the tree makes
 * sense is for later stages; here it only has to be JSON or YAML with an object at its root.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { findTreeFault, tooDeep } from "./json-depth.js";
import { parseJson } from "./parse-json.js";
import { parseYaml } from "./parse-yaml.js";
import { openModel } from "./open-model.js";
import { isObject } from "./pointer.js";
import type { Json, JsonObject, SpecDocument, SpecText } from "./spec-types.js";
import { isSwagger, refuseSwagger1 } from "./swagger-version.js";
import { textPosition } from "./text-position.js";

/** How many values the aliases of a YAML text may grow to. */
export const mostValues = 5_000_000;

/**
 * The tree of a JSON or YAML text, told apart by their content.
 *
 * Throws `GenDeployError`: `spec/empty`, `spec/html`, `spec/bad-json`, `spec/bad-yaml`, `spec/not-an-object`,
 * `spec/too-deep`, `spec/too-large`, `spec/swagger-1`, `spec/no-version`.
 */
export function parse(given: SpecText): SpecDocument {
  const source = given.text.startsWith("\uFEFF") ? { ...given, text: given.text.slice(1) } : given;
  const start = source.text.trimStart();
  if (start === "") throw empty(source);
  if (start.startsWith("<")) throw markup(source, start);
  const format = isJsonText(source, start) ? "json" : "yaml";
  const parsed = format === "json" ? parseJson(source) : parseYaml(source);
  const position: SpecDocument["position"] = (pointer) => {
    const offset = parsed.offset(pointer);
    return offset === undefined ? undefined : textPosition(source.name, source.text, offset);
  };
  const tree: unknown = parsed.root;
  assertTree(tree, source, position);
  const root = toRoot(source, tree);
  const kind = isSwagger(root) ? "swagger" : "openapi";
  const document = openModel({ source, format, kind, root, origin: (pointer) => pointer, position });
  refuseSwagger1(document);
  return document;
}

function isJsonText({ name }: SpecText, start: string): boolean {
  // YAML's flow style opens with a brace too; only a file that calls itself YAML gets the benefit of the doubt.
  return /^[[{]/.test(start) && !/\.ya?ml$/i.test(name);
}

function assertTree(
  root: unknown,
  source: SpecText,
  position: SpecDocument["position"],
): asserts root is Json {
  const fault = findTreeFault(root, mostValues);
  if (fault === undefined) return;
  if (fault.kind === "deep") throw tooDeep(deepPosition(fault.pointer, position), cutPointer(fault.pointer));
  if (fault.kind === "large") {
    throw new GenDeployError("spec/too-large", `${source.name} holds more than ${mostValues} values.`, {
      hint: "Aliases may repeat each other without end: write out what they stand for.",
    });
  }
  throw new GenDeployError("spec/bad-yaml", `${source.name} holds ${fault.value}, which JSON cannot hold.`, {
    pointer: fault.pointer,
    position: position(fault.pointer),
    hint: "Write a finite number, or put the word in quotes.",
  });
}

function deepPosition(
  pointer: string,
  position: SpecDocument["position"],
): ReturnType<SpecDocument["position"]> {
  try {
    return position(pointer);
  } catch {
    // The parser that knows positions works by recursion; without a position the complaint is still right.
    return undefined;
  }
}

function cutPointer(pointer: string): string {
  return pointer.length > 80 ? `${pointer.slice(0, 80)}…` : pointer;
}

function toRoot(source: SpecText, root: Json): JsonObject {
  if (isObject(root)) return root;
  const kind = Array.isArray(root) ? "a list" : root === null ? "null" : `a ${typeof root}`;
  throw new GenDeployError(
    "spec/not-an-object",
    `${source.name} holds ${kind}, not the object that a description is.`,
    {
      position: textPosition(source.name, source.text, source.text.length - source.text.trimStart().length),
      hint: "Give the description itself, such as openapi.json.",
    },
  );
}

function empty({ name }: SpecText): GenDeployError {
  return new GenDeployError("spec/empty", `${name} is empty.`, {
    hint: "Save the description again, such as the deployment's openapi.json.",
  });
}

function markup({ name, text }: SpecText, start: string): GenDeployError {
  const position = textPosition(name, text, text.length - start.length);
  if (!/^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|title|script|meta|div)\b/i.test(start)) {
    return new GenDeployError("spec/markup", `${name} holds XML or other markup, not JSON or YAML.`, {
      position,
      hint: "Give the description as JSON or YAML; it is usually at …/openapi.json.",
    });
  }
  return new GenDeployError("spec/html", `${name} is an HTML page, not an API description.`, {
    position,
    hint: "It looks like a login or documentation page; the description is usually at …/openapi.json.",
  });
}
