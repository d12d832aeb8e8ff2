/*
 * Fingerprints of parts of a description: equal where two descriptions say the same to a program, different
 * where they do not. The generator and `verify()` both go by them, so they must never change for the same text.
 */
import { localPointer, pointerNames } from "./json-pointer.js";

/** Words for people: a change of them changes no request. */
const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "default",
  "deprecated",
  "externalDocs",
  "x-order",
]);

/** Members whose own members have names of the author's choice. */
const nameMaps: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "definitions",
  "$defs",
  "dependentSchemas",
]);

/** Members that are sets, whatever the order in which they are written. */
const sets: ReadonlySet<string> = new Set(["required", "enum"]);

/** References followed from one to the next before the search for an end is given up. */
const longestChain = 100;
/** References followed for one pointer, also those on the way to others. */
const mostHops = 10_000;

/** Values looked at for one fingerprint; beyond it references stand for themselves. */
const budget = 200_000;

/** What the members of an object are: words of the description, names of its author, or anything at all. */
type Context = "words" | "names" | "anything";

/**
 * The fingerprint of the value at a JSON pointer (RFC 6901): 16 hexadecimal digits, whatever the order of members.
 * References within the document count as what they refer to; titles, descriptions and examples do not count.
 * Undefined where there is no such value.
 */
export function fingerprintAt(document: unknown, pointer: string): string | undefined {
  // What stands beside a reference counts, so the hasher must see the reference.
  const value = find(document, pointer, false);
  if (value === undefined) return undefined;
  const names = pointerNames(pointer) ?? [];
  const context = names.reduce<Context>((outer, name) => inner(outer, name), "words");
  return createHasher(document)(value, context);
}

/** The names of the members of the object at a JSON pointer, references followed; undefined where there is none. */
export function membersAt(document: unknown, pointer: string): string[] | undefined {
  const value = valueAt(document, pointer);
  return isRecord(value) ? Object.keys(value) : undefined;
}

/** The value at a JSON pointer, references on the way and at its end followed; undefined where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  return find(document, pointer, true);
}

/** The value at a pointer; where it is a reference itself, what it refers to only if `toEnd`. */
function find(document: unknown, pointer: string, toEnd: boolean): unknown {
  let left = mostHops;
  const walk = (names: readonly string[] | undefined, chain: number, follows: boolean): unknown => {
    if (names === undefined || chain > longestChain || --left < 0) return undefined;
    let value = document;
    for (const name of names) {
      const outer = follow(value, chain);
      if (Array.isArray(outer)) value = /^(0|[1-9]\d*)$/.test(name) ? outer[Number(name)] : undefined;
      else if (isRecord(outer) && Object.hasOwn(outer, name)) value = outer[name];
      else return undefined;
    }
    return follows ? follow(value, chain) : value;
  };
  const follow = (value: unknown, chain: number): unknown => {
    const reference = referenceOf(value);
    return reference === undefined ? value : walk(pointerNames(reference), chain + 1, true);
  };
  return walk(pointerNames(pointer), 0, toEnd);
}

/** The pointer that a reference object refers to. A member named `$ref` that is no text is an ordinary member. */
function referenceOf(value: unknown): string | undefined {
  if (!isRecord(value) || !Object.hasOwn(value, "$ref")) return undefined;
  const { $ref: reference } = value;
  return typeof reference === "string" ? localPointer(reference) : undefined;
}

function inner(outer: Context, name: string): Context {
  if (outer === "names") return "words";
  if (outer === "anything" || name === "enum" || name === "const") return "anything";
  return nameMaps.has(name) ? "names" : "words";
}

function createHasher(document: unknown): (value: unknown, context: Context) => string {
  /** References on the way to the present value, outermost first. */
  const open: string[] = [];
  const done = new Map<string, string>();
  let seen = 0;
  /** The outermost open reference that the present value leads back to. */
  let outermost = Infinity;

  function hashReference(reference: string, context: Context): string {
    const key = `${context} ${reference}`;
    const known = done.get(key);
    if (known !== undefined) return known;
    const place = open.indexOf(key);
    if (place !== -1) {
      outermost = Math.min(outermost, place);
      return digest(`^${open.length - place}`);
    }
    const target = find(document, reference, false);
    if (target === undefined || seen > budget) return digest(`$${JSON.stringify(reference)}`);
    const before = outermost;
    outermost = Infinity;
    open.push(key);
    const hash = hashOf(target, context);
    open.pop();
    // Inside a circle a value's hash depends on where the circle was entered.
    if (outermost >= open.length) done.set(key, hash);
    outermost = Math.min(before, outermost >= open.length ? Infinity : outermost);
    return hash;
  }

  function hashOf(value: unknown, context: Context): string {
    seen++;
    if (Array.isArray(value)) return digest(`[${value.map((item) => hashOf(item, context)).join()}]`);
    if (!isRecord(value)) return digest(JSON.stringify(value) ?? "");
    const reference = context === "words" ? referenceOf(value) : undefined;
    const members: string[] = [];
    for (const name of Object.keys(value).sort()) {
      if (context === "words" && (annotations.has(name) || (name === "$ref" && reference !== undefined)))
        continue;
      members.push(`${JSON.stringify(name)}:${hashMember(value[name], name, context)}`);
    }
    if (reference === undefined) return digest(`{${members.join()}}`);
    const target = hashReference(reference, context);
    return members.length === 0 ? target : digest(`{$ref:${target},${members.join()}}`);
  }

  function hashMember(value: unknown, name: string, context: Context): string {
    const isSet = context === "words" && sets.has(name) && Array.isArray(value);
    if (!isSet) return hashOf(value, inner(context, name));
    const items = value.map((item) => hashOf(item, "anything"));
    return digest(`[${items.sort().join()}]`);
  }

  return hashOf;
}

/** 64 bits in two lanes that are mixed at the end, after the public-domain function cyrb53. */
function digest(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return toHex(mixedHigh) + toHex(mixedLow);
}

/** Every byte in hexadecimal: a number of 32 bits takes its time to be written so by itself. */
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function toHex(lane: number): string {
  let text = "";
  for (let shift = 24; shift >= 0; shift -= 8) text += bytes[(lane >>> shift) & 0xff] ?? "";
  return text;
}

/** As everywhere in the runtime; `verify()` is loaded late, and what is loaded late shares no module with clients. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
