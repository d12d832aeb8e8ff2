import { ndarray } from "digits-and-grids";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { toDataUrl } from "../../src/runtime/src/files/data-url.js";
import type { MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import { mockHandler } from "../../src/runtime/src/testing/rows.js";
import type { MockedDeployment } from "../../src/runtime/src/testing/rows.js";
import { pngFile } from "../runtime/image-files.js";

/** A picture that the deployment takes. */
export const picture: Uint8Array = pngFile(2);
const png = toDataUrl("image/png", picture);
/** What the deployment calls a `.npy` file. */
export const npyType = "application/x.peltarion.npy";
const mask = toDataUrl(npyType, encodeNpy(ndarray([2, 2], new Float32Array(4))));

/** A row as clients take it. */
export const ours = {
  "Image Feature": picture,
  "features.npy_0": new Float32Array(300),
  vector: [1, 2, 3, 4, 5],
  mask: new Float32Array(4),
  caption: "é",
};
/** The same row as it stands on the wire. */
export const wire = {
  "Image Feature": png,
  "features.npy_0": { shape: [10, 10, 3], data: Array.from({ length: 300 }, () => 0.5) },
  vector: { shape: [5], data: [1, 2, 3, 4, 5] },
  mask,
  caption: "é",
};

/** A request as anybody may send it. */
export interface Sent {
  readonly method?: string;
  readonly contentType?: string | null;
  readonly body?: string | Uint8Array;
}

/** What the mock of a deployment answers to a request, whoever sends it. */
export async function sent(
  described: MockedDeployment,
  { method = "POST", contentType = "application/json", body = "" }: Sent,
): Promise<MemoryReply> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers = contentType === null ? {} : { "content-type": contentType };
  const url = "https://host.test/deployment/any/forward";
  const reply = await mockHandler(described)({ method, url, headers, json: () => null, bytes: () => bytes });
  if ("arrayBuffer" in reply) throw new Error("a mock gives no Response");
  return reply;
}

/** What it answers to these rows. */
export async function sentRows(
  described: MockedDeployment,
  ...rows: readonly unknown[]
): Promise<MemoryReply> {
  return await sent(described, { body: JSON.stringify({ rows }) });
}

/** The reply that refuses a request. */
export function refusal(errorMessage: string, status = 400, errorCode = "BAD_INPUT"): object {
  return { status, json: { errorCode, errorMessage } };
}
