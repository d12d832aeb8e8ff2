import type { JsonShape } from "@gen-deploy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { typeCheck } from "../type-check.js";
import { feature, namedShape, operation, service, servicePackage } from "./service-model.js";

const text: JsonShape = { type: "text" };
const to = (name: string): JsonShape => ({ type: "named", name });

const model = service(
  [
    operation({
      id: "predict",
      path: "/predict/{id}",
      body: to("Request"),
      at: "rest",
      parameters: [feature("id", { type: "integer" })],
      output: to("Reply"),
      errors: { 422: to("Failure"), "5XX": text },
    }),
    operation({ id: "health", method: "GET", output: { type: "record", values: { type: "boolean" } } }),
    operation({ id: "list", method: "GET", parameters: [feature("limit", { type: "integer" }, false)] }),
    operation({ id: "say", body: text }),
    operation({
      id: "upload",
      body: { type: "file", form: "binary" },
      output: { type: "file", form: "binary" },
    }),
    operation({ id: "maybe", body: to("Request"), bodyOptional: true }),
    operation({ id: "watch", method: "GET", output: to("Tree"), stream: true }),
  ],
  [
    namedShape("Request", {
      type: "object",
      members: {
        size: { shape: { type: "enum", values: ["small", "large"] } },
        box: { shape: { type: "list", items: { type: "number" }, min: 2, max: 2 }, optional: true },
        tags: { shape: { type: "list", items: text }, optional: true },
      },
    }),
    namedShape(
      "Reply",
      {
        type: "object",
        members: {
          kind: { shape: { type: "enum", values: ["cat", "dog"] } },
          scores: { shape: { type: "record", values: { type: "number" }, keys: ["cat", "dog"] } },
        },
      },
      { side: "output" },
    ),
    namedShape("Failure", { type: "object", members: { detail: { shape: text } } }, { side: "output" }),
    namedShape(
      "Tree",
      { type: "object", members: { children: { shape: { type: "list", items: to("Tree") } } } },
      { side: "output" },
    ),
  ],
);

const prelude = [
  `import { createClient, isErrorReply, labels } from "./src/index.js";`,
  `import type { Client, Input, Output, Labels, Tree } from "./src/index.js";`,
  `const client: Client = createClient({ url: "https://example.com" });`,
  `declare const caught: unknown;`,
  `declare const bytes: Uint8Array;`,
  `declare const reply: Output;`,
];

const accepted: readonly string[] = [
  `export const input: Input = { id: 1, size: "small", box: [1, 2], tags: ["a"] as const };`,
  `void client.predict({ id: 1, size: "large" }, { timeout: 5 });`,
  `export const healthy: Promise<Record<string, boolean>> = client.health();`,
  `void client.health(undefined, { timeout: 5 });`,
  `void client.list();`,
  `void client.list({ limit: 3 });`,
  `void client.say("hello");`,
  `void client.upload(bytes).then(({ mediaType }) => mediaType.length);`,
  `void client.upload(new Blob([]));`,
  `void client.maybe();`,
  `void client.maybe({ size: "small" });`,
  `for await (const tree of client.watch()) { const children: Tree[] = tree.children; void children; }`,
  `if (reply.kind === "cat" || reply.kind === "bird") void reply.scores.cat;`,
  `export const size: Labels["size"] = labels.size[0];`,
  `if (isErrorReply(caught, "predict", 422)) { const detail: string = caught.reply.detail; void detail; }`,
  `if (isErrorReply(caught, "predict", "5XX")) { const said: string = caught.reply; void said; void caught.code; }`,
  `export const path: string = client.deployment.operations.predict.path;`,
];

const refused: readonly { readonly name: string; readonly line: string; readonly says: RegExp }[] = [
  { name: "an unknown label", line: `void client.predict({ id: 1, size: "tiny" });`, says: /"tiny"/ },
  { name: "a missing parameter", line: `void client.predict({ size: "small" });`, says: /'id'/ },
  { name: "a missing member of the body", line: `void client.predict({ id: 1 });`, says: /'size'/ },
  { name: "an extra member", line: `void client.predict({ id: 1, size: "small", x: 1 });`, says: /'x'/ },
  { name: "no argument", line: `void client.predict();`, says: /arguments/ },
  { name: "no text", line: `void client.say();`, says: /arguments/ },
  { name: "no file", line: `void client.upload();`, says: /arguments/ },
  {
    name: "a list that is too short",
    line: `void client.predict({ id: 1, size: "small", box: [1] });`,
    says: /\[number\]/,
  },
  { name: "an argument where there is none", line: `void client.health({});`, says: /undefined/ },
  { name: "text as a file", line: `void client.upload("hello");`, says: /not assignable/ },
  { name: "a method that does not exist", line: `void client.predictMany([]);`, says: /predictMany/ },
  { name: "a stream as a promise", line: `void client.watch().then(() => 1);`, says: /then/ },
  { name: "a score that does not exist", line: `void reply.scores.bird;`, says: /bird/ },
  { name: "a status that is not documented", line: `isErrorReply(caught, "predict", 404);`, says: /404/ },
  { name: "failures of a method that has none", line: `isErrorReply(caught, "health", 422);`, says: /never/ },
  {
    name: "a reply that is another",
    line: `if (isErrorReply(caught, "predict", 422)) void caught.reply.said;`,
    says: /said/,
  },
];

let complaints: readonly string[] = [];
beforeAll(async () => {
  const files = await servicePackage(model);
  const program = new Map(files.map(({ path, text: source }) => [`callers/${path}`, source]));
  program.set("callers/right.ts", [...prelude, ...accepted, ""].join("\n"));
  program.set("callers/wrong.ts", [...prelude, ...refused.map(({ line }) => line), ""].join("\n"));
  complaints = typeCheck(program, { noUnusedLocals: false });
}, 120_000);

describe("callers of a service's package", () => {
  test("compile where they are right", () => {
    expect(complaints.filter((complaint) => !complaint.includes("callers/wrong.ts"))).toEqual([]);
  });

  test.each(refused.map((one, index) => ({ ...one, at: prelude.length + index + 1 })))(
    "do not compile with $name",
    ({ at, says }) => {
      const found = complaints.filter((complaint) => complaint.includes(`callers/wrong.ts:${at}:`));
      expect(found.join("\n")).toMatch(says);
    },
  );
});
