import { createServiceClient } from "../../src/runtime/src/service/index.js";
import type { CallOptions, FileInput, ServiceClientOptions } from "../../src/runtime/src/service/index.js";
import type {
  ServiceClient,
  ServiceDeployment,
  ServiceOperation,
} from "../../src/runtime/src/service/index.js";
import type { HttpBody, HttpReply } from "../../src/runtime/src/deployment.js";
import type { AnyOperationDescriptor } from "../../src/runtime/src/service/service-operation.js";

const text = { type: "text" } as const;
const integer = { type: "integer" } as const;

/** A reply of status 200 that is any JSON. */
export const anyJson: HttpReply = {
  status: "200",
  form: "json",
  mediaType: "application/json",
  shape: { type: "any" },
};

/** What the form of the sample takes. */
export interface Upload {
  image: FileInput;
  more?: FileInput[];
  label?: string | null;
  sizes?: number[];
  meta?: { unit: string };
}

/** The operations of a service that uses whatever a description can say. */
export interface SampleOperations {
  health: ServiceOperation<void, unknown>;
  find: ServiceOperation<
    { id: number; tags?: string[]; trace?: string; session?: string | null; filter?: { a: number } },
    unknown
  >;
  predict: ServiceOperation<{ model: string; size: number; kind?: "cat" | "dog" }, unknown>;
  upload: ServiceOperation<Upload, unknown>;
}

/** Its descriptor. */
export const sampleDeployment: ServiceDeployment<SampleOperations, unknown> = {
  title: "Sample",
  url: null,
  auth: [{ kind: "bearer" }],
  shapes: {},
  operations: {
    health: { method: "GET", path: "/health", stream: false, parameters: {}, body: null, replies: [anyJson] },
    find: {
      method: "GET",
      path: "/items/{id}",
      stream: false,
      parameters: {
        id: { shape: integer, place: { in: "path", name: "id", style: "simple", explode: false } },
        tags: {
          shape: { type: "list", items: text },
          place: { in: "query", name: "tag", style: "form", explode: true },
          optional: true,
        },
        trace: {
          shape: text,
          place: { in: "header", name: "X-Trace", style: "simple", explode: false },
          optional: true,
        },
        session: {
          shape: { type: "union", of: [text, { type: "null" }] },
          place: { in: "cookie", name: "session", style: "form", explode: true },
          optional: true,
        },
        filter: {
          shape: { type: "object", members: { a: { shape: integer } } },
          place: { in: "query", name: "filter", style: "deepObject", explode: true },
          optional: true,
        },
      },
      body: null,
      replies: [anyJson],
    },
    predict: {
      method: "POST",
      path: "/models/{model}/predict",
      stream: false,
      parameters: {
        model: { shape: text, place: { in: "path", name: "model", style: "simple", explode: false } },
      },
      body: {
        mediaType: "application/json",
        form: "json",
        at: "rest",
        shape: {
          type: "object",
          members: {
            size: { shape: { type: "number", min: 0 } },
            kind: { shape: { type: "enum", values: ["cat", "dog"] }, optional: true },
          },
        },
      },
      replies: [anyJson],
    },
    upload: {
      method: "POST",
      path: "/upload",
      stream: false,
      parameters: {},
      body: {
        mediaType: "multipart/form-data",
        form: "multipart",
        at: "whole",
        shape: {
          type: "object",
          members: {
            image: { shape: { type: "file", form: "binary", mediaType: "image/png" } },
            more: {
              shape: { type: "list", items: { type: "file", form: "binary" }, max: 2 },
              optional: true,
            },
            label: { shape: { type: "union", of: [text, { type: "null" }] }, optional: true },
            sizes: { shape: { type: "list", items: integer }, optional: true },
            meta: { shape: { type: "object", members: { unit: { shape: text } } }, optional: true },
          },
        },
      },
      replies: [anyJson],
    },
  },
};

/** A client of the sample. */
export function sampleClient(options: ServiceClientOptions): ServiceClient<SampleOperations, unknown> {
  return createServiceClient<SampleOperations, unknown>(sampleDeployment, { retry: false, ...options });
}

/** Calls one operation that nobody wrote a type for; parts that are not stated ask for any JSON by GET. */
export async function callAny(
  operation: Partial<AnyOperationDescriptor>,
  {
    given,
    call,
    ...options
  }: ServiceClientOptions & { readonly given?: unknown; readonly call?: CallOptions },
): Promise<unknown> {
  const whole = {
    method: "GET",
    path: "/x",
    stream: false,
    parameters: {},
    body: null,
    replies: [anyJson],
  } as const;
  const client = createServiceClient<{ run: ServiceOperation<unknown, unknown> }>(
    { title: "t", url: null, auth: [], shapes: {}, operations: { run: Object.assign({}, whole, operation) } },
    { retry: false, ...options },
  );
  return await client.run(given, call);
}

/** A body that is the whole argument. */
export function wholeBody(
  form: HttpBody["form"],
  mediaType: string,
  shape: HttpReply["shape"],
): NonNullable<AnyOperationDescriptor["body"]> {
  return { form, mediaType, shape, at: "whole" };
}

/** What `work` fails with; text where it does not. */
export async function failureOf(work: unknown): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return "no failure";
}
