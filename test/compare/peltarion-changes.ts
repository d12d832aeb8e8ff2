import { sketch as peltarion } from "../dialects/descriptions.js";
import type { SystemChange } from "./system-change.js";

const feature = (type: string, shape: readonly number[], more: object = {}): object => ({
  "x-peltarion": { type, shape },
  ...more,
});
const labelled = (...labels: readonly string[]): object => ({
  T: feature("categorical", [labels.length], { enum: labels }),
});
const numeric = (...shape: readonly number[]): object => ({ n: feature("numeric", shape) });
const unlabelled = (size: number): object => ({ T: feature("categorical", [size]) });
const weights = (...labels: readonly string[]): object => ({
  T: feature("categorical", [labels.length], {
    properties: Object.fromEntries(labels.map((label) => [label, { type: "number" }])),
  }),
});
/** Changes of deployments on Peltarion. */
export const peltarionChanges: readonly SystemChange[] = [
  {
    name: "Peltarion: a label is added to an input",
    before: peltarion({ inputs: labelled("cat", "dog") }),
    after: peltarion({ inputs: labelled("cat", "dog", "cow") }),
    want: "minor",
    says: 'label "cow" added to feature "T"',
    code: 'await client.predict({ T: "dog" });',
  },
  {
    name: "Peltarion: a label is removed from an input",
    before: peltarion({ inputs: labelled("cat", "dog", "cow") }),
    after: peltarion({ inputs: labelled("cat", "dog") }),
    want: "major",
    says: 'label "cow" removed from feature "T"',
    code: 'await client.predict({ T: "cow" });',
  },
  {
    name: "Peltarion: a label is removed from an output",
    before: peltarion({ outputs: weights("cat", "dog", "cow") }),
    after: peltarion({ outputs: weights("cat", "dog") }),
    want: "major",
    says: 'label "cow" removed from feature "T"',
    code: "const { T } = await client.predict({ n: 1 });\nuse<number>(T.cow);",
  },
  {
    name: "Peltarion: a label is added to an output",
    before: peltarion({ outputs: weights("cat", "dog") }),
    after: peltarion({ outputs: weights("cat", "dog", "cow") }),
    want: "major",
    says: 'label "cow" added to feature "T"',
    code: 'const { T } = await client.predict({ n: 1 });\nuse<"cat" | "dog">(pack.topLabel(T));',
  },
  {
    name: "Peltarion: the labels of an input are stated",
    before: peltarion({ inputs: unlabelled(2) }),
    after: peltarion({ inputs: labelled("cat", "dog") }),
    want: "major",
    says: 'feature "T" is one of 2 labels, no longer any text',
    code: 'await client.predict({ T: "cow" });',
  },
  {
    name: "Peltarion: the labels of an input are no longer stated",
    before: peltarion({ inputs: labelled("cat", "dog") }),
    after: peltarion({ inputs: unlabelled(2) }),
    want: "minor",
    says: 'feature "T" is any text, no longer one of 2 labels',
    code: 'await client.predict({ T: "dog" });',
  },
  {
    name: "Peltarion: the labels of an output are stated",
    before: peltarion({ outputs: unlabelled(2) }),
    after: peltarion({ outputs: weights("cat", "dog") }),
    want: "minor",
    says: 'the labels of feature "T" are stated',
    code: "const { T } = await client.predict({ n: 1 });\nuse<string>(pack.topLabel(T));",
  },
  {
    name: "Peltarion: the labels of an output are no longer stated",
    before: peltarion({ outputs: weights("cat", "dog") }),
    after: peltarion({ outputs: unlabelled(2) }),
    want: "major",
    says: 'the labels of feature "T" are no longer stated',
    code: 'const { T } = await client.predict({ n: 1 });\nuse<"cat" | "dog">(pack.topLabel(T));',
  },
  {
    name: "Peltarion: there are more labels that are not stated",
    before: peltarion({ outputs: unlabelled(2) }),
    after: peltarion({ outputs: unlabelled(3) }),
    want: "patch",
    says: 'feature "T" has 3 labels, no longer 2',
    code: "const { T } = await client.predict({ n: 1 });\nuse<string>(pack.topLabel(T));",
  },
  {
    name: "Peltarion: an array's shape changes",
    before: peltarion({ inputs: numeric(10, 10) }),
    after: peltarion({ inputs: numeric(10, 12) }),
    want: "major",
    says: 'the shape of feature "n" is [10, 12], no longer [10, 10]',
    code: "await client.predict({ n: pack.ndarray([10, 10], new Float32Array(100)) });",
  },
  {
    name: "Peltarion: an output's shape changes",
    before: peltarion({ outputs: numeric(10, 10) }),
    after: peltarion({ outputs: numeric(10, 12) }),
    want: "major",
    says: 'the shape of feature "n" is [10, 12], no longer [10, 10]',
    code: 'const { n } = await client.predict({ n: 1 });\nuse<pack.NdArray<"float32", [10, 10]>>(n);',
  },
  {
    name: "Peltarion: a number becomes an array",
    before: peltarion({ inputs: numeric(1) }),
    after: peltarion({ inputs: numeric(5) }),
    want: "major",
    says: 'feature "n" is an array of float32, no longer number',
    code: "await client.predict({ n: 1 });",
  },
  {
    name: "Peltarion: an image becomes text",
    before: peltarion({ inputs: { i: feature("image", [8, 8, 3]) } }),
    after: peltarion({ inputs: { i: feature("text", [1]) } }),
    want: "major",
    says: 'feature "i" is text, no longer an image',
    code: "await client.predict({ i: files.bytes });",
  },
  {
    name: "Peltarion: a feature is added to the inputs",
    before: peltarion({ inputs: numeric(1) }),
    after: peltarion({ inputs: { ...numeric(1), m: feature("numeric", [1]) } }),
    want: "major",
    says: 'feature "m" added',
    code: "await client.predict({ n: 1 });",
  },
  {
    name: "Peltarion: a feature is added to the outputs",
    before: peltarion({ outputs: numeric(1) }),
    after: peltarion({ outputs: { ...numeric(1), m: feature("numeric", [1]) } }),
    want: "minor",
    says: 'feature "m" added',
    code: "const { n } = await client.predict({ n: 1 });\nuse<number>(n);",
  },
  {
    name: "Peltarion: a feature is removed from the outputs",
    before: peltarion({ outputs: { ...numeric(1), m: feature("numeric", [1]) } }),
    after: peltarion({ outputs: numeric(1) }),
    want: "major",
    says: 'feature "m" removed',
    code: "const { m } = await client.predict({ n: 1 });\nuse<number>(m);",
  },
  {
    name: "Peltarion: a feature is described in other words",
    before: peltarion({ inputs: { n: feature("numeric", [1], { description: "Metres." }) } }),
    after: peltarion({ inputs: { n: feature("numeric", [1], { description: "In metres." }) } }),
    want: "patch",
    says: 'the description of feature "n" changed',
    code: "await client.predict({ n: 1 });",
  },
  {
    name: "Peltarion: arrays travel as files",
    before: peltarion({ inputs: numeric(4) }),
    after: peltarion({ inputs: numeric(4), paths: { "/deployment/{id}/forward": { post: {} } } }),
    want: "minor",
    says: "an older client does not speak that",
    code: "await client.predict({ n: pack.ndarray([4], new Float32Array(4)) });",
  },
  {
    name: "Peltarion: the address is no longer stated",
    before: peltarion({
      paths: { "/deployment/1/forward": { "x-peltarion-tensorjson": true, post: {} } },
      more: { servers: [{ url: "https://a.example.com" }] },
    }),
    after: peltarion(),
    want: "major",
    says: "createClient needs url",
    code: "await client.predict({ n: 1 });",
    seen: "run time",
  },
  {
    name: "Peltarion: the deployment moves",
    before: peltarion({
      paths: { "/deployment/1/forward": { "x-peltarion-tensorjson": true, post: {} } },
      more: { servers: [{ url: "https://a.example.com" }] },
    }),
    after: peltarion({
      paths: { "/deployment/2/forward": { "x-peltarion-tensorjson": true, post: {} } },
      more: { servers: [{ url: "https://a.example.com" }] },
    }),
    want: "minor",
    says: "the address is",
    code: "await client.predict({ n: 1 });",
  },
];
