import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { ownMember } from "../own-member.js";
import type { JsonShape, ObjectShape, RecordShape } from "../shapes/json-shape.js";
import { describeShapes, statedShapes } from "../shapes/stated-shapes.js";
import { isMap } from "../shapes/value-kinds.js";
import { missingInput, unknownInput } from "./input-names.js";
import type { WriteRules } from "./service-operation.js";

/** One member of a body, and what it has to look like. */
export interface BodyMember {
  readonly name: string;
  readonly value: unknown;
  readonly shape: JsonShape;
}

const any: JsonShape = { type: "any" };

/**
 * What `write` makes of the members of a body, by the first object of its shape that they fit; those that are undefined
 * are left out. Throws `wrong-type` where the body is no object, `missing-feature` and `unknown-feature`.
 */
export function withBodyMembers<Written>(
  body: unknown,
  shape: JsonShape,
  { shapes, validate }: WriteRules,
  write: (members: readonly BodyMember[]) => Written,
): Written {
  const alternatives = statedShapes(shape, shapes);
  let fault: DeploymentError | undefined;
  if (isMap(body)) {
    for (const one of alternatives) {
      if (one.type !== "object" && one.type !== "record" && one.type !== "any") continue;
      try {
        return write(toMembers(body, one, validate));
      } catch (error) {
        if (!isDeploymentError(error)) throw error;
        fault ??= error;
      }
    }
  }
  const what = `The body is ${shown(body)}, expected ${describeShapes(alternatives)} with members`;
  throw fault ?? new DeploymentError("wrong-type", `${what}.`, { feature: "body" });
}

function toMembers(
  body: Readonly<Record<string, unknown>>,
  shape: ObjectShape | RecordShape | { readonly type: "any" | "null" | "text" | "boolean" },
  validate: boolean,
): readonly BodyMember[] {
  const given = Object.keys(body).filter((name) => body[name] !== undefined);
  if (shape.type !== "object") {
    const values = shape.type === "record" ? shape.values : any;
    return given.map((name) => ({ name, value: body[name], shape: values }));
  }
  const { members, rest } = shape;
  const stated = Object.entries(members).flatMap(([name, member]) => {
    const value = ownMember(body, name);
    if (value !== undefined) return [{ name, value, shape: member.shape }];
    if (!validate || member.optional === true) return [];
    throw missingInput(name);
  });
  const others = given.filter((name) => !Object.hasOwn(members, name));
  const [strange] = others;
  if (strange !== undefined && validate && rest === false) {
    throw unknownInput(strange, Object.keys(members));
  }
  const otherShape = rest === undefined || rest === false ? any : rest;
  return [...stated, ...others.map((name) => ({ name, value: body[name], shape: otherShape }))];
}
