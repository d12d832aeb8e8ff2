/** A stand-in for this deployment in tests, which answers from memory. */
import type { MemoryTransport, MockOptions as Options } from "@gen-deploy/runtime/testing/rows";
import { mockTransport as createMock } from "@gen-deploy/runtime/testing/rows";
import { deployment } from "./index.js";
import type { Input, Output } from "./index.js";

export type { MemoryRequest, MemoryTransport, MockFailure } from "@gen-deploy/runtime/testing/rows";

/** How the stand-in behaves: its `seed`, `answers` of your own, `failures`, and the `token` that it asks for. */
export type MockOptions = Options<Input, Output>;

/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the deployment would refuse, gives
 * the same row always the same answer, and keeps every request in `calls`.
 */
export function mockTransport(options: MockOptions = {}): MemoryTransport {
  return createMock<Input, Output>(deployment, options);
}
