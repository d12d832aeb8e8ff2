import type { AuthScheme } from "../deployment.js";
import type { AnyOperationDescriptor } from "../service/service-operation.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import type { Answered } from "./answer-types.js";
import type { MockSettings } from "./mock-types.js";

/** The parts of a descriptor that a mock needs; every generated descriptor has them. */
export interface MockedService {
  readonly url: string | null;
  readonly auth: readonly AuthScheme[];
  readonly shapes: Shapes;
  readonly operations: Readonly<Record<string, AnyOperationDescriptor>>;
}

/** An error reply in place of an answer. */
export interface ErrorAnswer<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body: Body;
}

/** Any error reply. */
export type AnyErrorAnswer = ErrorAnswer;

const made = new WeakSet<object>();

/** What `answers` gives where the operation is to fail: with `status`, and what the description documents for it. */
export function errorReply<const Status extends number, Body>(
  status: Status,
  body: Body,
): ErrorAnswer<Status, Body> {
  const answer = Object.freeze({ status, body });
  made.add(answer);
  return answer;
}

/** Whether `errorReply` made `value`. */
export function isErrorAnswer(value: unknown): value is AnyErrorAnswer {
  return typeof value === "object" && value !== null && made.has(value);
}

/** The documented error replies; any where the description documents none. */
type ErrorAnswersOf<Errors> = unknown extends Errors
  ? ErrorAnswer
  : {
      readonly [Status in keyof Errors]: ErrorAnswer<
        Status extends number ? Status : number,
        Answered<Errors[Status]>
      >;
    }[keyof Errors];

type Given<Answer> = Answer | Promise<Answer>;

/** What a test answers with in place of an operation: a function of what the operation's method was called with. */
export type AnswerFor<Operation> = Operation extends {
  readonly kind: infer Kind;
  readonly input: infer Input;
  readonly output: infer Output;
  readonly errors: infer Errors;
}
  ? (
      input: Input,
    ) => Given<
      | (Kind extends "stream"
          ? AsyncIterable<Answered<Output>> | Iterable<Answered<Output>>
          : Answered<Output>)
      | ErrorAnswersOf<Errors>
    >
  : never;

/** Answers by the name of the client's method; a function alone is the main operation's. */
export type Answers<Operations> =
  | { readonly [Name in keyof Operations]?: AnswerFor<Operations[Name]> | undefined }
  | (Operations extends { readonly predict: infer Main } ? AnswerFor<Main> : never);

/** How a mocked service behaves, and what it answers with. */
export interface MockOptions<Operations = unknown> extends MockSettings {
  /** Left out, or for operations that it leaves out, answers follow from the seed and the request. */
  readonly answers?: Answers<Operations> | undefined;
}
