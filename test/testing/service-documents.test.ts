import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import type { OperationsDeployment } from "../../src/bind/bound-deployment.js";
import { describe as understand } from "../../src/compile.js";
import { createServiceClient } from "../../src/runtime/src/service/index.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { mockHandler } from "../../src/runtime/src/testing/service.js";
import { sendRaw, serveMock } from "./serve-mock.js";
import type { ServedMock } from "./serve-mock.js";
import { inputOf, settled } from "./service-calls.js";

/*
 * Real descriptions of services, which are not part of this project: where they lie beside it, the client of each is run
 * against the mock of the same description, over loopback, held to the description in all points.
 */
const shared = fileURLToPath(new URL("../../../shared/specs/", import.meta.url));
const own = fileURLToPath(new URL("../../generated-samples/openapi-leaf-doctor/", import.meta.url));
const documents = [
  `${own}openapi.json`,
  `${shared}View-Rush__ViewTrendsSL__fastapi-model-openapi.json`,
  `${shared}h2oai__dai-deployment-templates__v1openapi3-swagger.yaml`,
  `${shared}huggingface__text-embeddings-inference__openapi.json`,
  `${shared}microsoft__azureml-inference-server__expected_swagger2.json`,
  `${shared}microsoft__azureml-inference-server__expected_swagger3.1.json`,
].filter((path) => existsSync(path));

describe.each(documents.map((path) => ({ name: path.slice(path.lastIndexOf("/") + 1), path })))(
  "$name",
  ({ path, name }) => {
    let deployment: OperationsDeployment;
    let mock: ServedMock;
    beforeAll(async () => {
      const { model } = await understand({ name, url: null, text: readFileSync(path, "utf8") });
      const bound = bindModel(model);
      if (bound.system !== "service") throw new Error(`no service: ${bound.system}`);
      ({ deployment } = bound);
      mock = await serveMock(mockHandler(deployment, { seed: name }));
    });
    afterAll(async () => await mock.close());

    test("every operation answers its own client, alike for the same call", async () => {
      const base = deployment.url === null ? "" : new URL(deployment.url).pathname;
      const client = createServiceClient<unknown>(deployment, {
        url: `${mock.origin}${base}`,
        token: "any",
        retry: false,
        validate: "strict",
      });
      for (const [method, operation] of Object.entries(deployment.operations)) {
        const call: unknown = Reflect.get(client, method);
        if (typeof call !== "function") throw new Error(`no method ${method}`);
        for (let seed = 0; seed < 8; seed += 1) {
          const given = inputOf(operation, deployment.shapes, createDraw(seed, method));
          const answer: unknown = await settled(call(given));
          expect(answer).toBeDefined();
          expect(await settled(call(given))).toEqual(answer);
        }
      }
    });

    test("every operation with a body refuses what is none", async () => {
      for (const { method, path: template, body } of Object.values(deployment.operations)) {
        if (body === null || body.form === "bytes" || body.form === "text") continue;
        const url = `${mock.origin}${template.replaceAll(/\{[^{}]*\}/g, "7")}`;
        const type = body.form === "multipart" ? "multipart/form-data; boundary=x" : body.mediaType;
        const broken = await sendRaw(url, { method, headers: { "content-type": type }, body: '{"' });
        expect([broken.status, broken.text]).toEqual([expect.any(Number), expect.any(String)]);
        expect(broken.status).toBeGreaterThanOrEqual(400);
        expect(broken.status).toBeLessThan(500);
        const other = await sendRaw(url, { method, headers: { "content-type": "text/csv" }, body: "a,b" });
        // As the description documents it: 422 by default, or its own words for a bad request.
        expect([400, 422]).toContain(other.status);
        const lost = await sendRaw(`${url}/lost/and/not/found`, { method });
        expect([lost.status, lost.json]).toEqual([404, { detail: "Not Found" }]);
      }
    });
  },
);

test("at least the sample is there", () => {
  expect(documents.length).toBeGreaterThanOrEqual(existsSync(shared) ? 6 : 1);
});
