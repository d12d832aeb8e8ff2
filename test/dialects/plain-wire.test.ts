import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { DeploymentModel, FeatureModel, OperationModel } from "../../src/model/deployment-model.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { JsonShape } from "../../src/runtime/src/index.js";
import { createServiceClient } from "../../src/runtime/src/service/index.js";
import { fixtures, readFixture } from "./descriptions.js";

/** What the caller gives, what goes out, what comes back, what the caller gets. */
interface Transcript {
  /** As the description calls it. */
  readonly operation: string;
  readonly given?: unknown;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly json?: unknown;
    /** The fields of a form, files in base64. */
    readonly form?: Readonly<Record<string, string>>;
  };
  readonly reply: {
    readonly status: number;
    readonly contentType: string;
    readonly json?: unknown;
    readonly text?: string;
  };
  readonly want?: unknown;
  /** What the caller gets one by one. */
  readonly items?: readonly unknown[];
}

const transcripts = fixtures()
  .filter(({ dialect }) => dialect === "openapi")
  .flatMap((fixture) =>
    fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf("/openapi/") + 1) })),
  );

describe("what goes out and comes in", () => {
  test.each(transcripts)("$name", async ({ fixture, file }) => {
    const spec = await readFixture(fixture);
    const said = { labels: new Map<string, string[]>(), operations: [] };
    const { model } = recognise(spec, dialects).interpret(spec, said);
    const { operation, given, request, reply, want, items }: Transcript = JSON.parse(
      readFileSync(file, "utf8"),
    );
    const transport = memoryTransport(() => ({
      status: reply.status,
      headers: { "content-type": reply.contentType },
      body: reply.text ?? JSON.stringify(reply.json),
    }));
    const client = createServiceClient<unknown>(deploymentOf(model), { transport, token: "secret" });
    const method: unknown = Reflect.get(client, operation);
    if (typeof method !== "function") throw new Error(`no operation ${operation}`);
    const got: unknown = method(withFiles(given));
    if (items === undefined) expect(await got).toEqual(want);
    else expect(await collected(got)).toEqual(items);

    const [sent, ...more] = transport.calls;
    if (sent === undefined) throw new Error("nothing was sent");
    expect(more).toEqual([]);
    expect([sent.method, sent.url]).toEqual([request.method, request.url]);
    expect(sent.headers).toMatchObject({ authorization: "Bearer secret", ...request.headers });
    if (request.contentType !== undefined) expect(sent.headers["content-type"]).toBe(request.contentType);
    if (request.json !== undefined) expect(sent.json()).toEqual(request.json);
    if (request.form !== undefined) expect(await fieldsOf(sent)).toEqual(request.form);
    if (request.json === undefined && request.form === undefined) expect(sent.bytes()).toHaveLength(0);
  });
});

/** The operations by their ids, which are no worse than methods' names to call them by. */
function deploymentOf({ title, url, auth, operations, shapes = [] }: DeploymentModel) {
  return {
    title,
    url,
    auth,
    shapes: Object.fromEntries(shapes.map(({ name, shape }) => [name, shape])),
    operations: Object.fromEntries(operations.map((operation) => [operation.id, descriptorOf(operation)])),
  };
}

function descriptorOf({ method, path, framing, input, output }: OperationModel): object {
  if (framing.protocol !== "http") throw new Error("no operation of a service");
  const { places, body, replies } = framing;
  const parameters = Object.keys(places).map((name) => {
    const feature = input.features.find(({ wireName }) => wireName === name);
    const optional = feature?.required === true ? {} : { optional: true };
    return [name, { shape: shapeOf(feature), place: places[name], ...optional }];
  });
  const content = body === null ? null : { ...body, shape: shapeOf(input.features.at(-1)) };
  return {
    method,
    path,
    stream: output.stream,
    parameters: Object.fromEntries(parameters),
    body: content,
    replies,
  };
}

function shapeOf(feature: FeatureModel | undefined): JsonShape {
  if (feature?.codec.kind !== "json") throw new Error("no shape");
  return feature.codec.shape;
}

/** `{"bytes": base64}` as the bytes that a caller has. */
function withFiles(given: unknown): unknown {
  if (typeof given !== "object" || given === null) return given;
  const entries = Object.entries(given).map(([name, value]: [string, unknown]) => {
    const base64: unknown =
      typeof value === "object" && value !== null && "bytes" in value ? value.bytes : undefined;
    return [name, typeof base64 === "string" ? new Uint8Array(Buffer.from(base64, "base64")) : value];
  });
  return Object.fromEntries(entries);
}

async function collected(items: unknown): Promise<readonly unknown[]> {
  if (typeof items !== "object" || items === null || !(Symbol.asyncIterator in items))
    throw new Error("nothing comes one by one");
  const iterate: unknown = items[Symbol.asyncIterator];
  if (typeof iterate !== "function") throw new Error("nothing comes one by one");
  const iterator: AsyncIterator<unknown> = iterate.call(items);
  const found: unknown[] = [];
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    found.push(next.value);
  return found;
}

/** The form as the platform's own parser reads it. */
async function fieldsOf({
  headers,
  bytes,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: () => Uint8Array;
}): Promise<object> {
  const response = new Response(Buffer.from(bytes()), {
    headers: { "content-type": headers["content-type"] ?? "" },
  });
  const fields = [...(await response.formData())].map(async ([name, value]): Promise<[string, string]> => {
    return [
      name,
      typeof value === "string" ? value : Buffer.from(await value.arrayBuffer()).toString("base64"),
    ];
  });
  return Object.fromEntries(await Promise.all(fields));
}
