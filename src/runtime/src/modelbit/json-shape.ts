/** What values of a Python function look like as JSON, as a descriptor states it. */
export type JsonShape =
  | { readonly type: "any" | "integer" | "number" | "text" | "boolean" }
  | { readonly type: "list"; readonly items: JsonShape }
  | { readonly type: "record"; readonly values: JsonShape }
  | { readonly type: "object"; readonly members: Readonly<Record<string, JsonShape>> };

/** The shape of values of type `V`: what holds a descriptor to its types. */
export type ShapeFor<V> = unknown extends V
  ? { readonly type: "any" }
  : [V] extends [number]
    ? { readonly type: "integer" | "number" }
    : [V] extends [string]
      ? { readonly type: "text" }
      : [V] extends [boolean]
        ? { readonly type: "boolean" }
        : [V] extends [readonly (infer Item)[]]
          ? { readonly type: "list"; readonly items: ShapeFor<Item> }
          : string extends keyof V
            ? { readonly type: "record"; readonly values: ShapeFor<V[keyof V]> }
            : { readonly type: "object"; readonly members: ShapesOf<V> };

/** One shape for each member of `Row`. */
export type ShapesOf<Row> = { readonly [Name in keyof Row & string]: ShapeFor<Row[Name]> };
