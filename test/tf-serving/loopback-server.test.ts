import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { echo, halfPlusTwo } from "../servers/tf-serving-models.js";
import type { ServedSignature } from "../servers/tf-serving-model.js";
import { decimalText } from "../servers/tf-serving-print.js";
import { askRaw } from "../servers/tf-serving-raw.js";
import type { RawReply, RawRequest } from "../servers/tf-serving-raw.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";

/*
 * The loopback server itself, where no vector says what the contract does: addresses, verbs, refusals by dtype, gzip.
 */

const dtypes = [
  "FLOAT",
  "DOUBLE",
  "INT8",
  "INT16",
  "INT32",
  "UINT8",
  "INT64",
  "UINT32",
  "UINT64",
  "BOOL",
  "STRING",
  "HALF",
];

function echoOf(dtype: string): ServedSignature {
  return echo(dtype, [{ name: "x", dtype: `DT_${dtype}`, shape: null }]);
}

let serving: TfServing;

beforeAll(async () => {
  const loading = { version: 2n, state: "LOADING" as const };
  const pair = ["a", "b"].map((name) => ({ name, dtype: "DT_FLOAT", shape: [-1] }));
  serving = await startTfServing({
    models: [
      halfPlusTwo("half"),
      halfPlusTwo("a/b: c", [{ version: 7n, state: "AVAILABLE" }, loading], new Map([["x/y", 7n]])),
      {
        name: "echo",
        versions: [{ version: 1n, state: "AVAILABLE" }],
        signatures: [...dtypes.map(echoOf), echo("pair", pair), { name: "none", inputs: [], outputs: pair }],
      },
    ],
  });
});
afterAll(() => serving.close());

function ask(request: RawRequest): Promise<RawReply> {
  return askRaw(serving.origin, request);
}

describe("addresses", () => {
  const cases: readonly { method: string; path: string; status: number; says: RegExp }[] = [
    { method: "GET", path: "/v1/models/half", status: 200, says: /"AVAILABLE"/ },
    { method: "GET", path: "/V1/MODELS/half/VERSIONS/123", status: 200, says: /"123"/ },
    { method: "GET", path: "/v1/models/half/versions/00123", status: 200, says: /"123"/ },
    { method: "GET", path: "/v1/models/half/labels/nobody", status: 200, says: /"123"/ },
    {
      method: "GET",
      path: "/v1/models/half/metadata",
      status: 200,
      says: /"signature_def": \{\s*"signature_def"/,
    },
    { method: "GET", path: "/v1/models/half/METADATA", status: 200, says: /model_version_status/ },
    { method: "GET", path: "/v1/models/half/labels/nobody/metadata", status: 400, says: /nobody/ },
    { method: "GET", path: "/v1/models/half/versions/9/metadata", status: 404, says: /Specific\(half, 9\)/ },
    { method: "GET", path: "/v1/models/half/versions/9", status: 404, says: /version 9/ },
    { method: "GET", path: "/v1/models/a%2Fb%3A%20c/labels/x%2Fy/metadata", status: 200, says: /"a\/b: c"/ },
    { method: "GET", path: "/v1/models/a%2Fb%3A%20c", status: 200, says: /"7"[^]*AVAILABLE/ },
    { method: "GET", path: "/v1/models/half/", status: 400, says: /Malformed request: GET/ },
    { method: "GET", path: "/v1/models/half?x=1", status: 404, says: /half\?x=1/ },
    { method: "GET", path: "/v1/models/half/metadata?x=1", status: 400, says: /Malformed/ },
    { method: "POST", path: "/v1/models/half:predict?x=1", status: 400, says: /Malformed request: POST/ },
    { method: "POST", path: "/v1/models/half:Predict", status: 400, says: /Malformed/ },
    { method: "POST", path: "/v1/models/half%3Apredict", status: 400, says: /Malformed/ },
    { method: "POST", path: "/v1/models/half/versions/1/labels/a:predict", status: 400, says: /Malformed/ },
    { method: "GET", path: "/v1/models/half:predict", status: 400, says: /Malformed request: GET/ },
    { method: "PUT", path: "/v1/models/half:predict", status: 400, says: /Malformed request: PUT/ },
    { method: "DELETE", path: "/v1/models/half", status: 400, says: /Malformed request: DELETE/ },
    { method: "POST", path: "/v1/models/half/versions/9223372036854775808:predict", status: 400, says: /^$/ },
    { method: "OPTIONS", path: "/v1/models/half", status: 400, says: /^$/ },
    { method: "GET", path: "/v2/models/half", status: 404, says: /^<HTML>/ },
    { method: "GET", path: "/", status: 404, says: /^<HTML>/ },
  ];
  test.each(cases)("$method $path is $status", async ({ method, path, status, says }) => {
    const reply = await ask({ method, path });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(says);
  });

  test("OPTIONS with a page's origin is 200", async () => {
    const headers = { origin: "https://page.test" };
    expect(await ask({ method: "OPTIONS", path: "/v1/models/half", headers })).toMatchObject({ status: 200 });
  });
});

async function predict(signature: string, rest: string): Promise<RawReply> {
  const body = `{"signature_name": "${signature}", ${rest}}`;
  return await ask({ method: "POST", path: "/v1/models/echo:predict", body });
}

describe("values", () => {
  const cases: readonly { dtype: string; given: string; want: string | RegExp }[] = [
    { dtype: "FLOAT", given: "1e39", want: "Infinity" },
    { dtype: "FLOAT", given: "1e-46", want: "0.0" },
    { dtype: "FLOAT", given: "-0", want: "0.0" },
    { dtype: "FLOAT", given: "-0.0", want: "-0.0" },
    { dtype: "FLOAT", given: "0.1", want: "0.1" },
    { dtype: "FLOAT", given: "16777217", want: "16777216.0" },
    { dtype: "FLOAT", given: "Nan", want: /Parse error: Invalid value/ },
    { dtype: "FLOAT", given: "1e400", want: /Number too big/ },
    { dtype: "FLOAT", given: "1.", want: /Miss fraction/ },
    { dtype: "FLOAT", given: "true", want: /Type: True is not of expected type: float/ },
    { dtype: "FLOAT", given: '{"b64": "AAAA"}', want: /Type: Object is not of expected type: float/ },
    { dtype: "DOUBLE", given: "NaN", want: "NaN" },
    { dtype: "DOUBLE", given: "-Infinity", want: "-Infinity" },
    { dtype: "DOUBLE", given: "3", want: "3.0" },
    { dtype: "INT32", given: "1.0", want: /not of expected type: int32/ },
    { dtype: "INT32", given: "1e3", want: /not of expected type: int32/ },
    { dtype: "UINT8", given: "-2147483649", want: /not of expected type: uint8/ },
    { dtype: "INT64", given: "9223372036854775807", want: "9223372036854775807" },
    { dtype: "INT64", given: "9223372036854775808", want: /not of expected type: int64/ },
    { dtype: "INT64", given: '"1"', want: /Type: String is not of expected type: int64/ },
    { dtype: "UINT32", given: "-1", want: /not of expected type: uint32/ },
    { dtype: "UINT64", given: "18446744073709551616", want: /not of expected type: uint64/ },
    { dtype: "BOOL", given: "true", want: "true" },
    { dtype: "BOOL", given: "1", want: /not of expected type: bool/ },
    { dtype: "STRING", given: '{"b64": "aGVs bG8"}', want: '"hello"' },
    { dtype: "STRING", given: '{"b64": "aGVsbG8=="}', want: /Unable to base64 decode/ },
    { dtype: "STRING", given: '{"b64": "__4="}', want: /Unable to base64 decode/ },
    { dtype: "STRING", given: '{"b64": 1}', want: /Missing named input: x/ },
    { dtype: "STRING", given: '"\\ud83d"', want: /surrogate pair in string is invalid/ },
    { dtype: "STRING", given: "1", want: /Type: Number is not of expected type: string/ },
    { dtype: "STRING", given: "null", want: /Type: Null/ },
  ];
  test.each(cases)("$given as $dtype", async ({ dtype, given, want }) => {
    const { status, body } = await predict(dtype, `"inputs": ${given}`);
    if (typeof want === "string") expect(body).toBe(`{\n    "outputs": ${want}\n}`);
    else expect({ status, body }).toEqual({ status: 400, body: expect.stringMatching(want) });
  });

  const bodies: readonly { name: string; signature: string; rest: string; status: number; says: RegExp }[] = [
    { name: "half, in columns", signature: "HALF", rest: '"inputs": 1', status: 501, says: /to type: half/ },
    {
      name: "no list of rows",
      signature: "FLOAT",
      rest: '"instances": {}',
      status: 400,
      says: /not an array/,
    },
    { name: "no rows", signature: "FLOAT", rest: '"instances": []', status: 400, says: /empty array/ },
    { name: "neither", signature: "FLOAT", rest: '"x": 1', status: 400, says: /Missing/ },
    {
      name: "an unknown signature",
      signature: "x",
      rest: '"inputs": 1',
      status: 400,
      says: /"error": ".*\\"x\\"/,
    },
    { name: "no inputs", signature: "none", rest: '"inputs": {}', status: 400, says: /no inputs/ },
    {
      name: "a stranger in columns",
      signature: "pair",
      rest: '"inputs": {"a": 1, "b": 2, "c": []}',
      status: 200,
      says: /"a": 1.0/,
    },
    {
      name: "a stranger in a row",
      signature: "pair",
      rest: '"instances": [{"a": 1, "b": 2, "c": 3}]',
      status: 400,
      says: /named input: c/,
    },
    {
      name: "bare rows for two inputs",
      signature: "pair",
      rest: '"instances": [1]',
      status: 400,
      says: /plain list/,
    },
    {
      name: "an object behind a value",
      signature: "FLOAT",
      rest: '"instances": [1, {"x": 2}]',
      status: 400,
      says: /value\/list but got object at item 1/,
    },
    {
      name: "the first of two keys",
      signature: "FLOAT",
      rest: '"inputs": 1, "inputs": 2',
      status: 200,
      says: /: 1\.0/,
    },
    {
      name: "another key",
      signature: "FLOAT",
      rest: '"inputs": 1, "output_filter": ["x"]',
      status: 200,
      says: /: 1\.0/,
    },
    {
      name: "two rows of two outputs",
      signature: "pair",
      rest: '"instances": [{"a": [1], "b": 2}, {"b": 4, "a": [3]}]',
      status: 200,
      says: /\{\s*"a": \[3\.0\],\s*"b": 4\.0\s*\}/,
    },
    {
      name: "outputs that disagree",
      signature: "pair",
      rest: '"inputs": {"a": [1], "b": [1, 2]}',
      status: 200,
      says: /"b": \[\s*1\.0,\s*2\.0/,
    },
  ];
  test.each(bodies)("$name is $status", async ({ signature, rest, status, says }) => {
    const reply = await predict(signature, rest);
    expect(reply.body).toMatch(says);
    expect(reply.status).toBe(status);
  });
});

describe("spellings", () => {
  test.each([
    { given: 0.1, want: "0.1" },
    { given: 9_000_000, want: "9e+06" },
    { given: 0.00003, want: "3e-05" },
    { given: 1_234_567, want: "1234567.0" },
    { given: 1 / 3, want: "0.333333343" },
    { given: 2 ** -149, want: "1.4013e-45" },
    { given: -0, want: "-0.0" },
    { given: 100, want: "100.0" },
  ])("$given is written $want", ({ given, want }) => {
    expect(decimalText(Math.fround(given), "float")).toBe(want);
  });

  test("every float32 and float64 reads back", () => {
    for (let index = 1; index < 2000; index += 1) {
      const double = Math.sin(index) * 10 ** ((index % 60) - 30);
      const float = Math.fround(double);
      expect(Number(decimalText(double, "double"))).toBe(double);
      expect(Math.fround(Number(decimalText(float, "float")))).toBe(float);
    }
  });
});

describe("examples", () => {
  const call = (verb: string, body: string): Promise<RawReply> =>
    ask({ method: "POST", path: `/v1/models/half:${verb}`, body });
  const cases = [
    { name: "a point", verb: "regress", features: '{"x": 80.0}', want: /"results": \[42\.0\]/ },
    { name: "a list", verb: "regress", features: '{"x": [8e1]}', want: /\[42\.0\]/ },
    { name: "a whole number", verb: "regress", features: '{"x": 80}', want: /Expected type: float/ },
    { name: "no feature", verb: "regress", features: "{}", want: /Expected type: float/ },
    { name: "too large", verb: "regress", features: '{"x": 9223372036854775808}', want: /int64/ },
    { name: "a list in a list", verb: "regress", features: '{"x": [[1.0]]}', want: /JSON type: Array/ },
    { name: "a change of kind", verb: "regress", features: '{"x": [1, "a"]}', want: /expecting type: int64/ },
  ];
  test.each(cases)("with $name", async ({ verb, features, want }) => {
    const { body } = await call(verb, `{"signature_name": "regress_x_to_y", "examples": [${features}]}`);
    expect(body).toMatch(want);
  });

  test("the context stands in every example", async () => {
    const body = '{"signature_name": "classify_x_to_y", "context": {"x": 4.0}, "examples": [{}, {}]}';
    expect(JSON.parse((await call("classify", body)).body)).toEqual({ results: [[["", 4]], [["", 4]]] });
  });

  test("a signature without the verb's aliases is refused", async () => {
    expect(await call("classify", '{"examples": [{"x": 1.0}]}')).toMatchObject({ status: 400 });
  });
});

describe("gzip", () => {
  const path = "/v1/models/half:predict";
  const headers = { "content-encoding": "gzip" };

  test("is undone", async () => {
    const { body } = await ask({ method: "POST", path, headers, body: gzipSync('{"inputs": [1]}') });
    expect(JSON.parse(body)).toEqual({ outputs: [2.5] });
  });

  test("that is none reads as an empty body", async () => {
    const { status, body } = await ask({ method: "POST", path, headers, body: '{"inputs": [1]}' });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining("The document is empty") });
  });
});
