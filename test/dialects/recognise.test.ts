import { describe as suite, expect, test } from "vitest";
import { describe } from "../../src/compile.js";
import type { Dialect } from "../../src/dialects/dialect.js";
import { dialects } from "../../src/dialects/index.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { handMadeModel, feature } from "../emit/hand-made-model.js";

const model = handMadeModel([feature("a", { kind: "number" })], [feature("b", { kind: "number" })]);
const claims = (id: string, recognises: boolean): Dialect => ({
  id,
  recognises: () => recognises,
  interpret: () => ({ model: { ...model, dialect: id }, diagnostics: [] }),
});
const takesTheRest = (id: string): Dialect => ({ ...claims(id, true), fallback: true });
const spec = { name: "spec.json", url: null, text: '{"openapi":"3.0.3","paths":{}}' };

async function outcome(known: readonly Dialect[], dialect?: string): Promise<string> {
  try {
    const options = dialect === undefined ? {} : { dialect };
    return (await describe(spec, options, { dialects: known })).model.dialect;
  } catch (error) {
    if (error instanceof GenDeployError) return `${error.code}: ${error.message} ${error.hint}`;
    throw error;
  }
}

suite("the dialect of a description", () => {
  test.each([
    { name: "the one that claims it", known: [claims("a", false), claims("b", true)], want: /^b$/ },
    {
      name: "two that claim it are named",
      known: [claims("a", true), claims("b", false), claims("c", true)],
      want: /^dialect\/rivals: .*a and c.*--dialect a/,
    },
    {
      name: "the user decides between rivals",
      known: [claims("a", true), claims("c", true)],
      wanted: "c",
      want: /^c$/,
    },
    { name: "the user overrules recognition", known: [claims("a", false)], wanted: "a", want: /^a$/ },
    {
      name: "another than the one that takes the rest",
      known: [takesTheRest("a"), claims("b", true)],
      want: /^b$/,
    },
    {
      name: "the one that takes the rest",
      known: [claims("a", false), takesTheRest("b")],
      want: /^b$/,
    },
    {
      name: "none, and what there is",
      known: [claims("a", false), claims("b", false)],
      want: /^dialect\/none: .*a, b/,
    },
    {
      name: "a name that is none",
      known: [claims("a", true)],
      wanted: "x",
      want: /^dialect\/unknown: .*"x".* a\./,
    },
  ])("$name", async ({ known, wanted, want }) => {
    expect(await outcome(known, wanted)).toMatch(want);
  });

  test("has an id of its own among those that gen-deploy knows", () => {
    const ids = dialects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
