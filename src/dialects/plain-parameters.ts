/*
 * Parameters of an operation come in, features with their places go out: those of the path item too, as far as the
 * operation does not state them itself (OpenAPI 3.1 §4.8.9, §4.8.12).
 */
import type { HttpPlace } from "@gen-deploy/runtime";
import type { FeatureModel } from "../model/deployment-model.js";
import { contentOf } from "../spec/media-types.js";
import { quoted } from "../spec/openapi-fault.js";
import { ownText } from "../spec/openapi-tree.js";
import { isArray, isObject, ownMember } from "../spec/pointer.js";
import type { JsonObject, Located, SpecOperation } from "../spec/spec-types.js";
import { defaultDoc } from "../spec/schema-object.js";
import { fingerprintOf, note, typeName, type PlainContext } from "./plain-context.js";

/** A parameter under the name by which a call has it. */
export interface Parameter {
  readonly feature: FeatureModel;
  readonly place: HttpPlace;
}

interface Stated {
  readonly parameter: Located<JsonObject>;
  readonly name: string;
  readonly in: HttpPlace["in"];
}

const places = ["path", "query", "header", "cookie"] as const;
const styles = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
} as const;

/** Headers that are stated elsewhere, or not at all: OpenAPI ignores them among the parameters. */
const ignored = new Set(["accept", "content-type", "authorization"]);

/** The parameters of an operation, each under a name of its own; `taken` are names that none may have. */
export function readParameters(
  context: PlainContext,
  operation: SpecOperation,
  taken: readonly string[],
): readonly Parameter[] {
  const listed = listParameters(context, operation);
  const stated = [...listed, ...openParameters(operation, listed)];
  const names = new Set(taken);
  return stated.map((one) => {
    const name = freeName(one, names);
    names.add(name);
    return toParameter(context, operation, { ...one, called: name });
  });
}

function listParameters(context: PlainContext, operation: SpecOperation): readonly Stated[] {
  const found = new Map<string, Stated>();
  for (const holder of [operation.pathItem, operation.operation]) {
    const list = context.spec.member(holder, "parameters");
    if (list === undefined || !isArray(list.value)) continue;
    for (const index of list.value.keys()) {
      const parameter = context.spec.member(list, String(index));
      const one = parameter === undefined ? undefined : toStated(context, parameter);
      if (one !== undefined) found.set(JSON.stringify([one.in, one.name]), one);
    }
  }
  for (const one of found.values()) if (isAstray(operation, one)) noteAstray(context, operation, one);
  return [...found.values()].filter((one) => isNeeded(context, operation, one));
}

function toStated(context: PlainContext, { value, pointer }: Located): Stated | undefined {
  const name = ownText(value, "name");
  const place = ownText(value, "in");
  const known = places.find((one) => one === place);
  if (name !== "" && known !== undefined && isObject(value))
    return { parameter: { value, pointer }, name, in: known };
  const what = name === "" ? "has no name" : `stands in ${quoted(ownMember(value, "in"))}`;
  note(context, {
    code: "openapi/odd-parameter",
    pointer,
    message: `A parameter ${what} and is left out.`,
    hint: "Give it a name, and let it stand in path, query, header or cookie.",
  });
  return undefined;
}

function isAstray({ path }: SpecOperation, one: Stated): boolean {
  return one.in === "path" && !path.includes(`{${one.name}}`);
}

function noteAstray(context: PlainContext, { path }: SpecOperation, { name, parameter }: Stated): void {
  note(context, {
    code: "openapi/odd-parameter",
    pointer: parameter.pointer,
    message: `The path ${quoted(path)} has no place for the parameter ${quoted(name)}, which is left out.`,
    hint: `Write {${name}} where it goes in the path, or correct its name.`,
  });
}

function isNeeded(context: PlainContext, operation: SpecOperation, one: Stated): boolean {
  const { name, in: place } = one;
  if (place === "header" && ignored.has(name.toLowerCase())) return false;
  if (place === "path") return !isAstray(operation, one);
  // A credential is the client's business, and stated once.
  return !context.auth.some(
    (scheme) =>
      scheme.kind === "api-key" && scheme.in === place && scheme.name.toLowerCase() === name.toLowerCase(),
  );
}

/** What the path leaves open though no parameter says so: text, as everything in a path. */
function openParameters({ path, operation }: SpecOperation, listed: readonly Stated[]): readonly Stated[] {
  const known = new Set(listed.flatMap((one) => (one.in === "path" ? [one.name] : [])));
  const open = [...path.matchAll(/\{([^{}]+)\}/g)].flatMap(([, name = ""]) =>
    known.has(name) ? [] : [name],
  );
  return [...new Set(open)].map((name) => ({
    parameter: { value: { schema: { type: "string" } }, pointer: operation.pointer },
    name,
    in: "path",
  }));
}

/** A name for a call: the parameter's own, or with its place before it where that is taken. */
function freeName({ name, in: place }: Stated, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let count = 1; ; count += 1) {
    const free = `${place}_${name}${count === 1 ? "" : `_${count}`}`;
    if (!taken.has(free)) return free;
  }
}

function toParameter(
  context: PlainContext,
  operation: SpecOperation,
  { parameter, name, in: place, called }: Stated & { readonly called: string },
): Parameter {
  const { value, pointer } = parameter;
  const [content] = contentOf(context.spec, parameter);
  const schema = content === undefined ? context.spec.member(parameter, "schema") : content.schema;
  const shape = context.reader.read(schema ?? { value: { type: "string" }, pointer }, {
    side: "input",
    name: `${typeName(operation)}Input${typeName({ name: called })}`,
  });
  const given = ownMember(schema?.value, "default");
  const required = place === "path" || (ownMember(value, "required") === true && given === undefined);
  const words = ownText(value, "description").trim() || ownText(schema?.value, "description").trim();
  const deprecated = ownMember(value, "deprecated") === true ? "Deprecated." : "";
  const otherwise = given === undefined || given === null ? "" : defaultDoc(given, shape);
  const feature: FeatureModel = {
    wireName: called,
    doc: [deprecated, words, otherwise].filter((part) => part !== "").join("\n\n"),
    required,
    codec: { kind: "json", shape },
    fingerprint: fingerprintOf(context, pointer),
  };
  const json = content?.form === "json" ? ({ json: true } as const) : {};
  return { feature, place: { in: place, name, ...styleOf(value, place), ...json } };
}

function styleOf(parameter: JsonObject, place: HttpPlace["in"]): Pick<HttpPlace, "style" | "explode"> {
  const stated = ownText(parameter, "style");
  const allowed: readonly HttpPlace["style"][] = styles[place];
  const style = allowed.find((one) => one === stated) ?? styles[place][0];
  const explode = ownMember(parameter, "explode");
  return { style, explode: typeof explode === "boolean" ? explode : style === "form" };
}
