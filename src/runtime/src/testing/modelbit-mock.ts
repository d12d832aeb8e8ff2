/*
 * A function on Modelbit that answers from memory. Requests and replies are those of the product's REST pages and of its
 * Python client; where they say nothing of a status, errors are 400, and tracebacks 200.
 */
import { isDeploymentError } from "../errors.js";
import type { AuthScheme } from "../deployment.js";
import type { MemoryReply, MemoryRequest } from "../http/memory-transport.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { answerText } from "./given-answer.js";
import { hashValue } from "./hash-value.js";
import { FunctionFault, readCalls } from "./modelbit-request.js";
import type { GivenCall, MockedFunction } from "./modelbit-request.js";
import type { MockedSystem } from "./mock-types.js";

/** The parts of a descriptor that a mock needs; every generated descriptor has them. */
export interface MockedModelbit extends MockedFunction {
  readonly auth: readonly AuthScheme[];
  readonly output: JsonShape;
}

/** What its answers are made of. */
export interface ModelbitAnswers {
  readonly seed: number | string;
  readonly answers: ((call: unknown) => unknown) | undefined;
}

/** A system whose results may stand behind links, which take no credentials. */
export interface ModelbitSystem extends MockedSystem {
  /** The result that the request's address leads to, if it is the address of one. */
  linked(request: MemoryRequest): MemoryReply | undefined;
}

/** The largest body that the service takes, in bytes. */
const largestBody = 20_000_000;

/** As many results stand behind links; the oldest are forgotten first. */
const mostLinks = 1_000;

/** The half of a mock that is Modelbit's own. */
export function createModelbitSystem(
  deployment: MockedModelbit,
  { seed, answers }: ModelbitAnswers,
): ModelbitSystem {
  const source = { seed, answers, shapes: deployment.shapes ?? {} };
  const links = new Map<string, string>();

  async function dataOf(calls: readonly GivenCall[]): Promise<string> {
    const texts: { readonly id: string; readonly text: string }[] = [];
    for (const { id, given } of calls) {
      const text = await resultOf(given);
      if (id === undefined) return text;
      texts.push({ id: JSON.stringify(id), text });
    }
    // Nothing promises the order of the rows: they come sorted by the text of their ids.
    const sorted = texts.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    return `[${sorted.map(({ id, text }) => `[${id},${text}]`).join(",")}]`;
  }

  async function resultOf(given: unknown): Promise<string> {
    try {
      return await answerText(given, deployment.output, source);
    } catch (error) {
      if (isDeploymentError(error)) throw error;
      const said = error instanceof Error ? `${error.name}: ${error.message}` : `Exception: ${String(error)}`;
      throw new FunctionFault(said, { status: 200, inPython: true });
    }
  }

  function linkTo(data: string, { url }: MemoryRequest): string {
    const signature = hashValue(seed, [data, links.size]).map((word) =>
      (word >>> 0).toString(16).padStart(8, "0"),
    );
    const link = new URL(`/results/${links.size}?X-Signature=${signature.join("")}`, url);
    links.set(pathOf(link), data);
    for (const oldest of links.keys()) {
      if (links.size <= mostLinks) break;
      links.delete(oldest);
    }
    return link.href;
  }

  return {
    auth: deployment.auth.length === 0 ? [{ kind: "raw" }] : deployment.auth,
    async answer(request) {
      if (request.method !== "POST") return refusal(405, `The method ${request.method} is not allowed.`);
      const bytes = request.bytes();
      if (bytes.byteLength > largestBody) return refusal(413, "The request is too large.");
      try {
        const { calls, links: byLink } = readCalls(parse(request), deployment);
        const data = await dataOf(calls);
        return json(`{"data":${byLink ? JSON.stringify(linkTo(data, request)) : data}}`);
      } catch (error) {
        if (!(error instanceof FunctionFault)) throw error;
        return refusal(error.status, error.inPython ? traceback(error.message) : error.message);
      }
    },
    refusal,
    linked({ method, url }) {
      const data = links.get(pathOf(new URL(url)));
      return method === "GET" && data !== undefined ? json(data) : undefined;
    },
  };
}

function parse(request: MemoryRequest): unknown {
  try {
    return request.json();
  } catch {
    throw new FunctionFault("The request is not valid JSON.");
  }
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

function refusal(status: number, error: string): MemoryReply {
  return { status, json: { error } };
}

function traceback(last: string): string {
  return `Traceback (most recent call last):\n  File "source.py", line 1, in <module>\n${last}\n`;
}

function json(body: string): MemoryReply {
  return { headers: { "content-type": "application/json" }, body };
}
