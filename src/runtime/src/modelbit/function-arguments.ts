import { missingFeature, rowMembers } from "../client/row-members.js";
import { isDeploymentError } from "../errors.js";
import { ownMember, setOwnMember } from "../own-member.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { readFiles } from "../shapes/read-files.js";
import { isFile } from "../shapes/resolved-file.js";
import { statedShapes } from "../shapes/stated-shapes.js";
import { isMap } from "../shapes/value-kinds.js";
import { writeShaped } from "../shapes/write-shape.js";

/** The arguments of a function, in the order in which it takes them. */
export interface FunctionSignature {
  readonly form: "arguments" | "rows";
  readonly parameters: readonly Parameter[];
  /** What the shapes of the arguments call by name. */
  readonly shapes: Readonly<Record<string, JsonShape>>;
}

/** An argument; only the last ones can be optional. */
interface Parameter extends MemberShape {
  readonly name: string;
}

/** One call's arguments as JSON texts by position; in DataFrame mode one text, the object of columns. */
export async function writeArguments(
  given: unknown,
  signature: FunctionSignature,
): Promise<readonly string[]> {
  const { form, parameters } = signature;
  const [only, ...others] = parameters;
  const bare = form === "arguments" && only !== undefined && others.length === 0;
  const named = bare ? await byName(given, only, signature) : given;
  const members = rowMembers(named, new Set(parameters.map(({ name }) => name)));
  const texts: string[] = [];
  let left: string | undefined;
  for (const parameter of parameters) {
    const { name, optional } = parameter;
    const value = ownMember(members, name);
    if (value === undefined) {
      if (optional !== true) throw missingFeature(name);
      left ??= name;
      continue;
    }
    // What follows an argument that is left out would take its place.
    if (form === "arguments" && left !== undefined) throw missingFeature(left);
    const text = await writeArgument(value, parameter, signature);
    texts.push(form === "arguments" ? text : `${JSON.stringify(name)}:${text}`);
  }
  return form === "arguments" ? texts : [`{${texts.join(",")}}`];
}

async function writeArgument(
  value: unknown,
  { name, shape }: Parameter,
  { shapes }: FunctionSignature,
): Promise<string> {
  const ready = await readFiles(value, shape, { shapes, feature: name });
  return writeShaped(ready, shape, { shapes, feature: name, validate: true });
}

/** What a function of one argument is called with, by the argument's name: callers may give the bare value. */
async function byName(given: unknown, only: Parameter, signature: FunctionSignature): Promise<unknown> {
  const { name, shape } = only;
  if (isMap(given) && !isFile(given)) {
    const names = Object.keys(given).filter((key) => given[key] !== undefined);
    const takesObjects = statedShapes(shape, signature.shapes).some(({ type }) =>
      ["any", "record", "object"].includes(type),
    );
    if (!takesObjects) return given;
    if (names.length === 1 && names[0] === name) {
      const named = await fits(given[name], only, signature);
      // Where neither fits, the mistake is inside of the argument that the caller has named.
      if (named || !(await fits(given, only, signature))) return given;
    }
  }
  const row: Record<string, unknown> = {};
  setOwnMember(row, name, given);
  return row;
}

/** A dictionary may have a member of its argument's own name: what is inside decides. */
async function fits(value: unknown, parameter: Parameter, signature: FunctionSignature): Promise<boolean> {
  try {
    await writeArgument(value, parameter, signature);
    return true;
  } catch (error) {
    if (isDeploymentError(error)) return false;
    throw error;
  }
}
