import type { JsonShape } from "@gen-deploy/runtime";
import type { NamedShapeModel } from "../../src/model/deployment-model.js";
import type { Diagnostic } from "../../src/model/diagnostic.js";
import { createShapeReader } from "../../src/spec/schema-shape.js";
import type { SchemaPlace, ShapeOptions } from "../../src/spec/schema-shape.js";
import { valueAt } from "../../src/spec/pointer.js";
import { resolved } from "./resolved.js";

/** What a reader made of one schema. */
export interface Reading {
  readonly shape: JsonShape;
  readonly shapes: readonly NamedShapeModel[];
  readonly notes: readonly Diagnostic[];
}

/** How a schema is read; the rest is as small as it can be. */
export interface Circumstances extends Partial<SchemaPlace>, ShapeOptions {
  /** What stands at `#/components/schemas`. */
  readonly schemas?: object;
}

/** Reads one schema. */
export async function read(schema: unknown, given: Circumstances = {}): Promise<Reading> {
  const [reading] = await readAll([{ schema, ...given }], given);
  if (reading === undefined) throw new Error("nothing was read");
  return reading;
}

/** Reads several schemas of one description, one after another. */
export async function readAll(
  places: readonly ({ readonly schema: unknown } & Partial<SchemaPlace>)[],
  { schemas = {}, ...options }: Pick<Circumstances, "schemas" | "uri"> = {},
): Promise<readonly Reading[]> {
  const spec = await resolved({
    openapi: "3.1.0",
    paths: {},
    components: { schemas },
    "x-read": places.map(({ schema }) => ({ schema })),
  });
  const reader = createShapeReader(spec, options);
  const readings = places.map(({ side = "input", name = "Thing", form = false }, index) => {
    const pointer = `/x-read/${index}/schema`;
    const value = valueAt(spec.root, pointer);
    if (value === undefined) throw new Error("no schema");
    return reader.read({ value, pointer }, { side, name, form });
  });
  return readings.map((shape) => ({ shape, shapes: reader.shapes(), notes: reader.notes() }));
}

/** The members of an object by their shapes; `?` ends the names of those that may be missing. */
export function membersOf({ shapes }: Reading, name: string): Record<string, JsonShape> {
  const shape = shapes.find((one) => one.name === name)?.shape;
  if (shape?.type !== "object")
    throw new Error(`no object ${name} among ${shapes.map((one) => one.name).join()}`);
  return Object.fromEntries(
    Object.entries(shape.members).map(([key, member]) => [
      member.optional === true ? `${key}?` : key,
      member.shape,
    ]),
  );
}
