/*
 * The shapes that have names: which schema is called what, on which side. A schema that means the same both ways is
 * one shape; one that does not, because labels are closed on the way in, files are read otherwise or members come and
 * go, is two.
 */
import type { JsonShape } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../model/deployment-model.js";
import { createShapeNames } from "./schema-names.js";
import type { ResolvedSpec } from "./spec-types.js";

/** Which way the values of a shape go. */
export type Side = "input" | "output";

/** What a shape that is to have a name is known by. */
export interface Candidate {
  /** The same for the same schema. */
  readonly key: string;
  readonly side: Side;
  /** What it is called where that is free. */
  readonly name: string;
  /** Of the schema that is to be called so, or undefined. */
  readonly pointer: string | undefined;
  /** Makes it. Called once, later: what is large may refer to itself. */
  readonly make: () => Made;
}

/** A shape with what goes with its name. */
export interface Made extends Pick<NamedShapeModel, "shape" | "doc" | "docs" | "wireType"> {
  /** Whether its members depend on the side. */
  readonly sided: boolean;
}

/** The named shapes of one model. */
export interface ShapeRegistry {
  /** The name of this shape, made now or before. */
  readonly enter: (candidate: Candidate) => JsonShape;
  /** Whether a shape of this key and side has a name already. */
  readonly has: (key: string, side: Side) => boolean;
  /** Makes what was entered, and what is entered by that. */
  readonly complete: () => void;
  readonly shapes: () => readonly NamedShapeModel[];
}

interface Entry {
  readonly name: string;
  readonly make: () => Made;
  side: Side | "both";
  made: Made | undefined;
  /** Whether it or anything below it differs from side to side; true until that is known. */
  differs: boolean;
}

/** A registry without shapes. */
export function createShapeRegistry(spec: ResolvedSpec): ShapeRegistry {
  const names = createShapeNames(spec);
  const entries = new Map<string, Entry>();
  const byKey = new Map<string, Entry[]>();
  const pending: Entry[] = [];

  const enter: ShapeRegistry["enter"] = ({ key, side, name, pointer, make }) => {
    const known = byKey.get(key) ?? [];
    const same = known.find((entry) => entry.side === side || entry.side === "both");
    const shared = same ?? known.find(({ differs }) => !differs);
    if (shared !== undefined) {
      if (same === undefined) widen(shared);
      return { type: "named", name: shared.name };
    }
    const wanted = known.length === 0 ? name : `${name}${side === "output" ? "Output" : "Input"}`;
    const entry: Entry = { name: names.claim(wanted, pointer), make, side, made: undefined, differs: true };
    entries.set(entry.name, entry);
    byKey.set(key, [...known, entry]);
    pending.push(entry);
    return { type: "named", name: entry.name };
  };

  const widen = (start: Entry): void => {
    const below = [start];
    for (let entry = below.pop(); entry !== undefined; entry = below.pop()) {
      if (entry.side === "both") continue;
      entry.side = "both";
      below.push(...namesIn(entry.made?.shape).flatMap((name) => entries.get(name) ?? []));
    }
  };

  const complete = (): void => {
    const fresh: Entry[] = [];
    // What is made enters more while the loop runs.
    for (let at = 0; at < pending.length; at += 1) {
      const entry = pending[at];
      if (entry === undefined) continue;
      entry.made = entry.make();
      fresh.push(entry);
    }
    pending.length = 0;
    settle(fresh, entries);
  };

  return {
    enter,
    has: (key, side) => (byKey.get(key) ?? []).some((entry) => entry.side === side || entry.side === "both"),
    complete,
    shapes: () => [...entries.values()].flatMap(toModel),
  };
}

/** Finds out which of these differ from side to side: those that do themselves, and whatever calls them by name. */
function settle(fresh: readonly Entry[], entries: ReadonlyMap<string, Entry>): void {
  const callers = new Map<Entry, Entry[]>();
  const differing: Entry[] = [];
  for (const entry of fresh) {
    entry.differs = false;
    for (const called of namesIn(entry.made?.shape).flatMap((name) => entries.get(name) ?? [])) {
      const known = callers.get(called);
      if (known === undefined) callers.set(called, [entry]);
      else known.push(entry);
    }
  }
  for (const entry of fresh)
    if (entry.made !== undefined && (entry.made.sided || isSided(entry.made.shape))) differing.push(entry);
  for (const called of callers.keys()) if (called.differs) differing.push(called);
  for (let entry = differing.pop(); entry !== undefined; entry = differing.pop()) {
    entry.differs = true;
    differing.push(...(callers.get(entry) ?? []).filter((caller) => !caller.differs));
  }
}

function toModel({ name, side, made }: Entry): readonly NamedShapeModel[] {
  if (made === undefined) return [];
  const { doc, shape, docs, wireType } = made;
  return [{ name, doc, shape, docs, side, wireType }];
}

/** Whether labels or files stand in a shape, names not followed. */
function isSided(shape: JsonShape): boolean {
  return shape.type === "enum" || shape.type === "file" || below(shape).some(isSided);
}

/** The names that a shape calls, each as often as it does. */
function namesIn(shape: JsonShape | undefined): readonly string[] {
  if (shape === undefined) return [];
  return shape.type === "named" ? [shape.name] : below(shape).flatMap(namesIn);
}

/** The shapes that stand in a shape. */
export function below(shape: JsonShape): readonly JsonShape[] {
  switch (shape.type) {
    case "list":
      return [shape.items];
    case "tuple":
      return [...shape.items, ...(shape.rest === undefined ? [] : [shape.rest])];
    case "record":
      return [shape.values];
    case "object": {
      const rest = shape.rest === undefined || shape.rest === false ? [] : [shape.rest];
      return [...Object.values(shape.members).map((member) => member.shape), ...rest];
    }
    case "union":
      return shape.of;
    default:
      return [];
  }
}
