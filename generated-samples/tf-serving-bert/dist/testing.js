import { mockTransport as createMock } from "@gen-deploy/runtime/testing/tf-serving";
import { deployment } from "./index.js";
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the model would refuse, gives
 * the same row always the same answer, and keeps every request in `calls`.
 */
export function mockTransport(options = {}) {
  return createMock(deployment, options);
}
