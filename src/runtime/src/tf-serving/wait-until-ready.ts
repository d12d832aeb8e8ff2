import { DeploymentError, isDeploymentError, optionError, shown } from "../errors.js";
import { pause, throwIfAborted } from "../http/send-limits.js";
import type { WaitOptions } from "./client-types.js";
import type { ModelAccess, ModelSettings } from "./model-client.js";
import { parseModelMetadata } from "./model-metadata.js";
import { parseModelStatus, versionsOf } from "./model-status.js";
import type { ModelStatus, ModelVersionStatus } from "./model-status.js";
import { shownChoice } from "./model-url.js";

/** Asks a model about itself; `read` gets the reply's JSON. */
export type AskAboutModel = <Result>(
  request: "status" | "metadata",
  call: ModelSettings,
  read: (root: unknown) => Result,
) => Promise<Result>;

/** No longer waits, unless the caller asks for them, in milliseconds. */
const longestWait = 10_000;

/** See `ModelMethods.waitUntilReady`. */
export async function waitUntilReady(
  access: ModelAccess,
  ask: AskAboutModel,
  options: WaitOptions = {},
): Promise<ModelStatus> {
  const { version, label, signal } = options;
  const timeout = toTime("timeout", options.timeout ?? 60_000) || Infinity;
  const interval = toTime("interval", options.interval ?? 500);
  const call = access.forCall({ version, label, signal });
  const end = Date.now() + timeout;
  let seen = "no reply came";
  let cause: unknown;
  for (let wait = interval; ; wait = Math.max(interval, Math.min(longestWait, wait * 1.5))) {
    throwIfAborted(call.settings.signals);
    try {
      const { status, versions } = await ask("status", ofAllVersions(withoutRetry(call, end)), (root) => {
        const found = parseModelStatus(root);
        return { status: found, versions: inLoad(versionsOf(found, call.choice)) };
      });
      if (await isReady(versions, ask, withoutRetry(call, end))) return status;
      seen = shownVersions(status);
      cause = undefined;
    } catch (error) {
      if (!mayPass(error)) throw error;
      seen = "its status could not be had";
      cause = error;
    }
    if (Date.now() + wait >= end) {
      const message = `The model (${shownChoice(call.choice)}) was not ready within ${timeout} ms: ${seen}.`;
      throw new DeploymentError("timeout", message, { cause });
    }
    await pause(wait, call.settings.signals);
  }
}

/** Whether one of the versions is available, and the label, if one is asked for, leads to one. */
async function isReady(
  versions: readonly ModelVersionStatus[],
  ask: AskAboutModel,
  call: ModelSettings,
): Promise<boolean> {
  if (!versions.some(({ state }) => state === "AVAILABLE")) return false;
  if (call.choice?.kind !== "label") return true;
  // The status does not look at labels; metadata do, and are there for none but a version that is available.
  try {
    await ask("metadata", call, parseModelMetadata);
    return true;
  } catch (error) {
    if (isDeploymentError(error, "not-found", "unavailable")) return false;
    throw error;
  }
}

/** The versions themselves, unless all have come to their end and one of them by a fault: then none is to come. */
function inLoad(versions: readonly ModelVersionStatus[]): readonly ModelVersionStatus[] {
  const failed = versions.find(({ errorCode }) => errorCode !== "OK");
  if (failed === undefined || versions.some(({ state }) => state !== "END")) return versions;
  const { version, errorCode, errorMessage } = failed;
  const why = errorMessage === "" ? "without a message" : `with the message ${shown(errorMessage, 300)}`;
  const message = `Version ${version} of the model failed to load: ${errorCode}, ${why}.`;
  throw new DeploymentError("deployment-error", message, { serverCode: errorCode });
}

/** Whether a later look may fare better: a server that starts refuses connections first. */
function mayPass(error: unknown): boolean {
  return isDeploymentError(error, "connection", "timeout", "unavailable", "rate-limited", "server-error");
}

/** One attempt each: the next look is the retry. None lasts longer than what is left. */
function withoutRetry(call: ModelSettings, end: number): ModelSettings {
  const { settings } = call;
  const timeout = Math.min(settings.timeout, Math.max(1, end - Date.now()));
  return { ...call, settings: { ...settings, timeout, retry: { ...settings.retry, retries: 0 } } };
}

/** The status of one version is 404 until the server has found it, as that of a wrong model is; that of all is not. */
function ofAllVersions(call: ModelSettings): ModelSettings {
  return { ...call, choice: undefined };
}

function shownVersions({ versions }: ModelStatus): string {
  const listed = versions.slice(0, 5).map(({ version, state }) => `version ${version} is ${state}`);
  return listed.join(", ") || "it has no version";
}

function toTime(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0) return value;
  const due = name === "timeout" ? "milliseconds, or 0 for none" : "milliseconds";
  throw optionError(name, `a number of ${due}`, value);
}
