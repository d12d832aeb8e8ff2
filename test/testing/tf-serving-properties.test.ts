import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dtypes } from "./tf-serving-arbitrary.js";
import type { Dtype } from "../../src/runtime/src/arrays/dtype.js";
import { createNdArray, isNdArrayLike, toTensor } from "../../src/runtime/src/arrays/nd-array.js";
import { elementCount } from "../../src/runtime/src/arrays/nd-shape.js";
import { mockTransport } from "../../src/runtime/src/testing/tf-serving.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/create-client.js";
import type { TfServingDeployment } from "../../src/runtime/src/tf-serving/client-types.js";
import type {
  SignatureDescriptor,
  SignatureTypes,
} from "../../src/runtime/src/tf-serving/signature-types.js";

/*
 * Client and mock against each other, over dtypes and shapes: what is sent arrives, what is answered comes back, and
 * answers follow from the row alone.
 */

type Row = Readonly<Record<string, unknown>>;

/** Rows of whatever dtypes and shapes. */
interface Known {
  readonly serving_default: SignatureDescriptor & {
    readonly batched: boolean;
    readonly types?: SignatureTypes<Row, Row, Row, Row>;
  };
}

interface Main {
  readonly predict: "serving_default";
}

type Untyped = TfServingDeployment<Known, Main>;

interface Tensor {
  readonly dtype: Dtype;
  /** Of one row. */
  readonly shape: readonly number[];
  /** The same, with some lengths left open. */
  readonly declared: readonly number[];
}

interface Case {
  readonly tensors: readonly Tensor[];
  /** The elements of each tensor, for each row. */
  readonly rows: readonly (readonly (readonly unknown[])[])[];
}

/** Lengths from 1, the last from 0: what is behind an empty list cannot be seen. */
const shapes = fc.oneof(
  fc.constant([]),
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), fc.integer({ min: 0, max: 3 }))
    .map(([outer, last]) => [...outer, last]),
);

const tensors: fc.Arbitrary<Tensor> = fc
  .tuple(fc.constantFrom(...dtypes.keys()), shapes, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([dtype, shape, open]) => ({
    dtype,
    shape,
    // Between 1 and any length there is no telling where one was left out.
    declared: shape.map((length, axis) =>
      open[axis] === true && shape.every((each) => each !== 1) ? -1 : length,
    ),
  }));

const cases: fc.Arbitrary<Case> = fc.array(tensors, { minLength: 1, maxLength: 3 }).chain((all) =>
  fc
    .array(
      fc.tuple(
        ...all.map(({ dtype, shape }) => {
          const count = elementCount(shape);
          return fc.array(dtypes.get(dtype) ?? fc.constant(0), { minLength: count, maxLength: count });
        }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((rows) => ({ tensors: all, rows })),
);

function deploymentOf({ tensors: all }: Case): Untyped {
  const specs = (prefix: string): NonNullable<SignatureDescriptor["inputs"]> =>
    Object.fromEntries(
      all.map(({ dtype, declared }, index) => [`${prefix}${index}`, { dtype, shape: [-1, ...declared] }]),
    );
  const signature = { name: "serving_default", batched: true, inputs: specs("in"), outputs: specs("out") };
  const main = { predict: "serving_default" } as const;
  return { title: "m", url: null, auth: [], main, signatures: { serving_default: signature } };
}

/** The rows as callers give them. */
function rowsOf({ tensors: all, rows }: Case): readonly Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      all.map(({ dtype, shape }, index) => [`in${index}`, valueOf(dtype, shape, row[index] ?? [])]),
    ),
  );
}

function valueOf(dtype: Dtype, shape: readonly number[], elements: readonly unknown[]): unknown {
  if (shape.length === 0) return elements[0];
  const { data } = toTensor(elements, { dtype, shape: [elements.length] });
  return createNdArray(dtype, shape, data);
}

function clientOf(deployment: Untyped, answers?: (row: Row) => Row) {
  const transport = mockTransport(deployment, answers === undefined ? {} : { answers });
  const url = "http://mock.invalid/v1/models/m";
  return createTfServingClient(deployment, { url, transport, validate: "strict" });
}

/** Each input as the output of its number. */
function echoed(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace("in", "out"), value]));
}

function plain(row: Row): unknown {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (!isNdArrayLike(value)) return [name, value];
      const { dtype, shape, data } = value;
      return [name, { dtype, shape, data: [...data] }];
    }),
  );
}

describe("client and mock", () => {
  test("hand every dtype and shape to answers, and back", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const rows = rowsOf(given);
        const client = clientOf(deploymentOf(given), echoed);
        const wanted = rows.map((row) => plain(echoed(row)));
        for (const framing of ["columnar", "row"] as const) {
          const answers = await client.predictMany(rows, { framing });
          expect(answers.map(plain)).toEqual(wanted);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("draw the same answer for a row, wherever it stands and however it is sent", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const rows = rowsOf(given);
        const client = clientOf(deploymentOf(given));
        const together = await client.predictMany(rows);
        const inRows = await client.predictMany(rows.toReversed(), { framing: "row" });
        expect(inRows.toReversed()).toEqual(together);
        for (const [index, row] of rows.entries()) expect(await client.predict(row)).toEqual(together[index]);
      }),
      { numRuns: 100 },
    );
  });
});
