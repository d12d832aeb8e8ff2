/*
 * Files on their way out: in goes a value with Blobs and files of the disk in it, out comes the same value with all of
 * them read, so that whoever writes it need not wait.
 */
import { prepareFile } from "../coders/image-input.js";
import { setOwnMember } from "../own-member.js";
import type { JsonShape } from "./json-shape.js";
import { deepest, inside, placeText } from "./place.js";
import type { Place } from "./place.js";
import { isFile, isResolvedFile, toResolvedFile } from "./resolved-file.js";
import { statedShapes } from "./stated-shapes.js";
import type { Shapes, StatedShape } from "./stated-shapes.js";
import { isMap } from "./value-kinds.js";

/** What reading files takes to know beside the shape. */
export interface FilesContext {
  readonly shapes: Shapes;
  /** The name of the outermost value, for messages; empty where it has none. */
  readonly feature: string;
}

interface Reading extends FilesContext {
  readonly place: Place | undefined;
}

/**
 * `value` with a `ResolvedFile` wherever the shape has a file and the value is one; the same object where there is
 * none. Text, which may be an address, stays. `wrong-type` where a file cannot be read.
 */
export async function readFiles(value: unknown, shape: JsonShape, context: FilesContext): Promise<unknown> {
  const { shapes, feature } = context;
  const alternatives = statedShapes(shape, shapes);
  return hasFile(shape, shapes)
    ? await read(value, alternatives, { shapes, feature, place: undefined })
    : value;
}

async function read(value: unknown, alternatives: readonly StatedShape[], at: Reading): Promise<unknown> {
  // Whatever is as deep as that is refused when it is written.
  if (typeof value !== "object" || value === null || (at.place?.depth ?? 0) > deepest) return value;
  if (alternatives.some(({ type }) => type === "file") && isFile(value)) {
    if (isResolvedFile(value)) return value;
    const prepared = await prepareFile(value, placeText(at.feature, at.place));
    return toResolvedFile(prepared, at);
  }
  if (Array.isArray(value)) return await readItems(value, alternatives, at);
  return isMap(value) ? await readMembers(value, alternatives, at) : value;
}

async function readItems(
  value: readonly unknown[],
  alternatives: readonly StatedShape[],
  at: Reading,
): Promise<unknown> {
  const ofItem = (index: number): readonly (JsonShape | undefined)[] =>
    alternatives.map((one) => {
      if (one.type === "list") return one.items;
      return one.type === "tuple" ? (one.items[index] ?? one.rest) : undefined;
    });
  const longest = Math.max(0, ...alternatives.map((one) => (one.type === "tuple" ? one.items.length : 0)));
  const others = withFiles(ofItem(longest), at.shapes);
  const items: unknown[] = [];
  let changed = false;
  for (const [index, item] of value.entries()) {
    const shapes = index < longest ? withFiles(ofItem(index), at.shapes) : others;
    if (shapes.length === 0 && longest <= index && !changed && items.length === 0) return value;
    const now = shapes.length === 0 ? item : await read(item, shapes, step(at, index));
    changed ||= now !== item;
    items.push(now);
  }
  return changed ? items : value;
}

async function readMembers(
  value: Readonly<Record<string, unknown>>,
  alternatives: readonly StatedShape[],
  at: Reading,
): Promise<unknown> {
  const members: Record<string, unknown> = {};
  let changed = false;
  for (const [name, inner] of Object.entries(value)) {
    const shapes = withFiles(
      alternatives.map((one) => memberShape(one, name)),
      at.shapes,
    );
    const now = shapes.length === 0 ? inner : await read(inner, shapes, step(at, name));
    changed ||= now !== inner;
    setOwnMember(members, name, now);
  }
  return changed ? members : value;
}

function memberShape(shape: StatedShape, name: string): JsonShape | undefined {
  if (shape.type === "record") return shape.values;
  if (shape.type !== "object") return undefined;
  const stated = Object.hasOwn(shape.members, name) ? shape.members[name]?.shape : undefined;
  return stated ?? (shape.rest === false ? undefined : shape.rest);
}

/** The alternatives of those shapes that hold a file anywhere, each once. */
function withFiles(shapes: readonly (JsonShape | undefined)[], named: Shapes): readonly StatedShape[] {
  const found = new Set<StatedShape>();
  for (const shape of shapes) {
    if (shape === undefined || !hasFile(shape, named)) continue;
    for (const stated of statedShapes(shape, named)) if (hasFile(stated, named)) found.add(stated);
  }
  return [...found];
}

function step(at: Reading, name: string | number): Reading {
  return { shapes: at.shapes, feature: at.feature, place: inside(at.place, name) };
}

const known = new WeakMap<Shapes, WeakMap<JsonShape, boolean>>();

/** Whether values of this shape may hold a file. */
function hasFile(shape: JsonShape, shapes: Shapes): boolean {
  let ofShapes = known.get(shapes);
  if (ofShapes === undefined) known.set(shapes, (ofShapes = new WeakMap<JsonShape, boolean>()));
  let answer = ofShapes.get(shape);
  if (answer === undefined) ofShapes.set(shape, (answer = findFile(shape, shapes)));
  return answer;
}

function findFile(shape: JsonShape, shapes: Shapes): boolean {
  const seen = new Set<StatedShape>();
  const open: StatedShape[] = [...statedShapes(shape, shapes)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === "file") return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const inner of innerShapes(next)) open.push(...statedShapes(inner, shapes));
  }
  return false;
}

function innerShapes(shape: StatedShape): readonly JsonShape[] {
  switch (shape.type) {
    case "list":
      return [shape.items];
    case "tuple":
      return shape.rest === undefined ? shape.items : [...shape.items, shape.rest];
    case "record":
      return [shape.values];
    case "object": {
      const members = Object.values(shape.members).map((member) => member.shape);
      return shape.rest === undefined || shape.rest === false ? members : [...members, shape.rest];
    }
    default:
      return [];
  }
}
