/*
 * What a model says of itself: loaded when it is first asked.
 */
import { carried } from "../client/carried.js";
import { shownShape } from "../arrays/nd-shape.js";
import { loaded } from "../client/loaded.js";
import type { ReceivedReply } from "../protocol.js";
import type { WaitOptions } from "./client-types.js";
import type { ModelAccess, ModelSettings } from "./model-client.js";
import { parseModelMetadata } from "./model-metadata.js";
import type { ModelMetadata } from "./model-metadata.js";
import { askModel, readModelJson } from "./model-route.js";
import { parseModelStatus } from "./model-status.js";
import type { ModelStatus } from "./model-status.js";
import type { SignatureDescriptor } from "./signature-types.js";
import { waitUntilReady } from "./wait-until-ready.js";
import type { AskAboutModel } from "./wait-until-ready.js";

/** What can be asked of the model behind `access`, as `ModelMethods` has it but for the settings of a call. */
export interface AboutModel {
  status(call: ModelSettings): Promise<ModelStatus>;
  metadata(call: ModelSettings): Promise<ModelMetadata>;
  waitUntilReady(options: WaitOptions | undefined): Promise<ModelStatus>;
  verify(signatures: Readonly<Record<string, SignatureDescriptor>>, call: ModelSettings): Promise<void>;
}

/** Asks the model behind `access` about itself. */
export function aboutModel(access: ModelAccess): AboutModel {
  const ask: AskAboutModel = (request, call, read) => {
    const reading = { write: () => null, read: (reply: ReceivedReply) => read(readModelJson(reply)) };
    return askModel(access.route, { ...call, request }, reading);
  };
  return {
    status: async (call) => await ask("status", call, parseModelStatus),
    metadata: async (call) => await ask("metadata", call, parseModelMetadata),
    waitUntilReady: async (options) => await waitUntilReady(access, ask, options),
    async verify(signatures, call) {
      // Few clients verify, and those that do can wait for the code.
      const { checkMetadata } = await loaded(import("./verify-metadata.js"));
      await ask("metadata", call, (root) => {
        checkMetadata(parseModelMetadata(root), signatures, { ...carried, shownShape });
      });
    },
  };
}
