/*
 * In: what one system answers with, and how the deployment is to behave. Out: a handler of requests, for a transport in
 * memory or for a server. It never shows a credential, and what it answers depends on nothing but the settings, the
 * request and, where failures are arranged, the number of the call.
 */
import { DeploymentError, isDeploymentError, optionError, shown } from "../errors.js";
import type { MemoryHandler, MemoryReply, MemoryRequest } from "../http/memory-transport.js";
import { admissionOf } from "./mock-credentials.js";
import { planFailures, unreachable } from "./mock-failures.js";
import type { MockedSystem, MockFailure, MockSettings } from "./mock-types.js";

/**
 * A deployment of `system` in memory. A call meets in turn: the cold start, the credential, the failures that are
 * arranged, and the system's answer. Throws `bad-options` for settings that cannot be; what the handler throws is a
 * `DeploymentError` that reaches the caller as it is, or the platform's error for a connection that failed.
 */
export function createMock(system: MockedSystem, settings: MockSettings = {}): MemoryHandler {
  checkSettings(settings);
  const { seed = 0, token, askCredentials = false, failures = [], coldStart = 0 } = settings;
  const { now = () => performance.now() } = settings;
  const plan = planFailures(failures, seed);
  const ready = coldStart > 0 ? now() + coldStart : 0;
  const gate = { schemes: system.auth, token };
  const isGuarded = token !== undefined || (askCredentials && system.auth.length > 0);

  return async (request) => {
    const left = coldStart > 0 ? ready - now() : 0;
    if (left > 0) return await whileStarting(system, request, left);
    if (isGuarded) {
      const admission = admissionOf(request, gate);
      if (admission === "no-credential")
        return system.refusal(401, "The call carries no credential.", request);
      if (admission === "wrong-credential")
        return system.refusal(401, "The credential is not valid.", request);
    }
    const failure = plan.next();
    if (failure !== undefined) return failed(system, request, failure);
    return await told(() => system.answer(request));
  };
}

/**
 * What `answer` gives. What fails in it is a fault of the test or of its `answers`: as any other error it would pass for
 * a failed connection and be tried again.
 */
async function told(answer: () => MemoryReply | Promise<MemoryReply>): Promise<MemoryReply> {
  try {
    return await answer();
  } catch (error) {
    if (isDeploymentError(error)) throw error;
    const words = error instanceof Error ? error.message : shown(error);
    throw new DeploymentError(
      "bad-options",
      `The mock could not answer, its error being the cause: ${words}`,
      {
        cause: error,
      },
    );
  }
}

async function whileStarting(
  system: MockedSystem,
  request: MemoryRequest,
  left: number,
): Promise<MemoryReply> {
  if (system.starting !== undefined) return await told(() => system.starting?.(request) ?? {});
  const refusal = system.refusal(503, "The deployment is starting.", request);
  return withHeader(refusal, "retry-after", String(Math.ceil(left / 1000)));
}

function failed(
  system: MockedSystem,
  request: MemoryRequest,
  { status, retryAfter }: MockFailure,
): MemoryReply {
  if (status === "unreachable") throw unreachable();
  const refusal = system.refusal(status, "This failure is arranged.", request);
  return retryAfter === undefined ? refusal : withHeader(refusal, "retry-after", String(retryAfter));
}

function withHeader(reply: MemoryReply, name: string, value: string): MemoryReply {
  return { ...reply, headers: { ...reply.headers, [name]: value } };
}

function checkSettings(settings: MockSettings): void {
  if (typeof settings !== "object" || settings === null) {
    throw new DeploymentError("bad-options", "The options of a mock must be an object.");
  }
  const { seed = 0, token, askCredentials = false, coldStart = 0, now } = settings;
  if (typeof seed !== "string" && !Number.isFinite(seed)) throw optionError("seed", "a number or text", seed);
  if (token !== undefined && (typeof token !== "string" || token === "")) {
    // What was given may be a credential, however wrong its type.
    throw new DeploymentError("bad-options", "The option token must be text that is not empty.");
  }
  if (typeof askCredentials !== "boolean")
    throw optionError("askCredentials", "true or false", askCredentials);
  if (typeof coldStart !== "number" || !(coldStart >= 0)) {
    throw optionError("coldStart", "a number of milliseconds from 0 on", coldStart);
  }
  if (now !== undefined && typeof now !== "function") throw optionError("now", "a function", now);
}
