import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compareModels } from "../../src/compare/compare-models.js";
import { describe as understand } from "../../src/compile.js";
import { fixtures } from "../dialects/descriptions.js";

const models = await Promise.all(
  fixtures().map(async ({ name, spec, metadata }) => {
    const text = { name: spec, url: null, text: readFileSync(spec, "utf8") };
    return { name, model: (await understand(text, metadata === undefined ? {} : { metadata })).model };
  }),
);

test("nothing changed between a model and itself, also when it went through JSON", () => {
  for (const { model } of models) {
    const again: typeof model = structuredClone(model);
    expect(compareModels(model, again)).toEqual({ changes: [], verdict: "none" });
  }
});

test("any model can be compared with any other, and what went one way came the other", () => {
  for (const before of models) {
    for (const after of models) {
      if (before === after) continue;
      const there = compareModels(before.model, after.model);
      const back = compareModels(after.model, before.model);
      expect(there.verdict, `${before.name}, ${after.name}`).not.toBe("none");
      expect(back.verdict).not.toBe("none");
      for (const { message } of there.changes) expect(message).toMatch(/^\S.*[^.]$/s);
    }
  }
});
