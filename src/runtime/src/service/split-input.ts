import { DeploymentError, shown } from "../errors.js";
import { ownMember, setOwnMember } from "../own-member.js";
import { isFile } from "../shapes/resolved-file.js";
import { isMap } from "../shapes/value-kinds.js";
import { missingInput, unknownInput } from "./input-names.js";
import type { AnyOperationDescriptor } from "./service-operation.js";

/** What a method was called with, taken apart. */
export interface SplitInput {
  /** The parameters that were given, by their names among the inputs. */
  readonly parameters: ReadonlyMap<string, unknown>;
  /** Undefined where no body goes out. */
  readonly body: unknown;
}

/**
 * The parameters and the body in what a method was called with. Throws `bad-row` where it is no object and should be,
 * `missing-feature`, and `unknown-feature` where no body takes what is no parameter. Without `validate` the service is
 * left to complain about those two, but for what a path needs.
 */
export function splitInput(given: unknown, operation: AnyOperationDescriptor, validate: boolean): SplitInput {
  const { body, parameters } = operation;
  if (body?.at === "whole") {
    if (given === undefined && body.optional !== true) throw missingInput("body");
    return { parameters: new Map(), body: given };
  }
  const members = toMembers(given);
  const names = Object.keys(parameters);
  const known = body?.at === "member" ? [...names, "body"] : names;
  if (validate && body?.at !== "rest") refuseOthers(members, known);
  const found = new Map<string, unknown>();
  for (const name of names) {
    const value = ownMember(members, name);
    if (value !== undefined) found.set(name, value);
    else if (mustHave(operation, name, validate)) throw missingInput(name);
  }
  return { parameters: found, body: toBody(members, operation, validate) };
}

function toMembers(given: unknown): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (isMap(given) && !isFile(given)) return given;
  throw new DeploymentError(
    "bad-row",
    `The input is ${shown(given)}, not an object with its values as members.`,
  );
}

function refuseOthers(members: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  for (const name of Object.keys(members)) {
    if (known.includes(name) || members[name] === undefined) continue;
    throw unknownInput(name, known);
  }
}

function mustHave({ parameters }: AnyOperationDescriptor, name: string, validate: boolean): boolean {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return parameter?.place.in === "path" || (validate && parameter?.optional !== true);
}

function toBody(
  members: Readonly<Record<string, unknown>>,
  { body, parameters }: AnyOperationDescriptor,
  validate: boolean,
): unknown {
  if (body === null) return undefined;
  if (body.at === "member") {
    const value = ownMember(members, "body");
    if (value === undefined && body.optional !== true && validate) throw missingInput("body");
    return value;
  }
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) {
    if (!Object.hasOwn(parameters, name) && value !== undefined) setOwnMember(rest, name, value);
  }
  return body.optional === true && Object.keys(rest).length === 0 ? undefined : rest;
}
