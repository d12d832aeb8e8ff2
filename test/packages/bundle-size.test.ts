import { describe, expect, test } from "vitest";
import { weighClient, weighExports, weighedClients } from "../../bench/client-bundle.mjs";

/*
 * What clients weigh in a browser, in bytes of gzip: to let one grow is a decision, and is made here. The limits leave
 * some 50 bytes of air, as not every zlib packs alike. The budget is 12,000: clients of numbers and labels keep it.
 */

interface Limits {
  /** What is loaded with the page. */
  readonly first: number;
  /** Parts of the runtime that such a client must not carry: they are of no use to it, or are loaded late. */
  readonly without: readonly string[];
}

const late = [
  "redaction.js",
  "in-order.js",
  "in-batches.js",
  "multipart-parts.js",
  "verify.js",
  "fingerprint.js",
];
const pictures = ["coders/image.js", "prepare-rows.js"];
const arrays = ["tensor.js", "nd-array.js", "npy.js", "json-numbers-writer.js"];
const bytes = ["base64.js", "data-url.js", "reply-payloads.js", "reply-scan.js"];
/** What stands in for a deployment in tests belongs to no page. */
const mocks = /\/testing[/.]/;
const systems = ["tensors.js", "examples.js", "call-function.js", "call-operation.js", "read-shape.js"];

const limits: Readonly<Record<string, Limits>> = {
  "50 features in rows: numbers": {
    first: 11_200,
    without: [...late, ...pictures, ...arrays, ...bytes, ...systems, "label.js"],
  },
  "50 features in rows: numbers and labels": {
    first: 12_000,
    without: [...late, ...pictures, ...arrays, ...bytes, ...systems],
  },
  "50 features in rows: numbers, labels and texts": {
    first: 12_050,
    without: [...late, ...pictures, ...arrays, ...bytes, ...systems],
  },
  "50 features in rows: numbers and pictures": {
    first: 16_150,
    without: [...late, ...arrays, ...systems, "label.js"],
  },
  "50 features in rows: numbers and arrays": { first: 23_250, without: [...late, ...pictures, ...systems] },
  "50 features in rows: numbers and .npy arrays": {
    first: 23_250,
    without: [...late, ...pictures, ...systems],
  },
  "50 features in rows: all kinds": { first: 25_550, without: [...late, ...systems] },
  "TensorFlow Serving": {
    first: 26_500,
    without: [...late, ...pictures, "rows.js", "npy.js", "verify-metadata.js"],
  },
  "TensorFlow Serving: classify and regress": {
    first: 26_600,
    without: [...late, ...pictures, "rows.js", "npy.js", "verify-metadata.js"],
  },
  Modelbit: { first: 20_950, without: [...late, ...pictures, "rows.js", "npy.js"] },
  Cog: { first: 23_600, without: [...late, ...pictures, "rows.js", "npy.js"] },
  "plain service": { first: 26_000, without: ["redaction.js", "in-order.js", "rows.js", "npy.js"] },
};

/** The runtime's files that are Node's alone. */
const ofNode = /\/(?:node|transport-undici|undici-exchange)\.js$|node_modules\/undici\//;

describe("a client in a browser", () => {
  test("is weighed for each system", () => {
    expect(weighedClients).toEqual(Object.keys(limits));
  });

  test.each(Object.entries(limits))("%s", async (name, { first, without }) => {
    const weight = await weighClient(name);
    expect(weight.first).toBeLessThanOrEqual(first);
    // A limit that is far away holds nothing.
    expect(weight.first).toBeGreaterThan(first - 400);
    expect(weight.files.filter((path) => without.some((file) => path.endsWith(`/${file}`)))).toEqual([]);
    expect(weight.files.filter((path) => ofNode.test(path) || mocks.test(path))).toEqual([]);
  });
});

test("what is loaded late shares no module with the page: a chunk of shared ones would cost everybody", async () => {
  const { later } = await weighClient("50 features in rows: all kinds");
  const parts = ["in-batches.js", "in-order.js", "multipart-parts.js", "redaction.js", "verify-live.js"];
  expect(Object.keys(later).sort()).toEqual(parts);
});

test("the .npy codec adds less than 4 kB to a page that has arrays", async () => {
  const arrayNames = ["DeploymentError", "isDeploymentError", "ndarray"];
  const without = await weighExports(arrayNames);
  const withCodec = await weighExports([...arrayNames, "decodeNpy", "encodeNpy"]);
  expect(withCodec - without).toBeLessThan(3_600);
});
