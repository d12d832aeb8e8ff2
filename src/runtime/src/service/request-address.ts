import { operationUrl } from "../http/client-url.js";
import { writeError } from "../shapes/place.js";

/** What stands in an operation's address. */
export interface AddressParts {
  /** Percent-encoded, by the name that the path has in braces. */
  readonly path: ReadonlyMap<string, PathValue>;
  /** Pairs, percent-encoded. */
  readonly query: readonly string[];
}

/** One value of a path. */
export interface PathValue {
  readonly text: string;
  /** Who gave it, for messages. */
  readonly feature: string;
}

/**
 * The address of one request. Throws `wrong-type` for values that would make a path segment empty, `.` or `..`: such a
 * path leads elsewhere.
 */
export function requestAddress(base: string, template: string, { path, query }: AddressParts): string {
  const [before = "", ...behind] = template.split("?");
  const filled = before
    .split("/")
    .map((segment) => filledSegment(segment, path))
    .join("/");
  const url = operationUrl(base, filled);
  const pairs = [...behind, ...query].filter((pair) => pair !== "").join("&");
  if (pairs === "") return url;
  return url + (url.includes("?") ? (url.endsWith("?") ? "" : "&") : "?") + pairs;
}

function filledSegment(segment: string, values: ReadonlyMap<string, PathValue>): string {
  let last: PathValue | undefined;
  const filled = segment.replace(/\{([^{}]*)\}/g, (braced, name: string) => {
    last = values.get(name) ?? last;
    return values.get(name)?.text ?? braced;
  });
  if (last === undefined || !/^(?:\.|%2e){0,2}$/i.test(filled)) return filled;
  const what = `makes a part of the path ${filled === "" ? "empty" : `"${filled}"`}, which leads elsewhere`;
  throw writeError("wrong-type", { feature: last.feature, place: undefined }, what);
}
