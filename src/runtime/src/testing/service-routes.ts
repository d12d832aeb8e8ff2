/*
 * In: a request's method and address, and the operations of a service. Out: the operation that is meant, and what stands
 * in its path; or the methods that the path has, where it has others. Paths are known by their ends, so that the service
 * may stand at any address.
 */
import type { AnyOperationDescriptor } from "../service/service-operation.js";
import { decoded } from "./service-parameters.js";

/** An operation that a request means. */
export interface Route {
  /** The name of the client's method. */
  readonly name: string;
  readonly operation: AnyOperationDescriptor;
  /** By the names that the path has in braces, percent-encoded. */
  readonly path: ReadonlyMap<string, string>;
}

/** The route of a request; `allow` are the methods of the path where the request's is none of them, or empty. */
export type RouteFinding =
  { readonly route: Route } | { readonly route?: undefined; readonly allow: readonly string[] };

/** Finds routes. */
export type Router = (method: string, url: URL) => RouteFinding;

interface Template {
  readonly name: string;
  readonly operation: AnyOperationDescriptor;
  readonly segments: readonly Segment[];
  /** Segments without a parameter. */
  readonly literals: number;
  /** Pairs of a query that the path itself has, percent-encoded. */
  readonly query: readonly string[];
}

/** Literal text, a name, literal text, and so on: names stand at odd places. */
type Segment = readonly string[];

interface Match {
  readonly template: Template;
  readonly path: ReadonlyMap<string, string>;
  readonly isWhole: boolean;
}

/** The router of these operations; `address` is the service's own, where it is known. */
export function createRouter(
  operations: Readonly<Record<string, AnyOperationDescriptor>>,
  address: string | null,
): Router {
  const templates = Object.entries(operations).map(([name, operation]) => toTemplate(name, operation));
  const base =
    address !== null && URL.canParse(address) ? new URL(address).pathname.replace(/\/$/, "") : undefined;
  return (method, url) => {
    const found = templates.flatMap((template) => matchOf(template, url, base) ?? []).toSorted(nearestFirst);
    const [nearest] = found;
    if (nearest === undefined) return { allow: [] };
    // As Starlette routes: a path of another method does not hide one that has it.
    const as = found.filter(({ isWhole }) => isWhole === nearest.isWhole);
    const chosen = as.find(({ template }) => template.operation.method === method);
    if (chosen === undefined)
      return { allow: [...new Set(as.map(({ template }) => template.operation.method))] };
    const { name, operation } = chosen.template;
    return { route: { name, operation, path: chosen.path } };
  };
}

function toTemplate(name: string, operation: AnyOperationDescriptor): Template {
  const [path = "", ...query] = operation.path.split("?");
  const segments = path === "" ? [] : toSegments(path, operation);
  return {
    name,
    operation,
    segments,
    literals: segments.filter(({ length }) => length === 1).length,
    query: query
      .join("?")
      .split("&")
      .filter((pair) => pair !== ""),
  };
}

/** As an address has them, whatever a description may write; names of parameters are not touched. */
function toSegments(path: string, { parameters }: AnyOperationDescriptor): readonly Segment[] {
  const places = Object.values(parameters).filter(({ place }) => place.in === "path");
  const names = places.map(({ place }) => place.name);
  let mark = "p";
  while (path.includes(mark)) mark += "q";
  const marked = path.replaceAll(/\{([^{}]*)\}/g, (braced, name: string) =>
    names.includes(name) ? `${mark}${names.indexOf(name)}.` : braced,
  );
  const url = new URL("http://mock.invalid");
  url.pathname = marked.startsWith("/") ? marked : `/${marked}`;
  const between = new RegExp(`${mark}(\\d+)\\.`);
  return url.pathname
    .slice(1)
    .split("/")
    .map((text) =>
      text.split(between).map((part, index) => (index % 2 === 0 ? part : (names[Number(part)] ?? ""))),
    );
}

/** Whole paths before ends of paths, stated text before parameters, and long templates before short ones. */
function nearestFirst(one: Match, other: Match): number {
  return (
    Number(other.isWhole) - Number(one.isWhole) ||
    other.template.query.length - one.template.query.length ||
    other.template.literals - one.template.literals ||
    other.template.segments.length - one.template.segments.length
  );
}

function matchOf(template: Template, url: URL, base: string | undefined): Match | undefined {
  const { segments, query } = template;
  const given = url.pathname.slice(1).split("/");
  // A template that begins with a colon goes on where the address ends.
  const start = given.length - segments.length;
  if (start < 0) return undefined;
  const before = start === 0 ? "" : `/${given.slice(0, start).join("/")}`;
  const isWhole = before === "" || before.replace(/\/$/, "") === base;
  // A path without any text ends everything: it is known by its beginning alone.
  const isBare = segments.every(([first, ...others]) => first === "" && others.length === 0);
  if (isBare && base !== undefined && !isWhole && before !== "/") return undefined;
  const pairs = url.search.slice(1).split("&");
  if (!query.every((pair) => pairs.includes(pair))) return undefined;
  const path = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const text = given[start + index] ?? "";
    const isOpenStart = index === 0 && template.operation.path.startsWith(":");
    if (!matchSegment(segment, text, { path, isOpenStart })) return undefined;
  }
  return { template, path, isWhole };
}

/** Whether `raw` is of the segment's form; what stands for its names goes into `path`. No parameter is empty. */
function matchSegment(
  segment: Segment,
  raw: string,
  { path, isOpenStart }: { readonly path: Map<string, string>; readonly isOpenStart: boolean },
): boolean {
  const [first = ""] = segment;
  if (segment.length === 1) {
    return isOpenStart ? decoded(raw).endsWith(decoded(first)) : decoded(raw) === decoded(first);
  }
  let at = isOpenStart ? raw.indexOf(first) : raw.startsWith(first) ? 0 : -1;
  if (at === -1) return false;
  at += first.length;
  for (let index = 1; index < segment.length; index += 2) {
    const literal = segment[index + 1] ?? "";
    const isLast = index + 2 >= segment.length;
    // A parameter has one character at least.
    const end = isLast ? raw.length - literal.length : literal === "" ? at + 1 : raw.indexOf(literal, at + 1);
    if (end <= at || (isLast && !raw.endsWith(literal))) return false;
    path.set(segment[index] ?? "", raw.slice(at, end));
    at = end + literal.length;
  }
  return true;
}
