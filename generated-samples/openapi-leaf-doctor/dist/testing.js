import { mockTransport as createMock } from "@gen-deploy/runtime/testing/service";
import { deployment } from "./index.js";
export { errorReply } from "@gen-deploy/runtime/testing/service";
/**
 * A transport for `createClient({ transport })` that needs no server. It refuses what the service would refuse, gives
 * the same call always the same answer, and keeps every request in `calls`.
 */
export function mockTransport(options = {}) {
  return createMock(deployment, options);
}
