/*
 * Parameters of requests, read as they are spelt (OpenAPI 3.1.1 §4.8.12, RFC 6570): in goes what stands in the path, the
 * query, the headers and the cookies, out come values by the names of the operation's inputs, or what is wrong with
 * them. What the client writes by `parameter-text.ts` is read here as it was.
 */
import type { HttpPlace } from "../deployment.js";
import { setOwnMember } from "../own-member.js";
import type { AnyOperationDescriptor, OperationParameter } from "../service/service-operation.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import { asOfText, faultWords } from "./fault.js";
import type { Fault } from "./fault.js";
import { faultAt, readStrictly } from "./read-strictly.js";
import { fromSpelt } from "./service-spelt.js";
import type { Spelt } from "./service-spelt.js";

/** Pairs in their order, percent-encoded as they came; what stands for a space is `%20`. */
export type RawPairs = readonly (readonly [name: string, value: string])[];

/** Where a request has its parameters. */
export interface ParameterSources {
  /** By the names that the path has in braces, percent-encoded. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: RawPairs;
  readonly cookies: RawPairs;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in the query that belong to no parameter, such as that of a credential. */
  readonly reserved: readonly string[];
}

/** The parameters of a request, by their names among the inputs, and what is wrong with them. */
export interface ReadParameters {
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

/** Reads the parameters of an operation; those that it does not know are passed over, as FastAPI does. */
export function readParameters(
  { parameters }: AnyOperationDescriptor,
  sources: ParameterSources,
  shapes: Shapes,
): ReadParameters {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  const all = Object.values(parameters);
  for (const [name, parameter] of Object.entries(parameters)) {
    const { place, shape, optional } = parameter;
    const loc = [place.in, place.name];
    const secret = place.in === "header" || place.in === "cookie";
    const spelt = speltAt(place, sources, othersOf(parameter, all, sources));
    const value = spelt === undefined ? undefined : fromSpelt(spelt, shape, shapes);
    if (value === undefined || isNothing(value, spelt)) {
      if (optional !== true) faults.push(faultAt(loc, faultWords.missing, secret ? {} : { input: null }));
      continue;
    }
    const reading = readStrictly(value, shape, { shapes, loc, secret });
    if (reading.faults === undefined) setOwnMember(values, name, reading.value);
    else faults.push(...reading.faults.map((fault) => (place.json === true ? fault : asOfText(fault, loc))));
  }
  return { values, faults };
}

/** An object whose members stand by themselves is not there where none of them is. */
function isNothing(value: unknown, spelt: Spelt | undefined): boolean {
  return (
    spelt?.mixed === true && typeof value === "object" && value !== null && Object.keys(value).length === 0
  );
}

/** The names beside which an object's members may stand. */
function othersOf(
  parameter: OperationParameter,
  all: readonly OperationParameter[],
  { reserved }: ParameterSources,
): ReadonlySet<string> {
  const same = all.filter((other) => other !== parameter && other.place.in === parameter.place.in);
  return new Set([...same.map(({ place }) => place.name), ...reserved]);
}

function speltAt(
  place: HttpPlace,
  { path, query, cookies, headers }: ParameterSources,
  others: ReadonlySet<string>,
): Spelt | undefined {
  switch (place.in) {
    case "path": {
      const raw = path.get(place.name);
      return raw === undefined ? undefined : inPath(raw, place);
    }
    case "header": {
      const name = place.name.toLowerCase();
      const text = Object.hasOwn(headers, name) ? headers[name] : undefined;
      return text === undefined ? undefined : inHeader(text, place);
    }
    case "query":
      return inPairs(query, place, others);
    case "cookie":
      return inPairs(cookies, place, others);
  }
}

function inPath(raw: string, place: HttpPlace): Spelt {
  if (place.json === true) return { scalar: decoded(raw), json: true };
  if (place.style === "matrix") return inMatrix(raw, place);
  const isLabel = place.style === "label";
  const text = isLabel ? raw.replace(/^\./, "") : raw;
  return listed(text, text.split(isLabel && place.explode ? "." : ","), place.explode);
}

/** `;name=1,2`, or `;name=1;name=2` where it is exploded. */
function inMatrix(raw: string, { name, explode }: HttpPlace): Spelt {
  const pairs = toPairs(raw.replace(/^;/, ""), ";");
  const own = pairs.filter(([key]) => decoded(key) === name).map(([, value]) => value);
  const first = own[0] ?? "";
  if (!explode) return listed(first, first.split(","), false);
  return {
    scalar: decoded(first),
    items: own.map(leaf),
    members: pairs.map(([key, value]) => [decoded(key), leaf(value)]),
  };
}

function inHeader(text: string, { explode, json }: HttpPlace): Spelt {
  if (json === true) return { scalar: text, json: true };
  const parts = text.split(",").map((part) => part.trim());
  return {
    scalar: text,
    items: parts.map((part) => ({ scalar: part })),
    members: explode
      ? toPairs(parts.join(","), ",").map(([name, value]) => [name, { scalar: value }])
      : twoByTwo(parts).map(([name, value]) => [name, { scalar: value }]),
  };
}

function inPairs(pairs: RawPairs, place: HttpPlace, others: ReadonlySet<string>): Spelt | undefined {
  const { name, style, explode } = place;
  const own = pairs.filter(([key]) => decoded(key) === name).map(([, value]) => value);
  const last = own.at(-1);
  if (place.json === true) return last === undefined ? undefined : { scalar: decoded(last), json: true };
  if (style === "deepObject") return inBrackets(pairs, name);
  if (explode) {
    const members = pairs.flatMap(([key, value]) =>
      others.has(decoded(key)) ? [] : [[decoded(key), leaf(value)] as const],
    );
    if (last === undefined)
      return members.length === 0 ? undefined : { scalar: undefined, members, mixed: true };
    return { scalar: decoded(last), items: own.map(leaf), members, mixed: true };
  }
  if (last === undefined) return undefined;
  const between = { spaceDelimited: "%20", pipeDelimited: /\||%7c/i };
  const parts = last.split(style === "spaceDelimited" || style === "pipeDelimited" ? between[style] : ",");
  return listed(last, parts, false);
}

/** `name[key]=value`, as deep as it goes; what stands there more than once is a list. */
function inBrackets(pairs: RawPairs, name: string): Spelt | undefined {
  const steps = pairs.flatMap(([key, value]) => {
    const path = decoded(key);
    if (path !== name && !(path.startsWith(`${name}[`) && path.endsWith("]"))) return [];
    const inner = path === name ? [] : path.slice(name.length + 1, -1).split("][");
    return [{ path: inner, value }];
  });
  return steps.length === 0 ? undefined : deepSpelt(steps);
}

type DeepStep = { readonly path: readonly string[]; readonly value: string };

function deepSpelt(steps: readonly DeepStep[]): Spelt {
  const here = steps.filter(({ path }) => path.length === 0).map(({ value }) => value);
  const below = new Map<string, DeepStep[]>();
  for (const { path, value } of steps) {
    const [first, ...rest] = path;
    if (first !== undefined) below.set(first, [...(below.get(first) ?? []), { path: rest, value }]);
  }
  const last = here.at(-1);
  return {
    scalar: last === undefined ? undefined : decoded(last),
    ...(here.length === 0 ? {} : { items: here.map(leaf) }),
    ...(below.size === 0
      ? {}
      : { members: [...below].map(([key, inner]) => [key, deepSpelt(inner)] as const) }),
  };
}

/** One text that may be a list, or the members of an object: exploded as pairs, otherwise names and values in turn. */
function listed(raw: string, parts: readonly string[], explode: boolean): Spelt {
  const pairs = explode ? parts.flatMap((part) => toPairs(part, "\0")) : twoByTwo(parts);
  return {
    scalar: decoded(raw),
    items: parts.map(leaf),
    members: pairs.map(([name, value]) => [decoded(name), leaf(value)]),
  };
}

function leaf(raw: string): Spelt {
  return { scalar: decoded(raw) };
}

function twoByTwo(parts: readonly string[]): RawPairs {
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ""] as const] : []));
}

/** The pairs of `text`, such as a query or the header `cookie`; a name by itself has the empty text. */
export function toPairs(text: string, between: string): RawPairs {
  return text.split(between).flatMap((pair) => {
    const trimmed = pair.trim();
    const at = trimmed.indexOf("=");
    if (trimmed === "") return [];
    return [at === -1 ? ([trimmed, ""] as const) : ([trimmed.slice(0, at), trimmed.slice(at + 1)] as const)];
  });
}

/** Percent-decoded (RFC 3986 §2.1); text that is no UTF-8 then stays as it is. */
export function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
