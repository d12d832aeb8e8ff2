import { DeploymentError, DriftError, isDeploymentError, shown } from "../errors.js";
import { createSecrets } from "../http/secrets.js";
import { send } from "../http/send.js";
import { headerSecrets } from "./send-rows.js";

/**
 * What every client holds. Code that is loaded late is given it and imports none of it: a bundler then need not make
 * a chunk of what both use, which would cost all clients some 600 bytes.
 */
export interface Carried {
  readonly createSecrets: typeof createSecrets;
  readonly DeploymentError: typeof DeploymentError;
  readonly DriftError: typeof DriftError;
  readonly headerSecrets: typeof headerSecrets;
  readonly isDeploymentError: typeof isDeploymentError;
  readonly send: typeof send;
  readonly shown: typeof shown;
}

/** The one set of it. */
export const carried: Carried = {
  createSecrets,
  DeploymentError,
  DriftError,
  headerSecrets,
  isDeploymentError,
  send,
  shown,
};
