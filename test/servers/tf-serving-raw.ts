import { Buffer } from "node:buffer";
import { request as httpRequest } from "node:http";

/** A request whose path goes out as it stands. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Uint8Array | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface RawReply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** Sends a request to `origin` by Node's own client, past everything that would mend it. */
export function askRaw(origin: string, { method, path, body, headers = {} }: RawRequest): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = httpRequest({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, type: received["content-type"], body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
