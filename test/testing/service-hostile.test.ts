import { deployment } from "leaf-doctor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import type { OperationsDeployment } from "../../src/bind/bound-deployment.js";
import { createServiceClient } from "../../src/runtime/src/service/index.js";
import type { AnyOperationDescriptor } from "../../src/runtime/src/service/service-operation.js";
import type { Shapes } from "../../src/runtime/src/shapes/stated-shapes.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { heightOf, noValues } from "../../src/runtime/src/testing/seeded-shapes-height.js";
import { mockHandler, mockTransport } from "../../src/runtime/src/testing/service.js";
import { hostileService } from "../fuzz/hostile-service.js";
import { sampleDeployment } from "../service/sample-service.js";
import { rawCall } from "./raw-call.js";
import { inputOf, settled } from "./service-calls.js";

/*
 * Whatever is sent, a mock answers: with a success or a refusal, and never by failing itself.
 */

const text = fc.string({ unit: "binary", maxLength: 20 });
const segment = fc.oneof(
  text.map(encodeURIComponent),
  fc.constantFrom(
    "predict",
    "picture",
    "items",
    "plants",
    "wheat",
    "diseases",
    "7",
    "%",
    "%ff",
    "..",
    ";",
    "{plant}",
  ),
);
const query = fc.oneof(
  text.map((one) => encodeURIComponent(one)),
  fc.constantFrom(
    "threshold=1",
    "severity=mild",
    "filter[a]=1",
    "filter[a][b]=1",
    "filter[]=",
    "tag=%",
    "=&&=",
    "+",
  ),
);
const header = fc.constantFrom("content-type", "cookie", "x-trace", "accept", "x-request-id");
const headerValue = fc.oneof(
  fc.constantFrom("application/json", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"),
  fc.constantFrom("multipart/form-data", "text/plain", "session=a;b;=c;%", "", "a/b;;;"),
  text,
);
const part = (name: string, more: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
const body = fc.oneof(
  fc.json(),
  fc.json().map((json) => json.slice(0, -1)),
  fc.uint8Array({ maxLength: 60 }),
  fc
    .array(
      fc.oneof(fc.constantFrom(part("picture", '; filename="x"'), part("plant", ""), "\r\n", "--b--"), text),
    )
    .map((parts) => parts.join("")),
  fc.array(text).map((parts) => parts.map((one) => `${one}=${encodeURIComponent(one)}`).join("&")),
  fc.integer({ min: 1, max: 3000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
);

const call = fc.record({
  url: fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.array(query, { maxLength: 4 }))
    .map(([path, pairs]) => `http://service.test/${path.join("/")}?${pairs.join("&")}`)
    .filter((url) => URL.canParse(url)),
  method: fc.constantFrom("GET", "POST", "PUT", "HEAD", "OPTIONS", "BREW"),
  headers: fc.dictionary(header, headerValue),
  body,
});

test.each([
  { name: "leaf-doctor", service: deployment },
  { name: "the service that uses whatever a description can say", service: sampleDeployment },
])("$name answers whatever comes", async ({ service }) => {
  const handler = mockHandler(service);
  const seen = new Set<number>();
  const known = [
    "/v2/predict",
    "/v2/predict/picture",
    "/v2/health",
    "/items/7",
    "/models/m/predict",
    "/upload",
  ];
  await fc.assert(
    fc.asyncProperty(call, fc.option(fc.constantFrom(...known)), async (request, path) => {
      const url = path === null ? request.url : `http://service.test${path}${new URL(request.url).search}`;
      const reply = await rawCall(handler, { ...request, url });
      seen.add(reply.status);
      expect([200, 400, 404, 405, 415, 422]).toContain(reply.status);
      if (reply.status >= 400) expect(reply.json).toHaveProperty("detail");
    }),
    { numRuns: 3000 },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404, 405, 422]));
});

test("services of hostile words and shapes answer their own clients, wherever there is something to answer", async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(hostileService, fc.nat(), async (model, seed) => {
      const bound = bindModel(model);
      if (bound.system !== "service") throw new Error("no service");
      // JSON holds no file by itself; no description is read as if it did.
      const own: OperationsDeployment = JSON.parse(
        JSON.stringify(bound.deployment).replaceAll('"form":"binary"', '"form":"base64"'),
      );
      const paths = Object.values(own.operations).map(({ method, path }) => `${method} ${path}`);
      fc.pre(new Set(paths).size === paths.length);
      const transport = mockTransport(own, { seed });
      const options = {
        transport,
        url: "http://service.test/base",
        retry: false,
        validate: "strict",
      } as const;
      const client = createServiceClient<unknown>(own, options);
      for (const [method, operation] of Object.entries(own.operations)) {
        // Text may say more than one thing, and null and empty lists are not there at all: those are left to others.
        if (Object.keys(operation.parameters).length > 0) continue;
        if (!isPossible(operation, own.shapes)) continue;
        const given = inputOf(operation, own.shapes, createDraw(seed, method));
        const before = transport.calls.length;
        const [first, again] = [await outcome(client, method, given), await outcome(client, method, given)];
        expect(again).toEqual(first);
        // What no header or path can carry is refused before it goes out.
        if (transport.calls.length === before) continue;
        expect(first).not.toBeInstanceOf(Error);
        answered += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(answered).toBeGreaterThan(50);
});

function isPossible({ parameters, body, replies }: AnyOperationDescriptor, shapes: Shapes): boolean {
  const all = [...Object.values(parameters), ...(body === null ? [] : [body]), ...replies];
  return all.every(({ shape }) => heightOf(shape, shapes) < noValues);
}

async function outcome(client: object, method: string, given: unknown): Promise<unknown> {
  const call: unknown = Reflect.get(client, method);
  if (typeof call !== "function") throw new Error(`no method ${method}`);
  try {
    const reply: unknown = call(given);
    return await settled(reply);
  } catch (error) {
    return error;
  }
}
