import { gzipSync } from "node:zlib";
import { deployment as half, ndarray } from "half-plus-two";
import { describe, expect, test } from "vitest";
import { mockHandler } from "../../src/runtime/src/testing/tf-serving.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * The calls that TensorFlow Serving's and Paperspace Gradient's pages show, as curl sends them, and what stands around
 * them: other methods, addresses, versions, labels and encodings.
 */

const mock = mockHandler(half, {
  model: "half_plus_two",
  answers: ({ x }) => ({ y: ndarray([1], [Number(x.data[0]) / 2 + 2]) }),
});
const path = "/v1/models/half_plus_two";
const ask = (method: string, asked: string, body?: string) => askMock(mock, method, asked, body);

describe("documented calls", () => {
  test("half_plus_two predicts as the page prints it", async () => {
    const reply = await ask("POST", `${path}:predict`, '{"instances": [1.0, 2.0, 5.0]}');
    expect(reply).toEqual({
      status: 200,
      type: "application/json",
      body: '{\n    "predictions": [2.5, 3.0, 4.5\n    ]\n}',
    });
    const columns = await ask("POST", `${path}:predict`, '{"inputs": [[1.0], [2.0]]}');
    expect(JSON.parse(columns.body)).toEqual({ outputs: [[2.5], [3]] });
  });

  test.each([
    { verb: "regress", body: '{"signature_name": "regress_x_to_y", "examples": [{"x": 1.0}, {"x": 2.0}]}' },
    {
      verb: "classify",
      body: '{"signature_name": "classify_x_to_y", "context": {"y": "eh"}, "examples": [{"x": [1.0]}]}',
    },
    { verb: "predict", body: '{"signature_name": "serving_default", "instances": [{"x": 3.0}]}' },
  ])("accepts $body", async ({ verb, body }) => {
    expect(await ask("POST", `${path}:${verb}`, body)).toMatchObject({ status: 200 });
  });

  test.each([
    { method: "GET", asked: path, status: 200, says: '"state": "AVAILABLE"' },
    { method: "GET", asked: `${path}/versions/1`, status: 200, says: '"version": "1"' },
    { method: "GET", asked: `${path}/labels/any`, status: 200, says: '"version": "1"' },
    { method: "GET", asked: `${path}/versions/2`, status: 404, says: "Could not find version 2 of model" },
    {
      method: "GET",
      asked: `${path}/metadata`,
      status: 200,
      says: '"method_name": "tensorflow/serving/predict"',
    },
    { method: "GET", asked: `${path}/METADATA`, status: 200, says: "model_version_status" },
    { method: "GET", asked: `${path}/versions/2/metadata`, status: 404, says: "Specific(half_plus_two, 2)" },
    { method: "GET", asked: `${path}/labels/a%2Fb/metadata`, status: 400, says: "version label: a/b" },
    { method: "GET", asked: "/v1/models/other/metadata", status: 404, says: "Latest(other)" },
    {
      method: "GET",
      asked: "/v1/models/other",
      status: 404,
      says: "Could not find any versions of model other",
    },
    { method: "GET", asked: `${path}/`, status: 400, says: `Malformed request: GET ${path}/` },
    { method: "GET", asked: `${path}/metadata?x=1`, status: 400, says: "Malformed request" },
    { method: "GET", asked: `${path}?x=1`, status: 404, says: "versions of model half_plus_two?x=1" },
    { method: "POST", asked: `${path}:Predict`, status: 400, says: "Malformed request: POST" },
    { method: "PUT", asked: path, status: 400, says: "Malformed request: PUT" },
    { method: "HEAD", asked: `${path}/metadata`, status: 400, says: "Malformed request: HEAD" },
    { method: "GET", asked: "/v1/models", status: 400, says: "Missing model name in request." },
    { method: "GET", asked: "/", status: 404, says: "<TITLE>404 Not Found</TITLE>" },
    { method: "POST", asked: "/predict", status: 404, says: "<H1>Not Found</H1>" },
    { method: "OPTIONS", asked: path, status: 400, says: "" },
  ])("$method $asked is $status", async ({ method, asked, status, says }) => {
    const reply = await ask(method, asked);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status,
      body: says === "" ? "" : expect.stringContaining(says),
    });
  });

  test.each(["/model-serving/dep1", "/tf/v1/models/half_plus_two", "/any/place"])(
    "is reached at %s, whatever stands before",
    async (base) => {
      const body = '{"instances":[[1]]}';
      expect(await ask("POST", `${base}:predict`, body)).toMatchObject({ status: 200 });
      expect(await ask("POST", `${base}/versions/1:predict`, body)).toMatchObject({ status: 200 });
      expect(await ask("GET", `${base}/metadata`)).toMatchObject({ status: 200 });
      expect(await ask("GET", `${base}/versions/1/metadata`)).toMatchObject({ status: 200 });
    },
  );

  test("has the versions and labels that the options say", async () => {
    const versioned = mockHandler(half, { version: 7, labels: { stable: 7, canary: 8 } });
    const post = (asked: string) =>
      askMock(versioned, "POST", `/v1/models/m${asked}:predict`, '{"inputs":[[1]]}');
    expect(await post("/versions/007")).toMatchObject({ status: 200 });
    expect(await post("/labels/stable")).toMatchObject({ status: 200 });
    expect(await post("/versions/1")).toMatchObject({ status: 404 });
    expect(await post("/labels/canary")).toMatchObject({
      status: 404,
      body: expect.stringContaining("Specific(m, 8)"),
    });
    expect(await post("/labels/other")).toMatchObject({
      status: 400,
      body: expect.stringContaining("Unrecognized servable version label: other"),
    });
  });

  test("inflates gzip, and reads what does not inflate as nothing", async () => {
    const send = async (bytes: Uint8Array) => {
      const reply = await mock({
        method: "POST",
        url: `http://mock.invalid${path}:predict`,
        headers: { "content-encoding": "gzip" },
        json: () => undefined,
        bytes: () => bytes,
      });
      return "body" in reply ? String(reply.body) : "";
    };
    expect(await send(gzipSync('{"instances": [1.0]}'))).toContain('"predictions"');
    expect(await send(Buffer.from('{"instances": [1.0]}'))).toContain("The document is empty");
  });
});

test.each([
  { version: -1 },
  { version: 1.5 },
  { labels: { a: -1 } },
  { model: "" },
  { answers: 5 },
  { answers: { unknown: () => ({}) } },
  { answers: { serving_default: 5 } },
])("refuses the options %j", (given) => {
  const options: object = given;
  expect(() => mockHandler(half, options)).toThrow(expect.objectContaining({ code: "bad-options" }));
});
