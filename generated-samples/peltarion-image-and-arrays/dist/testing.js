import { mockTransport as createMock } from "@gen-deploy/runtime/testing/rows";
import { deployment } from "./index.js";
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the deployment would refuse, gives
 * the same row always the same answer, and keeps every request in `calls`.
 */
export function mockTransport(options = {}) {
  return createMock(deployment, options);
}
