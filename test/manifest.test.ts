import { expect, test } from "vitest";
import { inputHash } from "../src/manifest.js";

const spec = { name: "spec.json", text: "{}", url: null };
const hash = (...labels: readonly (readonly [string, readonly string[]])[]): string =>
  inputHash(spec, { labels: new Map(labels) });

test("the hash of what goes in heeds the order of labels, not that of features", () => {
  const type = ["Type", ["cat", "dog"]] as const;
  const sound = ["Sound", ["miaow", "woof"]] as const;
  expect(hash(type, sound)).toBe(hash(sound, type));
  expect(hash(["Type", ["dog", "cat"]], sound)).not.toBe(hash(type, sound));
});
