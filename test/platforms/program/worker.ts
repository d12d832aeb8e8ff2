import { predictAll } from "./predict-all.js";
import type { Addresses } from "./predict-all.js";

/** A worker: addresses are its bindings, and what it predicts is its reply. */
const worker = {
  async fetch(_request: Request, bindings: Addresses): Promise<Response> {
    return Response.json(await predictAll(bindings));
  },
};

export { worker as default };
