import type { CogFraming } from "../deployment.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { readShaped } from "../shapes/read-shape.js";
import type { ReadContext } from "../shapes/read-shape.js";
import { statedShapes } from "../shapes/stated-shapes.js";

/** What a model gives, and what its values are read with. */
export interface ModelOutput {
  readonly form: CogFraming["output"];
  /** Of the whole output, or of each item where they come one by one. */
  readonly shape: JsonShape;
  readonly context: ReadContext;
}

/** News of an output that is being made. */
export type OutputNews =
  /** The next item, as JSON has it or as bare text. */
  | { readonly item: unknown }
  | { readonly text: string }
  /** All of the output so far, or for good. */
  | { readonly output: unknown; readonly final: boolean };

/** A whole output as the caller gets it; `bad-reply` where it is not what the description promises. */
export function readOutput(output: unknown, { form, shape, context }: ModelOutput): unknown {
  if (form === "value") return readShaped(inList(output, shape, context), shape, context);
  const items = itemsOf(output).map((item) => readShaped(item, shape, context));
  return form === "text" ? items.join("") : items;
}

/** Gives what is new of an output at each news, with nothing twice where news of both kinds are mixed. */
export function createOutputFollower(model: ModelOutput): (news: OutputNews) => readonly unknown[] {
  const { form, shape, context } = model;
  // Items may be joined on the way where they are parts of one text, so there its length counts, not their number.
  let delivered = 0;
  const sizeOf = (item: unknown): number => (form === "text" && typeof item === "string" ? item.length : 1);
  return (news) => {
    if (!("output" in news)) {
      const item = readShaped("item" in news ? news.item : fromText(news.text, model), shape, context);
      delivered += sizeOf(item);
      return [item];
    }
    if (form === "value") return news.final ? [readOutput(news.output, model)] : [];
    const fresh: unknown[] = [];
    let seen = 0;
    for (const given of itemsOf(news.output)) {
      const size = sizeOf(given);
      const known = Math.max(0, delivered - seen);
      seen += size;
      if (known >= size) continue;
      const item = readShaped(given, shape, context);
      fresh.push(typeof item === "string" && form === "text" ? item.slice(known) : item);
    }
    delivered = Math.max(delivered, seen);
    return fresh;
  };
}

/** An output of items; older versions of a model give the only one by itself. */
function itemsOf(output: unknown): readonly unknown[] {
  if (output === null) return [];
  const items: readonly unknown[] = Array.isArray(output) ? output : [output];
  return items;
}

/** Where a list is due, older versions of a model give its only item by itself. */
function inList(output: unknown, shape: JsonShape, { shapes }: ReadContext): unknown {
  if (typeof output === "object") return output;
  return statedShapes(shape, shapes).every(({ type }) => type === "list") ? [output] : output;
}

/** An item that came as text: itself where text or an address may stand, else the JSON that it is. */
function fromText(text: string, { shape, context }: ModelOutput): unknown {
  if (statedShapes(shape, context.shapes).some(({ type }) => type === "text" || type === "file")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
