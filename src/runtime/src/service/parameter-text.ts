/*
 * How parameters are spelt (OpenAPI 3.1.1 §4.8.12, RFC 6570): in goes a value as JSON text, out come path segments,
 * pairs of a query or a cookie, or a header's value. What OpenAPI leaves open: lists and objects inside of others go as
 * JSON text, styles for lists spell a single value as `form` does, and `deepObject` goes as deep as the value.
 */
import type { HttpPlace } from "../deployment.js";
import { jsonParts } from "../json/json-parts.js";
import type { JsonParts } from "../json/json-parts.js";
import { writeError } from "../shapes/place.js";

type Members = readonly (readonly [name: string, text: string])[];

/** A value with nothing left inside of it, or what is to be spelt of it. */
type Flat =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "object"; readonly members: Members };

/** The value where the path has `{name}`, percent-encoded; `wrong-type` for null. */
export function toPathText(json: string, place: HttpPlace, feature: string): string {
  const value = flattened(json, place, feature);
  const { style, explode } = place;
  if (value.kind === "none") throw refusal(feature, "is null, which no path can carry");
  if (style === "matrix") return toMatrix(value, place);
  const [before, between] = style === "label" ? [".", explode ? "." : ","] : ["", ","];
  return before + listed(value, explode).join(between);
}

/** The pairs of a query, percent-encoded; none for null and for an empty list. */
export function toQueryPairs(json: string, place: HttpPlace, feature: string): readonly string[] {
  const { name, style, explode } = place;
  if (style === "deepObject" && place.json !== true) return toDeepPairs(name, json, feature);
  const value = flattened(json, place, feature);
  if (value.kind === "none") return [];
  if (value.kind === "text") return [toPair(name, value.text)];
  if (explode) {
    return value.kind === "list"
      ? value.items.map((item) => toPair(name, item))
      : value.members.map(([key, text]) => toPair(key, text));
  }
  const between = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
  const texts = listed(value, false);
  return texts.length === 0 ? [] : [`${encoded(name)}=${texts.join(between)}`];
}

/**
 * The value of a header, or undefined for null and for an empty list. Throws `wrong-type` for what a header cannot
 * carry, and for text of a list that would read as two of its items.
 */
export function toHeaderText(json: string, place: HttpPlace, feature: string): string | undefined {
  const value = flattened(json, place, feature);
  if (value.kind === "none") return undefined;
  const texts = listed(value, place.explode, (text) => {
    if (value.kind === "text" || !text.includes(",")) return text;
    throw refusal(feature, "has a comma in one of its values, which would be two in a header");
  });
  if (texts.length === 0) return undefined;
  const text = texts.join(",");
  // RFC 9110 §5.5: what a field's value may hold.
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) return text;
  throw refusal(feature, "has a character that no header can carry");
}

/** `text` with everything but RFC 3986's unreserved characters percent-encoded. */
function encoded(text: string): string {
  // Half of a surrogate pair has no UTF-8.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The text of a leaf; what is no leaf stays JSON text, and null is undefined. */
function leafText(json: string): string | undefined {
  const parts = jsonParts(json);
  if (parts.kind === "null") return undefined;
  return parts.kind === "scalar" ? parts.text : json;
}

function flattened(json: string, place: HttpPlace, feature: string): Flat {
  if (place.json === true) return { kind: "text", text: json };
  const parts = jsonParts(json);
  if (parts.kind === "null") return { kind: "none" };
  if (parts.kind === "scalar") return { kind: "text", text: parts.text };
  if (parts.kind === "list")
    return { kind: "list", items: parts.items.map((item) => itemText(item, feature)) };
  return { kind: "object", members: toMembers(parts) };
}

/** Members that are null are left out, as RFC 6570 §2.3 has it; an item that is null would shift those behind it. */
function toMembers({ members }: Extract<JsonParts, { readonly kind: "object" }>): Members {
  return members.flatMap(([name, json]) => {
    const text = leafText(json);
    return text === undefined ? [] : [[name, text] as const];
  });
}

function itemText(json: string, feature: string): string {
  const text = leafText(json);
  if (text === undefined) throw refusal(feature, "has null in a list, which no address or header can carry");
  return text;
}

function listed(
  value: Exclude<Flat, { readonly kind: "none" }>,
  explode: boolean,
  spelt: (text: string) => string = encoded,
): readonly string[] {
  if (value.kind === "text") return [spelt(value.text)];
  if (value.kind === "list") return value.items.map((item) => spelt(item));
  return value.members.flatMap(([name, text]) =>
    explode ? [`${spelt(name)}=${spelt(text)}`] : [spelt(name), spelt(text)],
  );
}

function toMatrix(value: Exclude<Flat, { readonly kind: "none" }>, { name, explode }: HttpPlace): string {
  const pair = (key: string, text: string): string => `;${encoded(key)}${text === "" ? "" : `=${text}`}`;
  if (value.kind === "text") return pair(name, encoded(value.text));
  if (!explode) return pair(name, listed(value, false).join(","));
  return value.kind === "list"
    ? value.items.map((item) => pair(name, encoded(item))).join("")
    : value.members.map(([key, text]) => pair(key, encoded(text))).join("");
}

function toDeepPairs(name: string, json: string, feature: string): readonly string[] {
  const parts = jsonParts(json);
  if (parts.kind === "null") return [];
  if (parts.kind === "scalar") return [toPair(name, parts.text)];
  if (parts.kind === "list") return parts.items.map((item) => toPair(name, itemText(item, feature)));
  return parts.members.flatMap(([key, member]) => toDeepPairs(`${name}[${key}]`, member, feature));
}

function toPair(name: string, text: string): string {
  return `${encoded(name)}=${encoded(text)}`;
}

function refusal(feature: string, what: string): Error {
  return writeError("wrong-type", { feature, place: undefined }, what);
}
