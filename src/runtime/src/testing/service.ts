/*
 * Services that OpenAPI describes, for tests: deployments that answer from memory.
 */
import { DeploymentError, optionError, shown } from "../errors.js";
import { memoryTransport } from "../http/memory-transport.js";
import type { MemoryHandler, MemoryTransport } from "../http/memory-transport.js";
import { nearestNames } from "../coders/nearest-names.js";
import { createMock } from "./create-mock.js";
import type { MockSettings } from "./mock-types.js";
import { createServiceSystem } from "./service-mock.js";
import type { MockedService, MockOptions } from "./service-types.js";

export type { MemoryHandler, MemoryRequest, MemoryTransport } from "../http/memory-transport.js";
export type { Answered } from "./answer-types.js";
export type { MockFailure, MockSettings } from "./mock-types.js";
export { errorReply } from "./service-types.js";
export type { AnswerFor, Answers, ErrorAnswer, MockedService, MockOptions } from "./service-types.js";

type AnyAnswer = (input: unknown) => unknown;

/** Options as they are when types are gone. */
interface UntypedOptions extends MockSettings {
  readonly answers?: AnyAnswer | Readonly<Record<string, AnyAnswer | undefined>> | undefined;
}

/** Answers the requests that the service would get; throws `bad-options` for settings that cannot be. */
export function mockHandler<Operations>(
  deployment: MockedService,
  options?: MockOptions<Operations>,
): MemoryHandler;
export function mockHandler(deployment: MockedService, options: UntypedOptions = {}): MemoryHandler {
  const { seed = 0, answers = {} } = options;
  const byName = typeof answers === "function" ? { predict: answers } : answers;
  checkAnswers(byName, Object.keys(deployment.operations));
  const answerOf = (name: string): AnyAnswer | undefined =>
    Object.hasOwn(byName, name) ? byName[name] : undefined;
  return createMock(createServiceSystem(deployment, { seed, answerOf }), options);
}

/** A transport for clients of the service, with every request that it was given so far. */
export function mockTransport<Operations>(
  deployment: MockedService,
  options?: MockOptions<Operations>,
): MemoryTransport {
  return memoryTransport(mockHandler(deployment, options));
}

/** A name that is no operation's would never be asked for. */
function checkAnswers(answers: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  if (typeof answers !== "object" || answers === null) {
    throw optionError("answers", "a function, or functions by the names of methods", answers);
  }
  for (const [name, answer] of Object.entries(answers)) {
    if (!names.includes(name)) {
      const known = nearestNames(name, names);
      throw new DeploymentError(
        "bad-options",
        `The option answers has ${shown(name)}, but the methods are ${known}.`,
      );
    }
    if (answer !== undefined && typeof answer !== "function")
      throw optionError(`answers.${name}`, "a function", answer);
  }
}
