import type { IncomingMessage } from "node:http";

/**
 * The whole body, or null where it is longer than `most` bytes, once the caller has sent all of it: whoever is cut off
 * while sending reads no reply. Rejects where the caller hangs up before its end.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on("end", () => {
      const [only = empty, ...others] = chunks;
      resolve(length > most ? null : others.length === 0 ? only : Buffer.concat(chunks, length));
    });
    request.on("error", reject);
    request.on("close", () => reject(new Error("The caller hung up.")));
  });
}

const empty = Buffer.alloc(0);
