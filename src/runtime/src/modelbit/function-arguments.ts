import { missingFeature, rowMembers } from "../client/row-members.js";
import { DeploymentError, isDeploymentError } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { JsonShape } from "./json-shape.js";
import { writeShaped } from "./json-text.js";

/** The arguments of a function, in the order in which it takes them. */
export interface FunctionSignature {
  readonly form: "arguments" | "rows";
  readonly parameters: readonly { readonly name: string; readonly shape: JsonShape }[];
}

/** One call's arguments as JSON texts by position; in DataFrame mode one text, the object of columns. */
export function writeArguments(given: unknown, { form, parameters }: FunctionSignature): readonly string[] {
  const [only, ...others] = parameters;
  const named =
    form === "arguments" && only !== undefined && others.length === 0 ? byName(given, only) : given;
  const members = rowMembers(named, new Set(parameters.map(({ name }) => name)));
  const texts = parameters.map(({ name, shape }) => {
    const value = ownMember(members, name);
    if (value === undefined) throw missingFeature(name);
    return writeShaped(value, shape, name);
  });
  if (form === "arguments") return texts;
  return [
    `{${parameters.map(({ name }, index) => `${JSON.stringify(name)}:${texts[index] ?? "null"}`).join(",")}}`,
  ];
}

/** What a function of one argument is called with, by the argument's name: callers may give the bare value. */
function byName(given: unknown, { name, shape }: FunctionSignature["parameters"][number]): unknown {
  if (isRecord(given)) {
    const names = Object.keys(given).filter((key) => given[key] !== undefined);
    const takesObjects = shape.type === "any" || shape.type === "record" || shape.type === "object";
    if (!takesObjects) return given;
    if (names.length === 1 && names[0] === name && fits(given[name], shape, name)) return given;
  }
  const row: Record<string, unknown> = {};
  setOwnMember(row, name, given);
  return row;
}

/** A dictionary may have a member of its argument's own name: what is inside decides. */
function fits(value: unknown, shape: JsonShape, name: string): boolean {
  try {
    writeShaped(value, shape, name);
    return true;
  } catch (error) {
    if (isDeploymentError(error)) return false;
    throw new DeploymentError("wrong-type", `The argument ${JSON.stringify(name)} could not be read.`, {
      cause: error,
    });
  }
}
