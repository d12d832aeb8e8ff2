/*
 * A schema comes in, the alternatives that it allows go out, each as a list of schemas that hold at once: references
 * followed, `allOf` taken apart, `anyOf` and `oneOf` spread out. Nothing here throws, and nothing grows without end.
 */
import { appendPointer, isArray, isObject, ownMember } from "./pointer.js";
import { refOf } from "./references.js";
import type { Json, JsonObject, Located, ResolvedSpec } from "./spec-types.js";

/** A schema, or with `own` its own keywords alone: what it is composed of has been taken apart already. */
export interface SchemaPart extends Located {
  readonly own?: true;
}

/** One way in which a value can meet a schema. */
export interface Alternative {
  /** What holds at once, each for its own keywords; what stands nearest is last. Empty where anything is right. */
  readonly parts: readonly Located<JsonObject>[];
  /** What the alternative is written as. */
  readonly from: readonly SchemaPart[];
  /** Its position among the alternatives of a schema with words of its own, or undefined. */
  readonly index: number | undefined;
}

/** The description that schemas stand in, and how much of it may still be looked at. */
export interface SchemaContext {
  readonly spec: ResolvedSpec;
  /** Counts one step; false once there have been more than any description needs. */
  readonly step: () => boolean;
}

/** Everything that a schema allows. */
export interface Spread {
  readonly alternatives: readonly Alternative[];
  /** Whether it says `nullable`. */
  readonly nullable: boolean;
  /** Whether some of it was passed over, because it multiplies beyond what anybody writes. */
  readonly cut: boolean;
}

const mostAlternatives = 500;
const mostCombinations = 64;

/** Keywords that say what a value may be; all others annotate, or compose schemas. */
const assertions = new Set(
  (
    "type enum const properties patternProperties additionalProperties unevaluatedProperties propertyNames required " +
    "items prefixItems additionalItems minItems maxItems minimum maximum exclusiveMinimum exclusiveMaximum format " +
    "pattern contentEncoding contentMediaType"
  ).split(" "),
);
const composing = ["allOf", "anyOf", "oneOf", "nullable"];

/** What stands at `key` of a schema, its reference followed; two parts where a reference has keywords beside it. */
export function childParts(spec: ResolvedSpec, holder: Located, key: string): readonly SchemaPart[] {
  const raw = ownMember(holder.value, key);
  if (raw === undefined) return [];
  const child = { value: raw, pointer: appendPointer(holder.pointer, key) };
  return refOf(raw) === undefined ? [child] : referredParts(child, spec.member(holder, key));
}

/** A schema as its parts: itself, or what its reference leads to and what stands beside that. */
export function partsOf(spec: ResolvedSpec, schema: Located): readonly SchemaPart[] {
  return refOf(schema.value) === undefined ? [schema] : referredParts(schema, spec.find(schema.pointer));
}

function referredParts({ value, pointer }: Located, target: Located | undefined): readonly SchemaPart[] {
  const beside = isObject(value) ? Object.entries(value).filter(isAssertion) : [];
  const parts = target === undefined ? [] : [target];
  return beside.length === 0 ? parts : [...parts, { value: Object.fromEntries(beside), pointer }];
}

/** What tells schemas apart: where their parts stand. */
export function partsKey(parts: readonly SchemaPart[]): string {
  return JSON.stringify(parts.map(({ pointer, own }) => (own === true ? `=${pointer}` : pointer)));
}

/** The alternatives of the schemas `parts`, which hold at once. */
export function spreadOut(context: SchemaContext, parts: readonly SchemaPart[]): Spread {
  const alternatives: Alternative[] = [];
  const seen = new Set<string>();
  const pending: { readonly parts: readonly SchemaPart[]; readonly index: number | undefined }[] = [
    { parts, index: undefined },
  ];
  let nullable = false;
  let cut = false;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const key = partsKey(next.parts);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > mostAlternatives) return { alternatives: [], nullable, cut: true };
    const whole = takeApart(context, next.parts);
    if (whole === undefined) continue;
    nullable ||= whole.nullable;
    const { own, groups } = whole;
    if (groups.length === 0) {
      alternatives.push({ parts: own, from: next.parts, index: next.index });
      continue;
    }
    const combinations = combined(groups);
    cut ||= combinations.cut;
    const base = own.map((part): SchemaPart => ({ ...part, own: true }));
    const spread = combinations.of.map((chosen, index) => ({
      parts: [...(isImplied(context, own, chosen) ? [] : base), ...chosen],
      index: combinations.of.length > 1 ? index : undefined,
    }));
    pending.push(...spread.toReversed());
  }
  return { alternatives, nullable, cut };
}

interface Whole {
  /** The schemas that assert something themselves. */
  readonly own: readonly Located<JsonObject>[];
  /** One for each `anyOf` and `oneOf`, of which one alternative each holds. */
  readonly groups: readonly (readonly (readonly SchemaPart[])[])[];
  readonly nullable: boolean;
}

/** The schemas and those in their `allOf`s; undefined where no value meets them. */
function takeApart(context: SchemaContext, parts: readonly SchemaPart[]): Whole | undefined {
  const own: Located<JsonObject>[] = [];
  const groups: (readonly (readonly SchemaPart[])[])[] = [];
  const seen = new Set<string>();
  const pending = parts.toReversed();
  let nullable = false;
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part.value === false || !context.step()) return undefined;
    if (!isObject(part.value) || seen.has(partsKey([part]))) continue;
    seen.add(partsKey([part]));
    const here = { value: part.value, pointer: part.pointer };
    if (Object.entries(part.value).some(isStated)) own.push(here);
    nullable ||= ownMember(part.value, "nullable") === true;
    if (part.own === true) continue;
    pending.push(...listed(context.spec, here, "allOf").flat().toReversed());
    for (const key of ["anyOf", "oneOf"]) {
      const group = listed(context.spec, here, key);
      if (group.length > 0) groups.push(group);
    }
  }
  return { own: distinct(own), groups, nullable };
}

function distinct(parts: readonly Located<JsonObject>[]): readonly Located<JsonObject>[] {
  return [...new Map(parts.map((part) => [part.pointer, part])).values()];
}

function listed(spec: ResolvedSpec, holder: Located, key: string): readonly (readonly SchemaPart[])[] {
  const list = spec.member(holder, key);
  if (list === undefined || !isArray(list.value)) return [];
  return list.value.map((_, index) => childParts(spec, list, String(index)));
}

/** One of each group, in the order of the text; only the first group where there would be too many. */
function combined(groups: Whole["groups"]): {
  readonly of: readonly (readonly SchemaPart[])[];
  readonly cut: boolean;
} {
  const [first = [], ...others] = groups;
  const count = groups.reduce((product, group) => product * group.length, 1);
  if (count > mostCombinations && others.length > 0) return { of: first, cut: true };
  const of = others.reduce<readonly (readonly SchemaPart[])[]>(
    (all, group) => all.flatMap((chosen) => group.map((one) => [...chosen, ...one])),
    first,
  );
  return { of, cut: false };
}

/** Whether what stands beside the alternatives says no more than the chosen one: a `type` that it has itself. */
function isImplied(context: SchemaContext, own: Whole["own"], chosen: readonly SchemaPart[]): boolean {
  if (own.some(({ value }) => Object.entries(value).some((entry) => isStated(entry) && entry[0] !== "type")))
    return false;
  const types = new Set(own.flatMap(({ value }) => statedTypes(value)));
  const stated = takeApart(context, chosen)?.own.flatMap(({ value }) => statedTypes(value)) ?? [];
  return (
    stated.length > 0 &&
    stated.every((type) => types.has(type) || (type === "integer" && types.has("number")))
  );
}

/** The `type` of a schema as a list, unknown ones included. */
export function statedTypes(schema: JsonObject): readonly string[] {
  const type = ownMember(schema, "type");
  const types = isArray(type) ? type : [type];
  return types.flatMap((one) => (typeof one === "string" ? [one] : []));
}

function isStated([key]: readonly [string, Json]): boolean {
  return assertions.has(key);
}

function isAssertion([key, value]: readonly [string, Json]): boolean {
  return assertions.has(key) || (composing.includes(key) && value !== false);
}
