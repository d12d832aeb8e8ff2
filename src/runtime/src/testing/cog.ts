/*
 * Cog models for tests: deployments that answer from memory, as a server of the model's own and as Replicate's API.
 */
import { optionError } from "../errors.js";
import { memoryTransport } from "../http/memory-transport.js";
import type { MemoryHandler, MemoryTransport } from "../http/memory-transport.js";
import type { Answered } from "./answer-types.js";
import type { MockedCog } from "./cog-model.js";
import { createReplicate, isReplicate } from "./cog-replicate.js";
import { createCogServer } from "./cog-server.js";
import { createMock } from "./create-mock.js";
import type { MockSettings } from "./mock-types.js";

export type { MemoryHandler, MemoryRequest, MemoryTransport } from "../http/memory-transport.js";
export type { Answered } from "./answer-types.js";
export type { MockedCog } from "./cog-model.js";
export type { MockFailure, MockSettings } from "./mock-types.js";

/** How a mocked model behaves, and what it gives. */
export interface MockOptions<Input = unknown, Output = unknown> extends MockSettings {
  /**
   * The whole output for an input; left out, outputs follow from the seed. What it throws fails the prediction, as an
   * exception of the model's own would.
   */
  readonly answers?: ((input: Input) => Answered<Output> | Promise<Answered<Output>>) | undefined;
  /** Predictions at once on a server of the model's own, beyond which calls get a 409; default: no limit. */
  readonly slots?: number | undefined;
}

/** Options as they are when types are gone. */
interface UntypedOptions extends MockSettings {
  readonly answers?: ((input: unknown) => unknown) | undefined;
  readonly slots?: number | undefined;
}

/**
 * Answers the requests that a Cog model would get, on a server of its own or, below `/v1/`, on Replicate; throws
 * `bad-options` for settings that cannot be.
 */
export function mockHandler<Input, Output>(
  deployment: MockedCog,
  options?: MockOptions<Input, Output>,
): MemoryHandler;
export function mockHandler(deployment: MockedCog, options: UntypedOptions = {}): MemoryHandler {
  const { seed = 0, answers, slots = Infinity, coldStart = 0, now = () => performance.now() } = options;
  if (!(slots >= 1)) throw optionError("slots", "a number from 1 on", slots);
  const source = { seed, answers, shapes: deployment.shapes };
  const answerAsServer = createMock(createCogServer(deployment, { ...source, slots }), options);
  const ready = coldStart > 0 ? now() + coldStart : 0;
  const isReady = (): boolean => coldStart === 0 || now() >= ready;
  const replicate = createReplicate(deployment, { ...source, isReady });
  // There a model that is starting has its predictions wait, and the API itself answers.
  const answerAsReplicate = createMock(replicate, { ...options, coldStart: 0 });
  return (request) => {
    if (!isReplicate(request.url)) return answerAsServer(request);
    return replicate.streamed(request) ?? answerAsReplicate(request);
  };
}

/** A transport for clients of the model, with every request that it was given so far. */
export function mockTransport<Input, Output>(
  deployment: MockedCog,
  options?: MockOptions<Input, Output>,
): MemoryTransport {
  return memoryTransport(mockHandler(deployment, options));
}
