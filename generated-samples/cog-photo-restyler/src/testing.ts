/** A stand-in for this model in tests, which answers from memory. */
import type { MemoryTransport, MockOptions as Options } from "@gen-deploy/runtime/testing/cog";
import { mockTransport as createMock } from "@gen-deploy/runtime/testing/cog";
import { deployment } from "./index.js";
import type { Input, Output } from "./index.js";

export type { MemoryRequest, MemoryTransport, MockFailure } from "@gen-deploy/runtime/testing/cog";

/** How the stand-in behaves: its `seed`, `answers` of your own, `failures`, and the `token` that it asks for. */
export type MockOptions = Options<Input, Output>;

/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the model would refuse, gives
 * the same input always the same output, and keeps every request in `calls`.
 */
export function mockTransport(options: MockOptions = {}): MemoryTransport {
  return createMock<Input, Output>(deployment, options);
}
