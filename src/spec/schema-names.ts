import { isObject, ownMember, parsePointer } from "./pointer.js";
import type { ResolvedSpec } from "./spec-types.js";

/** Gives out the names of shapes, each once: what `components/schemas` calls a schema is kept for that schema. */
export interface ShapeNames {
  /** `wanted`, or the next that is free; `pointer` is that of the schema that is to be called so. */
  readonly claim: (wanted: string, pointer: string | undefined) => string;
}

/** The names of one model. */
export function createShapeNames(spec: ResolvedSpec): ShapeNames {
  const schemas = ownMember(ownMember(spec.root, "components"), "schemas");
  const kept = new Set(isObject(schemas) ? Object.keys(schemas) : []);
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const claim: ShapeNames["claim"] = (wanted, pointer) => {
    const base = wanted.slice(0, 100) || "Value";
    const isOwn =
      wanted !== "" &&
      pointer !== undefined &&
      isSchemaComponent(pointer) &&
      componentName(pointer) === wanted;
    if (isOwn && !taken.has(wanted)) {
      taken.add(wanted);
      return wanted;
    }
    for (let count = counts.get(base) ?? 1; ; count += 1) {
      const name = count === 1 ? base : `${base}${count}`;
      if (taken.has(name) || kept.has(name)) continue;
      counts.set(base, count + 1);
      taken.add(name);
      return name;
    }
  };
  return { claim };
}

/** What the description calls the schema at `pointer`; undefined where it has no name of its own. */
export function componentName(pointer: string): string | undefined {
  const keys = parsePointer(pointer) ?? [];
  const section = keys.at(-2);
  const named =
    (keys.length === 3 && keys[0] === "components") || section === "$defs" || section === "definitions";
  return named ? keys.at(-1) : undefined;
}

/** Whether a schema stands by itself at `#/components/schemas/NAME`. */
export function isSchemaComponent(pointer: string): boolean {
  return /^\/components\/schemas\/[^/]*$/.test(pointer);
}

/** A title as a name: its words joined, or undefined where it reads like a sentence or like nothing. */
export function titleName(title: string): string | undefined {
  const words = title.split(/[\s_-]+/).filter((word) => word !== "");
  const isName = title.length <= 60 && words.length <= 6 && /^[\p{L}_][\p{L}\p{N}_\s-]*$/u.test(title);
  return isName && words.length > 0 ? words.map(capitalised).join("") : undefined;
}

/** A name for what stands at the member `key` of what is called `name`. */
export function memberName(name: string, key: string): string {
  const words = key.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return name + words.map(capitalised).join("");
}

function capitalised(word: string): string {
  const [first = ""] = word;
  return first.toUpperCase() + word.slice(first.length);
}
