/*
 * Deployments of Peltarion's, for tests: they answer from memory. What they take, refuse and give is the wire contract
 * of its Deployment API; statuses and codes of errors, on which that is silent, are HTTP's own (RFC 9110 §15).
 */
import type { NdArray, TensorInput } from "../arrays/nd-array.js";
import { optionError } from "../errors.js";
import type { Image, ImageInput } from "../files/image.js";
import { memoryTransport } from "../http/memory-transport.js";
import type { MemoryHandler, MemoryReply, MemoryTransport } from "../http/memory-transport.js";
import { createMock } from "./create-mock.js";
import type { MockedSystem, MockSettings } from "./mock-types.js";
import { toMockedRows } from "./rows-operation.js";
import type { MockedDeployment, Row } from "./rows-operation.js";
import { writeReply } from "./rows-reply.js";
import { readRows } from "./rows-request.js";

export type { MemoryHandler, MemoryRequest, MemoryTransport } from "../http/memory-transport.js";
export type { MockFailure, MockSettings } from "./mock-types.js";
export type { MockedDeployment } from "./rows-operation.js";

/** An output row as a test may give it: arrays also as lists, pictures as bytes, files or data URLs. */
export type AnsweredRow<Output> = {
  readonly [Name in keyof Output]: Output[Name] extends NdArray<infer D, infer S>
    ? TensorInput<D, S>
    : Output[Name] extends Image
      ? ImageInput
      : Output[Name];
};

/** How a mocked deployment behaves, and what it answers. */
export interface MockOptions<Input = Row, Output = Row> extends MockSettings {
  /** The output row for a row; left out, answers follow from the seed. */
  readonly answers?: ((row: Input) => AnsweredRow<Output> | Promise<AnsweredRow<Output>>) | undefined;
}

/** Options as they are when types are gone. */
interface UntypedOptions extends MockSettings {
  readonly answers?: ((row: Row) => unknown) | undefined;
}

/** Answers the requests that a deployment of Peltarion's would get; throws `bad-options` for settings that cannot be. */
export function mockHandler<Input, Output>(
  deployment: MockedDeployment,
  options?: MockOptions<Input, Output>,
): MemoryHandler;
export function mockHandler(deployment: MockedDeployment, options: UntypedOptions = {}): MemoryHandler {
  return createMock(createRowsSystem(deployment, options), options);
}

/** A transport for clients of the deployment, with every request that it was given so far. */
export function mockTransport<Input, Output>(
  deployment: MockedDeployment,
  options?: MockOptions<Input, Output>,
): MemoryTransport {
  return memoryTransport(mockHandler(deployment, options));
}

function createRowsSystem(deployment: MockedDeployment, { seed = 0, answers }: UntypedOptions): MockedSystem {
  if (answers !== undefined && typeof answers !== "function")
    throw optionError("answers", "a function", answers);
  const operation = toMockedRows(deployment);
  const { auth } = deployment;
  const source = { seed, answers };
  return {
    // The token is also taken as the user of HTTP Basic, though descriptions do not say so.
    auth: auth.some(({ kind }) => kind === "bearer") ? [...auth, { kind: "basic" }] : auth,
    async answer(request) {
      if (request.method !== "POST") {
        const reply = refusal(405, `The method ${request.method.slice(0, 20)} is not allowed, only POST is.`);
        return { ...reply, headers: { ...reply.headers, allow: "POST" } };
      }
      const reading = readRows(request, operation);
      if ("status" in reading) return refusal(reading.status, reading.why);
      const body = await writeReply(reading, operation, source);
      return { headers: { "content-type": "application/json" }, body };
    },
    refusal,
  };
}

const codeByStatus: ReadonlyMap<number, string> = new Map([
  [400, "BAD_INPUT"],
  [401, "UNAUTHORIZED"],
  [403, "FORBIDDEN"],
  [404, "NOT_FOUND"],
  [405, "METHOD_NOT_ALLOWED"],
  [413, "TOO_LARGE"],
  [415, "UNSUPPORTED_MEDIA_TYPE"],
  [429, "TOO_MANY_REQUESTS"],
  [503, "UNAVAILABLE"],
]);

function refusal(status: number, why: string): MemoryReply {
  const errorCode = codeByStatus.get(status) ?? (status < 500 ? "BAD_INPUT" : "INTERNAL");
  return { status, json: { errorCode, errorMessage: why } };
}
