import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createClient as createWeigher } from "animal-weight";
import { mockTransport as mockWeigher } from "animal-weight/testing";
import { createClient as createAdder } from "example-adder";
import { mockTransport as mockAdder } from "example-adder/testing";
import { createClient as createHalf } from "half-plus-two";
import { mockTransport as mockHalf } from "half-plus-two/testing";
import { createClient as createDoctor } from "leaf-doctor";
import { mockTransport as mockDoctor } from "leaf-doctor/testing";
import { createClient as createRestyler } from "photo-restyler";
import { mockTransport as mockRestyler } from "photo-restyler/testing";

/* A user's own tests under node:test: `node --test` runs them where the packed packages are installed. */

const url = "http://localhost/v1/models/m";

void test("rows", async () => {
  const row = { Type: "animal", Sound: "moo", Size: 1 };
  const transport = mockWeigher({ answers: ({ Size }) => ({ Weight: Size * 500 }) });
  assert.deepEqual(await createWeigher({ transport }).predict(row), { Weight: 500 });
  assert.equal(transport.calls.length, 1);
  await assert.rejects(createWeigher({ transport }).predict({ ...row, Sound: "quack" }), {
    code: "unknown-label",
  });
});

void test("TensorFlow Serving", async () => {
  const client = createHalf({ url, transport: mockHalf({ seed: 2 }) });
  assert.deepEqual(await client.predict({ x: [1] }), await client.predict({ x: [1] }));
  await assert.rejects(client.predict({ x: ["one"] }), { code: "wrong-type" });
});

void test("Modelbit", async () => {
  const client = createAdder({ url, transport: mockAdder({ answers: ({ a, b, c }) => a + b + c }) });
  assert.equal(await client.predict({ a: 1, b: 2, c: 3 }), 6);
});

void test("Cog", async () => {
  const photo = new Uint8Array([1, 2, 3]);
  const picture = await createRestyler({ url, transport: mockRestyler() }).predict({ photo, style: "ink" });
  assert.match(picture.url, /^data:/);
});

void test("a service", async () => {
  const failures = [{ status: 503, times: 1, retryAfter: 0 }];
  const transport = mockDoctor({ failures });
  const diagnosis = await createDoctor({ transport }).predict({ plant: "vine", temperature: 9, spots: [] });
  assert.equal(typeof diagnosis.disease, "string");
  assert.equal(transport.calls.length, 2);
});

void test("require()", async () => {
  const require = createRequire(import.meta.url);
  const { createClient } = require("animal-weight");
  const { mockTransport } = require("animal-weight/testing");
  const client = createClient({ transport: mockTransport({ answers: () => ({ Weight: 1 }) }) });
  assert.deepEqual(await client.predict({ Type: "human", Sound: "moo", Size: 1 }), { Weight: 1 });
});
