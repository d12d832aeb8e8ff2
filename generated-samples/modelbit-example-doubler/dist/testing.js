import { mockTransport as createMock } from "@gen-deploy/runtime/testing/modelbit";
import { deployment } from "./index.js";
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the function would refuse, gives
 * the same call always the same result, and keeps every request in `calls`.
 */
export function mockTransport(options = {}) {
  return createMock(deployment, options);
}
