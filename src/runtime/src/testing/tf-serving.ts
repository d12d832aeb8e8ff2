/*
 * Models on TensorFlow Serving, for tests: deployments that answer from memory.
 */
import { memoryTransport } from "../http/memory-transport.js";
import type { MemoryHandler, MemoryTransport } from "../http/memory-transport.js";
import type { TfServingDeployment } from "../tf-serving/client-types.js";
import { createMock } from "./create-mock.js";
import { createModelSystem } from "./tf-serving-model.js";
import type { UntypedDeployment } from "./tf-serving-model.js";
import type { MockOptions, UntypedOptions } from "./tf-serving-types.js";

export type { MemoryHandler, MemoryRequest, MemoryTransport } from "../http/memory-transport.js";
export type { MockFailure, MockSettings } from "./mock-types.js";
export type {
  ExampleAnswer,
  ExampleGiven,
  MockOptions,
  PredictAnswer,
  RowGiven,
  SignatureAnswers,
} from "./tf-serving-types.js";

/** Answers the requests that a model on TensorFlow Serving would get; throws `bad-options` for settings that cannot be. */
export function mockHandler<Signatures, Main>(
  deployment: TfServingDeployment<Signatures, Main>,
  options?: MockOptions<Signatures, Main>,
): MemoryHandler;
export function mockHandler(deployment: UntypedDeployment, options: UntypedOptions = {}): MemoryHandler {
  return createMock(createModelSystem(deployment, options), options);
}

/** A transport for clients of the model, with every request that it was given so far. */
export function mockTransport<Signatures, Main>(
  deployment: TfServingDeployment<Signatures, Main>,
  options?: MockOptions<Signatures, Main>,
): MemoryTransport {
  return memoryTransport(mockHandler(deployment, options));
}
