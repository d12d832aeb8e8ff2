import type { MemoryReply } from "../http/memory-transport.js";
import { createPrinter } from "./tf-serving-print.js";

/** The canonical codes that a call of the mock can end with, and the HTTP statuses that TensorFlow Serving has for them. */
const statuses = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  NOT_FOUND: 404,
  UNIMPLEMENTED: 501,
} as const;

/** What a call ends with instead of an answer: thrown where the real server returns a status, and caught at the door. */
export class ServingFailure extends Error {
  override readonly name = "ServingFailure";
  readonly code: keyof typeof statuses;

  constructor(code: keyof typeof statuses, message: string) {
    super(message);
    this.code = code;
  }
}

/** The failure that nearly every refusal is. */
export function invalid(message: string): ServingFailure {
  return new ServingFailure("INVALID_ARGUMENT", message);
}

/** A failure as it stands in another: code and text. */
export function nested({ code, message }: ServingFailure): string {
  return `${code}: ${message}`;
}

/** The reply that a failure becomes. */
export function failureReply({ code, message }: ServingFailure): MemoryReply {
  return errorReply(statuses[code], message);
}

/** `{"error": text}` as the server prints it. */
export function errorReply(status: number, message: string): MemoryReply {
  const printer = createPrinter();
  printer.open("{");
  printer.name("error");
  printer.text(message);
  printer.close("}");
  return jsonReply(printer.finish(), status);
}

/** A reply with a body that is printed already. */
export function jsonReply(body: string, status: number = 200): MemoryReply {
  return { status, headers: { "content-type": "application/json" }, body };
}
