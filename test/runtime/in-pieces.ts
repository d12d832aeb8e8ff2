/** The bytes of `text` in pieces of `size` bytes, as a reply's body comes. */
export async function* inPieces(
  text: string | Uint8Array,
  size: number = Infinity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything that comes of a loop over `items`. */
export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
