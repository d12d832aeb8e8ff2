import { isRecord, setOwnMember } from "../own-member.js";
import type { MemoryRequest } from "../http/memory-transport.js";
import type { AnyOperationDescriptor } from "../service/service-operation.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import type { Fault } from "./fault.js";
import { readRequestBody } from "./service-body.js";
import { readParameters, toPairs } from "./service-parameters.js";
import type { ParameterSources } from "./service-parameters.js";

/** What an operation's method was called with, or why its request is refused. */
export type InputReading =
  | { readonly input: unknown }
  | { readonly faults: readonly Fault[] }
  | { readonly status: 400 | 415; readonly why: string };

/** What reading a request takes to know. */
export interface InputContext {
  readonly shapes: Shapes;
  readonly url: URL;
  readonly path: ParameterSources["path"];
  /** Names in the query that belong to no parameter. */
  readonly reserved: readonly string[];
}

/** What the method of the operation was called with, as its callers have it, that gave this request. */
export function readInput(
  request: MemoryRequest,
  operation: AnyOperationDescriptor,
  { shapes, url, path, reserved }: InputContext,
): InputReading {
  const { headers } = request;
  const cookie = Object.hasOwn(headers, "cookie") ? (headers["cookie"] ?? "") : "";
  // A plus is a space in a query (HTML §4.10.21.8); clients that mean a plus escape it.
  const query = toPairs(url.search.slice(1).replaceAll("+", "%20"), "&");
  const sources = { path, query, cookies: toPairs(cookie, ";"), headers, reserved };
  const { values, faults } = readParameters(operation, sources, shapes);
  const { body } = operation;
  if (body === null) {
    if (faults.length > 0) return { faults };
    return { input: Object.keys(operation.parameters).length === 0 ? undefined : values };
  }
  const reading = readRequestBody(request, body, shapes);
  if ("status" in reading) return reading;
  const all = [...faults, ...(reading.faults ?? [])];
  if (all.length > 0 || reading.faults !== undefined) return { faults: all };
  const { value } = reading;
  switch (body.at) {
    case "whole":
      return { input: value };
    case "member":
      return { input: value === undefined ? values : { ...values, body: value } };
    case "rest":
      return { input: withMembers(value, values) };
  }
}

/** Parameters stand before members of the same name: so the client has it. */
function withMembers(body: unknown, values: Readonly<Record<string, unknown>>): unknown {
  const input: Record<string, unknown> = {};
  for (const part of [isRecord(body) ? body : {}, values])
    for (const [name, value] of Object.entries(part)) setOwnMember(input, name, value);
  return input;
}
