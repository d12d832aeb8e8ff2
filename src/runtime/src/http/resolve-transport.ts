import type { ClientOptions } from "../client/client-types.js";
import { fetchTransport } from "./transport-fetch.js";
import type { Transport } from "./transport.js";
import { platformTransport } from "#transport";

/** The transport that the options name, or the platform's own. */
export function resolveTransport({ transport, fetch }: ClientOptions): Transport {
  return transport ?? (fetch ? fetchTransport(fetch) : platformTransport());
}
