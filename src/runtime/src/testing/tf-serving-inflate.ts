import type { MemoryRequest } from "../http/memory-transport.js";

/** No body inflates to more bytes. */
const most = 100 * 2 ** 20;

/** The body as the server reads it: gzip where the request says so, and empty where it does not inflate. */
export async function readBody({ headers, bytes }: MemoryRequest): Promise<Uint8Array> {
  const sent = new Uint8Array(bytes());
  if (headers["content-encoding"]?.includes("gzip") !== true) return sent;
  try {
    const inflated = new Blob([sent]).stream().pipeThrough(new DecompressionStream("gzip"));
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of inflated) {
      size += chunk.length;
      if (size > most) return new Uint8Array();
      chunks.push(chunk);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}
