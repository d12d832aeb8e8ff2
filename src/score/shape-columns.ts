/*
 * A shape comes in; the columns of a table go out in which values of it are written: one for each stated member, and
 * where a member is an object itself one for each member of that. What lies deeper is JSON in a cell.
 */
import type { JsonShape } from "@gen-deploy/runtime";
import type { BoundOperation } from "../bind/bound-deployment.js";
import { memberOf } from "./member-of.js";

/** What the cells of a column hold; `text` is whatever can be written. */
export type CellType = "number" | "integer" | "boolean" | "text";

/** A place in an object that has a column of its own. */
export interface ShapeColumn {
  readonly path: readonly string[];
  readonly type: CellType;
}

/** Shapes by the name that others call them by. */
export type NamedShapes = Readonly<Record<string, JsonShape>>;

/** The columns of an object with stated members; undefined for anything else. */
export function shapeColumns(shape: JsonShape, shapes: NamedShapes): readonly ShapeColumn[] | undefined {
  return membersOf(shape, shapes)?.flatMap(([name, member]): readonly ShapeColumn[] => {
    const inner = membersOf(member, shapes);
    if (inner === undefined) return [{ path: [name], type: cellType(member, shapes) }];
    return inner.map(([innerName, innermost]) => ({
      path: [name, innerName],
      type: cellType(innermost, shapes),
    }));
  });
}

/** What a cell holds where values of `shape` are written. */
export function cellType(shape: JsonShape, shapes: NamedShapes): CellType {
  const stated = statedShape(shape, shapes);
  switch (stated?.type) {
    case "number":
    case "integer":
    case "boolean":
      return stated.type;
    case "enum": {
      const kinds = new Set(stated.values.filter((value) => value !== null).map((value) => typeof value));
      if (kinds.size !== 1) return "text";
      return kinds.has("number") ? "number" : kinds.has("boolean") ? "boolean" : "text";
    }
    default:
      return "text";
  }
}

/** What an operation of a service answers with when it succeeds; a list of items where they come one by one. */
export function replyShape(operation: BoundOperation | undefined): JsonShape {
  const successes = (operation?.replies ?? []).filter(({ status }) => status.startsWith("2"));
  const [first, ...others] = successes.map(({ form, shape }): JsonShape => {
    if (form === "bytes") return { type: "file", form: "binary" };
    if (form === "none") return { type: "null" };
    return form === "events" || form === "lines" ? { type: "list", items: shape } : shape;
  });
  if (first === undefined) return { type: "any" };
  return others.length === 0 ? first : { type: "union", of: [first, ...others] };
}

function membersOf(
  shape: JsonShape,
  shapes: NamedShapes,
): readonly (readonly [string, JsonShape])[] | undefined {
  const stated = statedShape(shape, shapes);
  if (stated?.type === "object") {
    const members = Object.entries(stated.members);
    return members.length === 0 ? undefined : members.map(([name, member]) => [name, member.shape]);
  }
  if (stated?.type === "record" && stated.keys !== undefined && stated.keys.length > 0)
    return stated.keys.map((name) => [name, stated.values]);
  return undefined;
}

/** The shape behind names, and behind null where that is all that else may stand there. */
function statedShape(shape: JsonShape, shapes: NamedShapes): JsonShape | undefined {
  let stated: JsonShape | undefined = shape;
  // Names may lead to themselves.
  for (let steps = 0; steps < 32 && stated !== undefined; steps += 1) {
    if (stated.type === "named") stated = memberOf(shapes, stated.name);
    else if (stated.type !== "union") return stated;
    else {
      const [only, ...others]: readonly JsonShape[] = stated.of.filter(({ type }) => type !== "null");
      if (others.length > 0) return undefined;
      stated = only;
    }
  }
  return undefined;
}
