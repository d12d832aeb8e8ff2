/*
 * Requests as Modelbit takes them: `{"data": …}`, of one call or of a batch. In goes the body's text, out come the calls
 * with their arguments by name, or the error that the service answers with.
 */
import { shown } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { readStrictly } from "./read-strictly.js";

/** What a descriptor says of a function. */
export interface MockedFunction {
  readonly form: "arguments" | "rows";
  readonly order: readonly string[];
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly shapes?: Readonly<Record<string, JsonShape>>;
}

/** A call of the function; of one that came by itself there is no id. */
export interface GivenCall {
  readonly id: string | number | undefined;
  /** By name, as the caller's types have them. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** What a request asks for. */
export interface GivenCalls {
  readonly calls: readonly GivenCall[];
  readonly links: boolean;
}

/** Why a request is refused: the service's own words, or the end of a traceback of Python's. */
export class FunctionFault extends Error {
  override readonly name: string = "FunctionFault";
  readonly status: number;
  readonly inPython: boolean;

  constructor(
    message: string,
    { status = 400, inPython = false }: { readonly status?: number; readonly inPython?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.inPython = inPython;
  }
}

/** How long a function may run where nobody waits for it by a webhook, in seconds. */
const longestTime = 300;

/** What the body asks for; throws a `FunctionFault` where the function cannot be called like that. */
export function readCalls(body: unknown, called: MockedFunction): GivenCalls {
  if (!isRecord(body) || !Object.hasOwn(body, "data"))
    throw new FunctionFault('The request must be an object with "data".');
  const format = ownMember(body, "response_format") ?? undefined;
  if (format !== undefined && format !== "links")
    throw new FunctionFault(`response_format is ${shown(format)}, expected "links".`);
  checkTime(ownMember(body, "timeout_seconds") ?? undefined, ownMember(body, "response_webhook"));
  return { calls: callsIn(body["data"], called), links: format === "links" };
}

function checkTime(seconds: unknown, webhook: unknown): void {
  if (seconds === undefined) return;
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 1)
    throw new FunctionFault(`timeout_seconds is ${shown(seconds)}, expected a whole number from 1 on.`);
  if (seconds > longestTime && typeof webhook !== "string")
    throw new FunctionFault(
      `timeout_seconds is ${seconds}; more than ${longestTime} needs a response_webhook.`,
    );
}

/** A list whose first element is a list is a batch, whatever it was meant to be. */
function callsIn(data: unknown, called: MockedFunction): readonly GivenCall[] {
  if (!isList(data)) {
    if (called.form === "rows") throw noBatch();
    return [{ id: undefined, given: positional([data], called) }];
  }
  if (!isList(data[0])) {
    if (called.form === "rows") throw noBatch();
    return [{ id: undefined, given: positional(data, called) }];
  }
  const ids = new Set<string>();
  return data.map((row, index) => {
    if (!isList(row)) throw new FunctionFault(`The row ${index} of the batch is ${shown(row)}, not a list.`);
    const [id, ...values] = row;
    if (typeof id !== "string" && typeof id !== "number")
      throw new FunctionFault(`The row ${index} of the batch has ${shown(id)} for its id.`);
    if (ids.has(String(id))) throw new FunctionFault(`The batch has the id ${shown(id)} twice.`);
    ids.add(String(id));
    return { id, given: called.form === "rows" ? columns(values, called) : positional(values, called) };
  });
}

function noBatch(): FunctionFault {
  return new FunctionFault("In DataFrame mode the data must be a list of lists, each an id and an object.");
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function positional(values: readonly unknown[], called: MockedFunction): GivenCall["given"] {
  const { order } = called;
  if (values.length > order.length) {
    const takes = `${order.length} positional argument${order.length === 1 ? "" : "s"}`;
    const were = values.length === 1 ? "was" : "were";
    throw inPython("TypeError", `the function takes ${takes} but ${values.length} ${were} given`);
  }
  const given: Record<string, unknown> = {};
  for (const [index, name] of order.entries()) {
    if (index < values.length) setOwnMember(given, name, held(values[index], name, called));
    else if (memberOf(called, name)?.optional !== true)
      throw inPython("TypeError", `the function is missing the required positional argument '${name}'`);
  }
  return given;
}

function columns(values: readonly unknown[], called: MockedFunction): GivenCall["given"] {
  const [row, ...others] = values;
  if (!isRecord(row) || others.length > 0) throw noBatch();
  const stranger = Object.keys(row).find((name) => !called.order.includes(name));
  if (stranger !== undefined)
    throw inPython("KeyError", `the column ${shown(stranger)} is not in the DataFrame`);
  const given: Record<string, unknown> = {};
  for (const name of called.order) {
    if (Object.hasOwn(row, name)) setOwnMember(given, name, held(row[name], name, called));
    else if (memberOf(called, name)?.optional !== true) throw inPython("KeyError", shown(name));
  }
  return given;
}

function memberOf({ inputs }: MockedFunction, name: string): MemberShape | undefined {
  return Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

function held(value: unknown, name: string, called: MockedFunction): unknown {
  const shape = memberOf(called, name)?.shape ?? { type: "any" };
  const read = readStrictly(value, shape, { shapes: called.shapes ?? {}, loc: [] });
  if (read.faults === undefined) return read.value;
  const [fault] = read.faults;
  const place = (fault?.loc ?? []).map((step) => `[${JSON.stringify(step)}]`).join("");
  throw inPython("TypeError", `${name}${place}: ${fault?.msg ?? "the value does not fit"}`);
}

function inPython(kind: string, words: string): FunctionFault {
  // Python itself answers here, and the service passes on what it says as it would a result.
  return new FunctionFault(`${kind}: ${words}`, { status: 200, inPython: true });
}
