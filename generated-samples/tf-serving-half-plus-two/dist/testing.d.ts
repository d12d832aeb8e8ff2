/** A stand-in for this model in tests, which answers from memory. */
import type {
  MemoryTransport,
  MockOptions as Options,
} from "@gen-deploy/runtime/testing/tf-serving";
import type { MainSignatures, Signatures } from "./index.js";
export type {
  MemoryRequest,
  MemoryTransport,
  MockFailure,
} from "@gen-deploy/runtime/testing/tf-serving";
/** How the stand-in behaves: its `seed`, `answers` of your own, `failures`, and the `token` that it asks for. */
export type MockOptions = Options<Signatures, MainSignatures>;
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the model would refuse, gives
 * the same row always the same answer, and keeps every request in `calls`.
 */
export declare function mockTransport(options?: MockOptions): MemoryTransport;
