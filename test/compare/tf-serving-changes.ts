import { metadata as model, signature, tensor } from "../dialects/tf-serving-descriptions.js";
import type { SystemChange } from "./system-change.js";

const tf = (inputs: object, outputs?: object): string =>
  JSON.stringify(model({ serving_default: signature(inputs, outputs) }));
const float = (...shape: readonly number[]): object => tensor("DT_FLOAT", shape);
/** A model whose only signature takes examples of one feature. */
function regress(type: string, list: boolean = false): string {
  const RM = list ? { type: "array", items: { type } } : { type };
  const examples = { type: "array", items: { type: "object", required: ["RM"], properties: { RM } } };
  const body = { content: { "application/json": { schema: { properties: { examples } } } } };
  const reply = { properties: { results: { type: "array", items: { type: "number" } } } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "m", version: "1" },
    paths: {
      "/v1/models/m:regress": {
        post: {
          "x-signature": "price",
          requestBody: body,
          responses: { "200": { description: "", content: { "application/json": { schema: reply } } } },
        },
      },
    },
  });
}

/** Changes of models on TensorFlow Serving. */
export const tfChanges: readonly SystemChange[] = [
  {
    name: "TensorFlow Serving: a dtype changes on the way in",
    before: tf({ x: float(-1, 3) }),
    after: tf({ x: tensor("DT_INT32", [-1, 3]) }),
    want: "major",
    says: 'the dtype of feature "x" is int32, no longer float32',
    code: "await client.predict({ x: new Float32Array(3) });",
  },
  {
    name: "TensorFlow Serving: a dtype changes on the way out",
    before: tf({ x: float(-1) }, { y: float(-1) }),
    after: tf({ x: float(-1) }, { y: tensor("DT_INT64", [-1]) }),
    want: "major",
    says: 'the dtype of feature "y" is int64, no longer float32',
    code: "const { y } = await client.predict({ x: 1 });\nuse<number>(y);",
  },
  {
    name: "TensorFlow Serving: a dimension of an input becomes free",
    before: tf({ x: float(-1, 3) }),
    after: tf({ x: float(-1, -1) }),
    want: "minor",
    says: 'the shape of feature "x" is [any, any], no longer [any, 3]',
    code: "await client.predict({ x: [1, 2, 3] });",
  },
  {
    name: "TensorFlow Serving: a dimension of an input becomes fixed",
    before: tf({ x: float(-1, -1) }),
    after: tf({ x: float(-1, 3) }),
    want: "major",
    says: 'the shape of feature "x" is [any, 3], no longer [any, any]',
    code: 'await client.predict({ x: make<pack.NdArray<"float32", [number]>>() });',
  },
  {
    name: "TensorFlow Serving: a dimension of an output becomes free",
    before: tf({ x: float(-1) }, { y: float(-1, 3) }),
    after: tf({ x: float(-1) }, { y: float(-1, -1) }),
    want: "major",
    says: 'the shape of feature "y" is [any, any], no longer [any, 3]',
    code: 'const { y } = await client.predict({ x: 1 });\nuse<pack.NdArray<"float32", [3]>>(y);',
  },
  {
    name: "TensorFlow Serving: a dimension of an output becomes fixed",
    before: tf({ x: float(-1) }, { y: float(-1, -1) }),
    after: tf({ x: float(-1) }, { y: float(-1, 3) }),
    want: "minor",
    says: 'the shape of feature "y" is [any, 3], no longer [any, any]',
    code: 'const { y } = await client.predict({ x: 1 });\nuse<pack.NdArray<"float32", [number]>>(y);',
  },
  {
    name: "TensorFlow Serving: the rank of an input is no longer stated",
    before: tf({ x: float(-1, 3) }),
    after: tf({ x: tensor("DT_FLOAT", null) }),
    want: "minor",
    says: 'the shape of feature "x" is of any rank, no longer [any, 3]',
    code: "await client.predict({ x: pack.ndarray([3], new Float32Array(3)) });",
  },
  {
    name: "TensorFlow Serving: the rank of an output is no longer stated",
    before: tf({ x: float(-1) }, { y: float(-1, 3) }),
    after: tf({ x: float(-1) }, { y: tensor("DT_FLOAT", null) }),
    want: "major",
    says: 'the shape of feature "y" is of any rank, no longer [any, 3]',
    code: 'const { y } = await client.predict({ x: 1 });\nuse<pack.NdArray<"float32", [3]>>(y);',
  },
  {
    name: "TensorFlow Serving: a feature of examples changes its kind",
    before: regress("number"),
    after: regress("integer"),
    want: "major",
    says: 'feature "RM" is int64, no longer float',
    code: "await client.regress([{ RM: 0.5 }]);",
    seen: "run time",
  },
  {
    name: "TensorFlow Serving: a feature of examples becomes a list",
    before: regress("number"),
    after: regress("number", true),
    want: "major",
    says: 'feature "RM" is a list of float, no longer float',
    code: "await client.regress([{ RM: 0.5 }]);",
  },
  {
    name: "TensorFlow Serving: a rank changes",
    before: tf({ x: float(-1, 3) }),
    after: tf({ x: float(-1, 3, 1) }),
    want: "major",
    says: 'the shape of feature "x" is [any, 3, 1]',
    code: "await client.predict({ x: pack.ndarray([3], new Float32Array(3)) });",
  },
  {
    name: "TensorFlow Serving: rows can no longer be stacked",
    before: tf({ x: float(-1, 3) }),
    after: tf({ x: float(1, 3) }),
    want: "major",
    says: "no longer stacks rows",
    code: "await client.predict({ x: pack.ndarray([3], new Float32Array(3)) });",
  },
  {
    name: "TensorFlow Serving: a second input takes the bare value its place",
    before: tf({ x: float(-1) }),
    after: tf({ x: float(-1), z: float(-1) }),
    want: "major",
    says: "may no longer stand by itself",
    code: "await client.predict(1);",
  },
  {
    name: "TensorFlow Serving: a signature is added",
    before: tf({ x: float(-1) }),
    after: JSON.stringify(
      model({ serving_default: signature({ x: float(-1) }), embed: signature({ x: float(-1) }) }),
    ),
    want: "minor",
    says: 'operation "embed" added',
    code: "await client.predict({ x: 1 });",
  },
  {
    name: "TensorFlow Serving: a signature is removed",
    before: JSON.stringify(
      model({ serving_default: signature({ x: float(-1) }), embed: signature({ x: float(-1) }) }),
    ),
    after: tf({ x: float(-1) }),
    want: "major",
    says: 'operation "embed" removed',
    code: "await client.signatures.embed.predict({ x: 1 });",
  },
];
