import fc from "fast-check";
import type { FieldCodec } from "../../src/runtime/src/codec.js";

const labels = fc.uniqueArray(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 12 });
const bound = fc.double({ noNaN: true, noDefaultInfinity: true });

const number: fc.Arbitrary<FieldCodec> = fc.tuple(fc.option(bound), fc.option(bound)).map(([one, other]) => {
  const [min, max] = one !== null && other !== null && one > other ? [other, one] : [one, other];
  return { kind: "number", ...(min !== null && { min }), ...(max !== null && { max }) };
});

const tensor: fc.Arbitrary<FieldCodec> = fc.record({
  kind: fc.constant("tensor"),
  dtype: fc.constantFrom("float32", "float64", "float16", "int8", "uint16", "int32", "bool"),
  shape: fc.array(fc.constantFrom(-1, 0, 1, 2, 3, 7), { maxLength: 4 }),
  form: fc.constantFrom("flat", "npy"),
});

const mediaTypes = fc.constantFrom(["image/png", "image/jpeg"], ["image/jpeg"], ["image/png"]);
const length = fc.integer({ min: 1, max: 70 });
const image: fc.Arbitrary<FieldCodec> = fc
  .record({
    mediaTypes,
    alpha: fc.boolean(),
    size: fc.option(fc.tuple(length, length, fc.constantFrom(1, 3, 4))),
  })
  .map(({ mediaTypes: types, alpha, size }) => {
    return { kind: "image", mediaTypes: types, alpha, ...(size !== null && { shape: size }) };
  });

/** What either side of a row may hold. */
const either: readonly fc.Arbitrary<FieldCodec>[] = [
  number,
  fc.constant({ kind: "text" }),
  labels.map((set) => ({ kind: "label", labels: set })),
  tensor,
  image,
];

const probabilities: fc.Arbitrary<FieldCodec> = fc.oneof(
  labels.map((set): FieldCodec => ({ kind: "probabilities", labels: set, size: set.length })),
  fc.option(fc.integer({ min: 1, max: 40 })).map((size): FieldCodec => {
    return { kind: "probabilities", labels: null, size };
  }),
);

/** Any codec of an input. */
export const inputCodec: fc.Arbitrary<FieldCodec> = fc.oneof(...either);

/** Any codec of an output. */
export const outputCodec: fc.Arbitrary<FieldCodec> = fc.oneof(...either, probabilities);
