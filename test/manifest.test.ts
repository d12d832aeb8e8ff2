import { expect, test } from "vitest";
import { inputHash, parseManifest, printManifest } from "../src/manifest.js";

const spec = { name: "spec.json", text: "{}", url: null };
const hash = (...labels: readonly (readonly [string, readonly string[]])[]): string =>
  inputHash(spec, { labels: new Map(labels) });

test("the hash of what goes in heeds the order of labels, not that of features", () => {
  const type = ["Type", ["cat", "dog"]] as const;
  const sound = ["Sound", ["miaow", "woof"]] as const;
  expect(hash(type, sound)).toBe(hash(sound, type));
  expect(hash(["Type", ["dog", "cat"]], sound)).not.toBe(hash(type, sound));
});

test("a manifest remembers what was said of a deployment, whatever its features are called", () => {
  const options = {
    dialect: "peltarion",
    operations: ["POST /p"],
    labels: new Map([
      ["__proto__", ["a", "b"]],
      ["7", ["c"]],
    ]),
  };
  const text = printManifest({ inputs: "i", options, files: [] });
  expect(parseManifest(text)?.options).toEqual({
    ...options,
    labels: new Map([...options.labels].toReversed()),
  });
  expect(printManifest({ inputs: "i", options: { operations: [], labels: new Map() }, files: [] })).toBe(
    printManifest({ inputs: "i", options: {}, files: [] }),
  );
});

test("what stands in a manifest as it was never printed counts as not said", () => {
  const odd = { dialect: 1, operations: "POST /p", labels: { a: [1], b: "c", d: ["e"] } };
  const text = printManifest({ inputs: "i", options: {}, files: [] }).replace(
    "{",
    `{ "options": ${JSON.stringify(odd)},`,
  );
  expect(parseManifest(text)?.options).toEqual({ operations: [], labels: new Map([["d", ["e"]]]) });
});
