import { mockTransport as createMock } from "@gen-deploy/runtime/testing/cog";
import { deployment } from "./index.js";
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the model would refuse, gives
 * the same input always the same output, and keeps every request in `calls`.
 */
export function mockTransport(options = {}) {
  return createMock(deployment, options);
}
