import { describe, expect, test } from "vitest";
import { weighClient, weighExports, weighedClients } from "../../bench/client-bundle.mjs";

/*
 * What clients weigh in a browser, in bytes of gzip: to let one grow is a decision, and is made here. The limits leave
 * some 50 bytes of air, as not every zlib packs alike. The budget of a page is 12,000, and every client keeps it; what
 * carries arrays, pictures and whole systems is loaded beside the page, and is held as well.
 */

interface Limits {
  /** What is loaded with the page. */
  readonly first: number;
  /** What each call needs besides, loaded when the client is made. */
  readonly beside: number;
  /** Parts of the runtime that such a page must not carry: they are of no use to it, or are loaded late. */
  readonly without: readonly string[];
}

const late = [
  "redaction.js",
  "in-order.js",
  "in-batches.js",
  "multipart-parts.js",
  "rows-form.js",
  "verify.js",
  "fingerprint.js",
];
const pictures = ["coders/image.js", "prepare-rows.js"];
const npy = ["npy.js", "json-numbers-writer.js"];
const arrays = [...npy, "tensor.js", "nd-array.js"];
const bytes = ["base64.js", "data-url.js", "reply-payloads.js", "reply-scan.js"];
/** What carries calls, where all of it is loaded beside the page. */
const calls = ["send.js", "send-attempts.js", "secrets.js", "rows.js", "body-writer.js", "reply-document.js"];
/** What stands in for a deployment in tests belongs to no page. */
const mocks = /\/testing[/.]/;
const systems = ["tensors.js", "examples.js", "call-function.js", "call-operation.js", "read-shape.js"];
const all = [...late, ...pictures, ...bytes, ...systems];

const limits: Readonly<Record<string, Limits>> = {
  "50 features in rows: numbers": { first: 11_170, beside: 0, without: [...all, ...arrays, "label.js"] },
  "50 features in rows: numbers and labels": { first: 12_000, beside: 0, without: [...all, ...arrays] },
  "50 features in rows: numbers, labels and texts": {
    first: 12_000,
    beside: 0,
    without: [...all, ...arrays],
  },
  "50 features in rows: numbers and pictures": {
    first: 7_100,
    beside: 10_750,
    without: [...all, ...arrays, ...calls],
  },
  "50 features in rows: numbers and arrays": {
    first: 9_950,
    beside: 15_300,
    without: [...all, ...npy, ...calls],
  },
  "50 features in rows: numbers and .npy arrays": {
    first: 9_950,
    beside: 15_300,
    without: [...all, ...npy, ...calls],
  },
  "50 features in rows: all kinds": { first: 10_300, beside: 17_350, without: [...all, ...npy, ...calls] },
  "TensorFlow Serving": { first: 11_500, beside: 16_900, without: [...all, ...npy, ...calls] },
  "TensorFlow Serving: classify and regress": {
    first: 11_600,
    beside: 13_850,
    without: [...all, ...npy, ...calls, "verify-metadata.js"],
  },
  Modelbit: { first: 7_150, beside: 15_550, without: [...all, ...arrays, ...calls] },
  Cog: { first: 7_350, beside: 18_050, without: [...all, ...arrays, ...calls] },
  "plain service": { first: 7_100, beside: 20_550, without: [...all, ...arrays, ...calls] },
};

/** The runtime's files that are Node's alone. */
const ofNode = /\/(?:node|transport-undici|undici-exchange)\.js$|node_modules\/undici\//;

describe("a client in a browser", () => {
  test("is weighed for each system", () => {
    expect(weighedClients).toEqual(Object.keys(limits));
  });

  test.each(Object.entries(limits))("%s", async (name, { first, beside, without }) => {
    const weight = await weighClient(name);
    expect(weight.first).toBeLessThanOrEqual(first);
    // A limit that is far away holds nothing.
    expect(weight.first).toBeGreaterThan(first - 400);
    expect(weight.beside).toBeLessThanOrEqual(beside);
    expect(weight.beside).toBeGreaterThanOrEqual(Math.max(0, beside - 400));
    expect(weight.files.filter((path) => without.some((file) => path.endsWith(`/${file}`)))).toEqual([]);
    expect(weight.files.filter((path) => ofNode.test(path) || mocks.test(path))).toEqual([]);
  });
});

test("what is loaded late shares no module with the page: a chunk of shared ones would cost everybody", async () => {
  const { later } = await weighClient("50 features in rows: numbers, labels and texts");
  const parts = ["in-batches.js", "in-order.js", "redaction.js", "rows-form.js", "verify-live.js"];
  expect(Object.keys(later).sort()).toEqual(parts);
});

test("the .npy codec adds less than 4 kB to a page that has arrays", async () => {
  const arrayNames = ["DeploymentError", "isDeploymentError", "ndarray"];
  const without = await weighExports(arrayNames);
  const withCodec = await weighExports([...arrayNames, "decodeNpy", "encodeNpy"]);
  expect(withCodec - without).toBeLessThan(3_600);
});
