import { prepareFile, toFile } from "../coders/image-input.js";
import { isBytes } from "../arrays/dtype-storage.js";
import { isNdArrayLike } from "../arrays/nd-array.js";
import { mostDimensions } from "../arrays/nd-shape.js";

/** What the bytes are for. */
export interface BytesContext {
  /** The feature's wire name, for messages. */
  readonly feature: string;
  /** What a string is: text as it stands, or a data URL of bytes. */
  readonly strings: "text" | "data-url";
}

/**
 * `value`, or lists in lists of it, with every source of bytes replaced by a Uint8Array; files and Blobs are read. What
 * is no such source stays as it is, for whoever encodes it to refuse. The value itself is never changed.
 */
export async function prepareBytes(value: unknown, context: BytesContext): Promise<unknown> {
  const reading = new Map<object, unknown>();
  visit(value, (source) => {
    if (reading.has(source)) return;
    const read = prepareFile(source, context.feature);
    if (read !== source) reading.set(source, read);
  });
  const sources = [...reading.keys()];
  const settled = await Promise.allSettled(reading.values());
  const files = new Map<object, unknown>();
  for (const [index, outcome] of settled.entries()) {
    if (outcome.status === "rejected") throw outcome.reason;
    const source = sources[index];
    if (source !== undefined) files.set(source, outcome.value);
  }
  return toBytes(value, { ...context, files }, 0);
}

/** Shows every object to `take` that may be a source of bytes. */
function visit(value: unknown, take: (source: object) => void, depth: number = 0): void {
  if (Array.isArray(value)) {
    if (depth <= mostDimensions) for (const item of value) visit(item, take, depth + 1);
  } else if (typeof value === "object" && value !== null && !isBytes(value) && !isNdArrayLike(value)) {
    take(value);
  }
}

function toBytes(
  value: unknown,
  context: BytesContext & { readonly files: ReadonlyMap<object, unknown> },
  depth: number,
): unknown {
  if (typeof value === "string") {
    return context.strings === "text" ? value : toFile(value, context.feature).bytes;
  }
  if (typeof value !== "object" || value === null || isBytes(value) || isNdArrayLike(value)) return value;
  if (!Array.isArray(value)) return toFile(context.files.get(value) ?? value, context.feature).bytes;
  // Deeper lists are refused for their depth, and some lead back to themselves.
  return depth > mostDimensions ? value : value.map((item: unknown) => toBytes(item, context, depth + 1));
}
