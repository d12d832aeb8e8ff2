import { inputError } from "../coders/coder-error.js";
import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { JsonShape } from "./json-shape.js";

/** Deeper values are refused: they may have no end. */
const deepest = 200;

/** `value` as JSON text, if it has the shape; `wrong-type` naming `feature` otherwise. */
export function writeShaped(value: unknown, shape: JsonShape, feature: string, depth: number = 0): string {
  if (depth > deepest) throw inputError("wrong-type", feature, `is deeper than ${deepest} levels`);
  const wrong = (due: string): DeploymentError =>
    inputError("wrong-type", feature, `has ${shown(value)}, expected ${due}`);
  const write = (inner: unknown, of: JsonShape): string => writeShaped(inner, of, feature, depth + 1);
  switch (shape.type) {
    case "integer":
      if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
      throw wrong("a whole number");
    case "number":
      if (typeof value === "number" && Number.isFinite(value))
        return Object.is(value, -0) ? "-0.0" : String(value);
      throw wrong("a finite number");
    case "text":
      if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
      throw wrong("well-formed text");
    case "boolean":
      if (typeof value === "boolean") return String(value);
      throw wrong("true or false");
    case "list":
      if (!Array.isArray(value)) throw wrong("a list");
      return `[${Array.from(value, (item: unknown) => write(item, shape.items)).join(",")}]`;
    case "record":
      if (!isPlain(value)) throw wrong("an object");
      return writeMembers(Object.entries(value), (inner) => write(inner, shape.values));
    case "object": {
      if (!isPlain(value)) throw wrong("an object");
      const strange = Object.keys(value).find((name) => !Object.hasOwn(shape.members, name));
      if (strange !== undefined)
        throw inputError("wrong-type", feature, `has the unknown member ${shown(strange)}`);
      const members = Object.entries(shape.members).map(([name, of]) => {
        const inner = ownMember(value, name);
        if (inner === undefined) throw inputError("wrong-type", feature, `lacks the member ${shown(name)}`);
        return `${JSON.stringify(name)}:${write(inner, of)}`;
      });
      return `{${members.join(",")}}`;
    }
    case "any":
      if (value === null) return "null";
      return write(value, shapeOf(value) ?? refuse(wrong("a JSON value")));
  }
}

/** `value`, if a reply's value has the shape; `bad-reply` otherwise. Members that the shape lacks are left out. */
export function readShaped(value: unknown, shape: JsonShape): unknown {
  const wrong = (due: string): DeploymentError =>
    new DeploymentError("bad-reply", `The reply has ${shown(value)}, expected ${due}.`);
  switch (shape.type) {
    case "any":
      return value;
    case "integer":
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : refuse(wrong("a number"));
    case "text":
      return typeof value === "string" ? value : refuse(wrong("text"));
    case "boolean":
      return typeof value === "boolean" ? value : refuse(wrong("true or false"));
    case "list":
      if (!Array.isArray(value)) throw wrong("a list");
      return value.map((item: unknown) => readShaped(item, shape.items));
    case "record":
      if (!isRecord(value)) throw wrong("an object");
      return ofEntries(Object.entries(value).map(([name, inner]) => [name, readShaped(inner, shape.values)]));
    case "object":
      if (!isRecord(value)) throw wrong("an object");
      return ofEntries(
        Object.entries(shape.members).map(([name, of]) => {
          if (!Object.hasOwn(value, name)) throw wrong(`an object with ${shown(name)}`);
          return [name, readShaped(value[name], of)];
        }),
      );
  }
}

function writeMembers(
  entries: readonly (readonly [string, unknown])[],
  write: (value: unknown) => string,
): string {
  const present = entries.filter(([, value]) => value !== undefined);
  return `{${present.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(",")}}`;
}

const any: JsonShape = { type: "any" };

/** The outermost shape of a value that JSON can hold. */
function shapeOf(value: unknown): JsonShape | undefined {
  if (typeof value === "number") return { type: "number" };
  if (typeof value === "string") return { type: "text" };
  if (typeof value === "boolean") return { type: "boolean" };
  if (Array.isArray(value)) return { type: "list", items: any };
  return isPlain(value) ? { type: "record", values: any } : undefined;
}

/** Whether `value` is an object for the sake of its members alone: no Date, Map or typed array. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function ofEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) setOwnMember(object, name, value);
  return object;
}

function refuse(error: DeploymentError): never {
  throw error;
}
