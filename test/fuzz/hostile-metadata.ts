import fc from "fast-check";
import { hostileText } from "./hostile-text.js";

const dtype = fc.constantFrom(
  ...["DT_FLOAT", "DT_DOUBLE", "DT_INT32", "DT_INT64", "DT_UINT8", "DT_UINT64", "DT_BOOL", "DT_STRING"],
  ...["DT_STRING", "DT_FLOAT_REF"],
);
const size = fc.constantFrom("-1", "-1", "0", "1", "3", "128");
const shape = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(
        size.map((length) => ({ size: length })),
        { maxLength: 4 },
      )
      .map((dim) => ({ dim })),
  },
  { weight: 1, arbitrary: fc.constant({ unknown_rank: true }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const tensor = fc.oneof(
  { weight: 19, arbitrary: fc.record({ dtype, tensor_shape: shape, name: hostileText }) },
  { weight: 1, arbitrary: fc.record({ dtype: hostileText, tensor_shape: shape }) },
);
/** Names that the rest of a package has for itself. */
const name = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "b64",
      "inputs",
      "outputs",
      "scores",
      "image_bytes",
      "serving_default",
      "feature",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "any",
      "Any",
      "bytes",
      "tensor",
      "Input",
      "input",
      "Signatures",
      "signatures",
      "Example",
      "Client",
      "-",
      "ß",
    ),
  },
);
const tensors = fc
  .uniqueArray(fc.tuple(name, tensor), { minLength: 1, maxLength: 4, selector: ([key]) => key })
  .map((members) => Object.fromEntries(members));
const example = fc.constantFrom(
  { inputs: { inputs: { dtype: "DT_STRING" } }, outputs: { scores: { dtype: "DT_FLOAT" } } },
  { inputs: { inputs: { dtype: "DT_STRING" } }, outputs: { outputs: { dtype: "DT_FLOAT" } } },
);
const signature = fc.oneof(
  { weight: 4, arbitrary: fc.record({ inputs: tensors, outputs: tensors, method_name: hostileText }) },
  { weight: 1, arbitrary: example },
);

/** Metadata of a model whose every free text is hostile. */
export const hostileMetadata: fc.Arbitrary<object> = fc
  .record({
    title: hostileText,
    signatures: fc.uniqueArray(fc.tuple(name, signature), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    }),
  })
  .map(({ title, signatures }) => ({
    model_spec: { name: title, version: "1" },
    metadata: { signature_def: { signature_def: Object.fromEntries(signatures) } },
  }));
