import { DeploymentError, DriftError, isDeploymentError, shown } from "../errors.js";
import { send } from "../http/send.js";
import { callSecrets } from "./call-secrets.js";

/**
 * What every client holds. Code that is loaded late is given it and imports none of it: a bundler then need not make
 * a chunk of what both use, which would cost all clients some 600 bytes.
 */
export interface Carried {
  readonly callSecrets: typeof callSecrets;
  readonly DeploymentError: typeof DeploymentError;
  readonly DriftError: typeof DriftError;
  readonly isDeploymentError: typeof isDeploymentError;
  readonly send: typeof send;
  readonly shown: typeof shown;
}

/** The one set of it. */
export const carried: Carried = {
  callSecrets,
  DeploymentError,
  DriftError,
  isDeploymentError,
  send,
  shown,
};
