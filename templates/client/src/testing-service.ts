/** A stand-in for this service in tests, which answers from memory. */
import type { MemoryTransport, MockOptions as Options } from "@gen-deploy/runtime/testing/service";
import { mockTransport as createMock } from "@gen-deploy/runtime/testing/service";
import { deployment } from "./service.js";
import type { Operations } from "./service.js";

export { errorReply } from "@gen-deploy/runtime/testing/service";
export type { MemoryRequest, MemoryTransport, MockFailure } from "@gen-deploy/runtime/testing/service";

/** How the stand-in behaves: its `seed`, `answers` of your own, `failures`, and the `token` that it asks for. */
export type MockOptions = Options<Operations>;

/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the service would refuse, gives
 * the same call always the same answer, and keeps every request in `calls`.
 */
export function mockTransport(options: MockOptions = {}): MemoryTransport {
  return createMock<Operations>(deployment, options);
}
