import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import type { ClientOptions, PredictClient } from "../../src/runtime/src/client/client-types.js";
import type { Deployment } from "../../src/runtime/src/deployment.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type {
  MemoryHandler,
  MemoryReply,
  MemoryTransport,
} from "../../src/runtime/src/http/memory-transport.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";

/** A row of the deployment that these tests call. */
export interface Input {
  readonly Size: number;
  readonly Name: string;
}

/** What it answers. */
export interface Output {
  readonly Weight: number;
}

export const token = "s3cr3t-t0ken/with+signs==";

/** A deployment with one number and one text in, and one number out. */
export const deployment: Deployment<Input, Output> = {
  title: "Test",
  url: "https://host.test/deployment/forward",
  auth: [{ kind: "bearer" }],
  description: null,
  operations: {
    predict: {
      method: "POST",
      path: "",
      framing: { protocol: "rows", multipart: true },
      inputs: { Size: { codec: { kind: "number" } }, Name: { codec: { kind: "text" } } },
      outputs: { Weight: { codec: { kind: "number" } } },
    },
  },
};

/** A client whose requests go to `handler`, and what it asked. */
export function clientOf(
  handler: MemoryHandler,
  options: ClientOptions = {},
  given: Deployment<Input, Output> = deployment,
): { client: PredictClient<Input, Output>; calls: MemoryTransport["calls"] } {
  const transport = memoryTransport(handler);
  const client = createDeploymentClient(
    given,
    { protocol: rows, coders },
    { token, retry: false, transport, ...options },
  );
  return { client, calls: transport.calls };
}

/** Ten times each row's size, as the deployment's arithmetic goes. */
export const answer: MemoryHandler = ({ json }): MemoryReply => {
  return { json: { rows: sizesIn(json()).map((size) => ({ Weight: size * 10 })) } };
};

/** The sizes of the rows in a request's body. */
export function sizesIn(body: unknown): number[] {
  const listed: unknown = typeof body === "object" && body !== null && "rows" in body ? body.rows : undefined;
  if (!Array.isArray(listed)) throw new Error("The body has no rows");
  return listed.map((row: unknown) => {
    if (typeof row !== "object" || row === null || !("Size" in row)) throw new Error("A row has no Size");
    return Number(row.Size);
  });
}

/** Rows of the sizes 0, 1, 2, and so on. */
export function rowsUpTo(length: number): Input[] {
  return Array.from({ length }, (_, index) => ({ Size: index, Name: `row ${index}` }));
}
