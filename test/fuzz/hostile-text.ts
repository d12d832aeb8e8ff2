import fc from "fast-check";

/** Text that tries to leave the place where it stands: comments, literals, templates, keys, paths, Markdown. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "*/ throw 1; /*",
      "`${process.exit(1)}`",
      '"; throw 1; //',
      "' + 1 + '",
      "\u2028\u2029",
      "a\nb\r\nc",
      "</script><!--",
      "// @ts-nocheck",
      "@ts-ignore",
      "prettier-ignore",
      "../../../etc/passwd",
      "\\",
      "```\nthrow 1\n```",
      "|---|",
      "${x}",
      "\u0000",
      "\ud800",
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        "Response",
        "Promise",
        "Array",
        "Record",
        "Error",
        "Object",
        "Function",
        "Input",
        "Output",
        "Labels",
        "labels",
      ],
      ...[
        "deployment",
        "createClient",
        "ndarray",
        "NdArray",
        "TensorInput",
        "Probabilities",
        "Image",
        "ImageInput",
      ],
      ...[
        "constructor",
        "__proto__",
        "prototype",
        "toString",
        "hasOwnProperty",
        "then",
        "default",
        "import",
        "class",
      ],
      ...[
        "",
        " ",
        "1st",
        "0",
        "10",
        "9",
        "a b",
        "a.b",
        "aB",
        "Größe",
        "日本語",
        "[x: string]",
        "readonly x",
        "x?",
        "-1",
      ],
    ),
  },
);

const named = fc.uniqueArray(hostileText, { minLength: 1, maxLength: 5 });

const inputFeature = fc.oneof(
  named.map((labels) => ({ enum: labels, "x-peltarion": { type: "categorical", shape: [labels.length] } })),
  fc.constant({ "x-peltarion": { type: "categorical", shape: [3] } }),
  fc.constant({ "x-peltarion": { type: "numeric", shape: [1] } }),
  fc.constant({ "x-peltarion": { type: "numeric", shape: [4, 2] } }),
  fc.constant({ "x-peltarion": { type: "numpy", shape: [3] } }),
  fc.constant({ "x-peltarion": { type: "image", shape: [8, 8, 3] } }),
  fc.constant({ "x-peltarion": { type: "text", shape: [8] } }),
  fc.constant({ "x-peltarion": { type: "binary", shape: [1] } }),
);

const properties = fc.uniqueArray(fc.tuple(hostileText, inputFeature, hostileText), {
  minLength: 1,
  maxLength: 6,
  selector: ([name]) => name,
});

function toProperties(features: readonly (readonly [string, object, string])[]): object {
  return Object.fromEntries(
    features.map(([name, schema, description]) => [name, { ...schema, description }]),
  );
}

/** A Peltarion description whose every free text is hostile. */
export const hostileDescription: fc.Arbitrary<object> = fc
  .record({
    title: hostileText,
    doc: hostileText,
    inputs: properties,
    outputs: properties,
    flag: fc.boolean(),
  })
  .map(({ title, doc, inputs, outputs, flag }) => ({
    openapi: "3.0.3",
    info: { title, version: "1", description: doc },
    paths: {
      "/deployment/x/forward": {
        ...(flag ? { "x-peltarion-tensorjson": true } : {}),
        post: { summary: doc, responses: { "200": { description: doc } } },
      },
    },
    components: {
      schemas: {
        "input-row": { type: "object", description: doc, properties: toProperties(inputs) },
        "output-row-batch": { type: "object", properties: { rows: { properties: toProperties(outputs) } } },
      },
    },
  }));
