/*
 * Functions on Modelbit, for tests: deployments that answer from memory.
 */
import { memoryTransport } from "../http/memory-transport.js";
import type { MemoryHandler, MemoryTransport } from "../http/memory-transport.js";
import type { Answered } from "./answer-types.js";
import { createMock } from "./create-mock.js";
import type { MockSettings } from "./mock-types.js";
import { createModelbitSystem } from "./modelbit-mock.js";
import type { MockedModelbit } from "./modelbit-mock.js";

export type { MemoryHandler, MemoryRequest, MemoryTransport } from "../http/memory-transport.js";
export type { Answered } from "./answer-types.js";
export type { MockFailure, MockSettings } from "./mock-types.js";
export type { MockedModelbit } from "./modelbit-mock.js";

/** How a mocked function behaves, and what it gives. */
export interface MockOptions<Input = unknown, Output = unknown> extends MockSettings {
  /**
   * The function's result for its arguments by name; left out, results follow from the seed. What it throws is the
   * function's own error, as Python would raise it.
   */
  readonly answers?: ((call: Input) => Answered<Output> | Promise<Answered<Output>>) | undefined;
}

/** Options as they are when types are gone. */
interface UntypedOptions extends MockSettings {
  readonly answers?: ((call: unknown) => unknown) | undefined;
}

/** Answers the requests that a function on Modelbit would get; throws `bad-options` for settings that cannot be. */
export function mockHandler<Input, Output>(
  deployment: MockedModelbit,
  options?: MockOptions<Input, Output>,
): MemoryHandler;
export function mockHandler(deployment: MockedModelbit, options: UntypedOptions = {}): MemoryHandler {
  const { seed = 0, answers } = options;
  const system = createModelbitSystem(deployment, { seed, answers });
  const answer = createMock(system, options);
  return (request) => system.linked(request) ?? answer(request);
}

/** A transport for clients of the function, with every request that it was given so far. */
export function mockTransport<Input, Output>(
  deployment: MockedModelbit,
  options?: MockOptions<Input, Output>,
): MemoryTransport {
  return memoryTransport(mockHandler(deployment, options));
}
