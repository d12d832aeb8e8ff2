/*
 * Changes of one schema, which an operation takes as its body and another gives as its reply; and schemas in few words.
 */

/** What a change means on one side. */
type Kind = "breaking" | "additive" | "documentation" | "none";

/** One change, with its verdict on either side. */
export interface SchemaChange {
  readonly name: string;
  readonly before: object;
  readonly after: object;
  readonly components?: readonly [before: object, after: object];
  readonly input: Kind;
  readonly output: Kind;
  /** What the operation was given before: an expression. */
  readonly send: string;
  /** What was done with `out`, its reply. */
  readonly read: string;
  /** Where the change to the input cannot be seen in types. */
  readonly seen?: "run time";
  /** What is sent where that is so, as JSON. */
  readonly sent?: unknown;
}

/** An object, all of its members required but those whose names end in `?`. */
export function object(members: Readonly<Record<string, unknown>>, more: object = {}): object {
  const names = Object.keys(members);
  return {
    type: "object",
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), members[name]])),
    ...more,
  };
}

/** An object with one required member. */
export function x(schema: unknown): object {
  return object({ x: schema });
}

/** What is one of these values. */
export const labels = (...values: readonly unknown[]): object => ({ enum: values });

/** A list of these. */
export const list = (items: object, more: object = {}): object => ({ type: "array", items, ...more });

/** What the description calls by this name. */
export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

/** Any of these. */
export const any = (...of: readonly object[]): object => ({ anyOf: of });

/** Plain schemas. */
export const text = { type: "string" } as const;
export const number = { type: "number" } as const;
export const integer = { type: "integer" } as const;
export const nothing = { type: "null" } as const;

/** What is done with a member of text, and with one that is a number. */
export const asText = { send: '{ x: "a" }', read: "use<string>(out.x);" } as const;
export const asNumber = { send: "{ x: 7 }", read: "use<number>(out.x);" } as const;
