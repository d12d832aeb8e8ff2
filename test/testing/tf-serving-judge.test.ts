import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { mockHandler } from "../../src/runtime/src/testing/tf-serving.js";
import type { TfServingDeployment } from "../../src/runtime/src/tf-serving/client-types.js";
import type {
  SignatureDescriptor,
  SignatureTypes,
} from "../../src/runtime/src/tf-serving/signature-types.js";
import { echo } from "../servers/tf-serving-models.js";
import { askRaw } from "../servers/tf-serving-raw.js";
import { startTfServing } from "../servers/tf-serving-server.js";
import type { TfServing } from "../servers/tf-serving-server.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * Bodies of any kind against the independent server of the other tests, whose signatures give back what they take, as
 * the mock's answers do here: status and body are the same to the letter.
 */

/** Narrower integers are cut to their bits, which the other server does not do. */
const names: ReadonlyMap<string, Dtype> = new Map<string, Dtype>([
  ["DT_FLOAT", "float32"],
  ["DT_DOUBLE", "float64"],
  ["DT_INT32", "int32"],
  ["DT_INT64", "int64"],
  ["DT_UINT32", "uint32"],
  ["DT_UINT64", "uint64"],
  ["DT_BOOL", "bool"],
  ["DT_STRING", "string"],
]);

type Row = Readonly<Record<string, unknown>>;

interface Known {
  readonly serving_default: SignatureDescriptor & {
    readonly batched: boolean;
    readonly types?: SignatureTypes<Row, Row, Row, Row>;
  };
}

/** A signature that gives back `count` inputs of one dtype, whatever their shapes. */
function mockOf(dtype: Dtype, count: number) {
  const specs = Object.fromEntries(
    inputNames(count).map((name) => {
      const isBinary = dtype === "string" && name.endsWith("_bytes");
      return [name, { dtype: isBinary ? "binary" : dtype, shape: null }] as const;
    }),
  );
  const signature = { name: "serving_default", batched: false, inputs: specs, outputs: specs };
  const deployment: TfServingDeployment<Known> = {
    ...{ title: "m", url: null, auth: [], main: {} },
    signatures: { serving_default: signature },
  };
  return mockHandler(deployment, { answers: { serving_default: (row) => row } });
}

function inputNames(count: number): readonly string[] {
  return ["a", "b_bytes"].slice(0, count);
}

const scalars = fc.oneof(
  fc.constantFrom(
    "0",
    "1",
    "-1",
    "-0",
    "-0.0",
    "1.0",
    "2.5",
    "1e3",
    "1E-2",
    "3.4e38",
    "1e39",
    "0.1",
    "123456.75",
  ),
  fc.constantFrom("127", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993"),
  fc.constantFrom(
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
  ),
  fc.constantFrom(
    "true",
    "false",
    "null",
    "NaN",
    "Infinity",
    "-Infinity",
    "{}",
    '{"b64":5}',
    '{"a":1,"b":[2]}',
  ),
  fc.constantFrom(
    '"a"',
    '""',
    '"\\n\\u0001\\"\\\\/"',
    '"\\ud83d\\ude00é"',
    '{"b64":"aGk="}',
    '{"b64":"aGk"}',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.maxSafeInteger().map(String),
);

const { value: values } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc.array(scalars, { maxLength: 3 }).map(list),
    fc
      .tuple(scalars, fc.integer({ min: 1, max: 3 }))
      .map(([one, count]) => list(Array.from({ length: count }, () => one))),
    fc.array(tie("value"), { maxLength: 3 }).map(list),
    fc
      .tuple(tie("value"), fc.integer({ min: 1, max: 2 }))
      .map(([one, count]) => list(Array.from({ length: count }, () => one))),
  ),
}));

function list(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}

const members = fc.tuple(values, values).map(([a, b]) => `{"a":${a},"b_bytes":${b}}`);
const columns = fc.oneof(
  values,
  members,
  values.map((value) => `{"a":${value}}`),
);
const bodies = fc.oneof(
  columns.map((value) => `{"inputs":${value}}`),
  fc.array(columns, { minLength: 1, maxLength: 3 }).map((rows) => `{"instances":${list(rows)}}`),
  fc
    .tuple(columns, fc.integer({ min: 1, max: 3 }))
    .map(([row, count]) => `{"instances":${list(Array.from({ length: count }, () => row))}}`),
);

let judge: TfServing;
beforeAll(async () => {
  const models = [...names.keys()].flatMap((dtype) =>
    [1, 2].map((count) => ({
      name: `${dtype}${count}`,
      versions: [{ version: 1n, state: "AVAILABLE" as const }],
      signatures: [
        echo(
          "serving_default",
          inputNames(count).map((name) => ({ name, dtype, shape: null })),
        ),
      ],
    })),
  );
  judge = await startTfServing({ models });
});
afterAll(() => judge.close());

test("any body is answered or refused as the other server does it", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.constantFrom(1, 2),
      bodies,
      async ([name, dtype], count, body) => {
        const path = `/v1/models/${name}${count}:predict`;
        const wanted = await askRaw(judge.origin, { method: "POST", path, body });
        const { status, body: found } = await askMock(mockOf(dtype, count), "POST", path, body);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        // The check of a call's inputs by name, which the other server leaves to its models.
        if (wanted.body.includes("There is no tensor"))
          expect(found).toContain("Missing but required: {b_bytes}.");
        else expect({ status, body: found }).toEqual({ status: wanted.status, body: wanted.body });
      },
    ),
    { numRuns: 1000 },
  );
  expect(statuses.get(200)).toBeGreaterThan(50);
  expect(statuses.get(400)).toBeGreaterThan(50);
});
