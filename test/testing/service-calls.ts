import type { AnyOperationDescriptor } from "../../src/runtime/src/service/service-operation.js";
import type { JsonShape } from "../../src/runtime/src/shapes/json-shape.js";
import { readStrictly } from "../../src/runtime/src/testing/read-strictly.js";
import type { Draw } from "../../src/runtime/src/testing/seed.js";
import { seededShape } from "../../src/runtime/src/testing/seeded-shapes.js";

/** What a caller may give: some of the parameters that may be left out, and the body. */
export function inputOf(
  { parameters, body }: AnyOperationDescriptor,
  shapes: Readonly<Record<string, JsonShape>>,
  draw: Draw,
): unknown {
  const value = (shape: JsonShape): unknown => {
    const wire = seededShape(shape, { shapes, draw });
    const reading = readStrictly(wire, shape, { shapes, loc: [] });
    if (reading.faults !== undefined) throw new Error(JSON.stringify(reading.faults));
    return reading.value;
  };
  const given: Record<string, unknown> = {};
  for (const [name, { shape, optional }] of Object.entries(parameters))
    if (optional !== true || draw.next() < 0.5) given[name] = value(shape);
  if (body === null) return given;
  const content = value(body.shape);
  if (body.at === "whole") return content;
  if (body.at === "member") return { ...given, body: content };
  return typeof content === "object" ? { ...content, ...given } : given;
}

/** The reply, or its items. */
export async function settled(reply: unknown): Promise<unknown> {
  if (typeof reply !== "object" || reply === null || !(Symbol.asyncIterator in reply)) return await reply;
  const items: unknown[] = [];
  for await (const item of asItems(reply)) items.push(item);
  return items;
}

function asItems(reply: object): AsyncIterable<unknown> {
  return { [Symbol.asyncIterator]: () => Reflect.get(reply, Symbol.asyncIterator).call(reply) };
}
