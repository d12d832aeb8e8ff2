import { deployment as half } from "half-plus-two";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mockHandler } from "../../src/runtime/src/testing/tf-serving.js";
import { sampleModels } from "../servers/tf-serving-sample-models.js";
import { askRaw } from "../servers/tf-serving-raw.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * Bodies that are no requests: the mock says what the independent server of the other tests says.
 */

const mock = mockHandler(half);

let judge: TfServing;
beforeAll(async () => {
  judge = await startTfServing({ models: sampleModels });
});
afterAll(() => judge.close());

/** Bodies that no client writes; the other server says the same of all of them. */
const bodies: readonly string[] = [
  ...["", " ", "{", "[1]", "5", "null", '"a"', "{]", '{"a"}', '{"a":}', '{"a":1,}', '{"a":1 "b":2}', "{a:1}"],
  ...[
    '{"inputs":[1,]}',
    '{"inputs":[1 2]}',
    '{"inputs":01}',
    '{"inputs":1.}',
    '{"inputs":1e}',
    '{"inputs":.5}',
  ],
  ...['{"inputs":nan}', '{"inputs":tru}', '{"inputs":1e400}'],
  ...['{"inputs":"\\x"}', '{"inputs":"\\u12"}', '{"inputs":"\\ud800"}', '{"inputs":"\\ud800\\u0041"}'],
  ...["{}", '{"instances":5,"inputs":[1]}', '{"inputs":{}}', '{"inputs":{"y":[1]}}', '{"inputs":"a"}'],
  ...['{"inputs":[[1],2]}', '{"inputs":[1,[2]]}', '{"inputs":[[1],[2,3]]}', '{"inputs":{"b64":"AA=="}}'],
  ...['{"instances":[[1],{"x":[2]}]}', '{"instances":[{"x":[1]},[2]]}', '{"instances":[[1],[2,3]]}'],
  ...['{"instances":[[[1]],[[1,2]]]}', '{"instances":[[1,2],[[1],[2]]]}', '{"instances":[{"x":[1],"y":2}]}'],
  ...['{"instances":[{}]}', '{"instances":[true]}', '{"instances":["NaN"]}', '{"instances":[null]}'],
  ...[
    '{"signature_name":5}',
    '{"signature_name":null,"inputs":[1]}',
    '{"signature_name":{"a":[]},"inputs":1}',
  ],
  `{"signature_name":[${JSON.stringify("long".repeat(100))}]}`,
];

test.each(bodies)("%s is refused as the other server does it", async (body) => {
  const path = "/v1/models/half_plus_two:predict";
  const { status, body: refusal } = await askMock(mock, "POST", path, body);
  expect(await askRaw(judge.origin, { method: "POST", path, body })).toMatchObject({ status, body: refusal });
  expect(status).toBe(400);
});

test("bodies that would exhaust the stack are refused", async () => {
  const deep = `{"inputs":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const reply = await askMock(mock, "POST", "/v1/models/half_plus_two:predict", deep);
  expect(reply).toMatchObject({ status: 400, body: expect.stringContaining("JSON Parse error") });
});

test.each([
  { body: '{"inputs":Nan}', offset: 12 },
  { body: '{"inputs":-nan}', offset: 11 },
  { body: '{"inputs":-}', offset: 11 },
  { body: '{"é":nan}', offset: 7 },
])("RapidJSON stops in $body where it has read so far, in bytes", async ({ body, offset }) => {
  const reply = await askMock(mock, "POST", "/v1/models/half_plus_two:predict", body);
  expect(JSON.parse(reply.body)).toEqual({ error: `JSON Parse error: Invalid value. at offset: ${offset}` });
});
