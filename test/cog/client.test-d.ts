import { createCogClient } from "../../src/runtime/src/cog/index.js";
import type { CogDeployment } from "../../src/runtime/src/cog/index.js";
import { describe, expectTypeOf, test } from "vitest";
import { numbers, single, tokens } from "./cog-deployments.js";
import type { Input, Shapes } from "./cog-deployments.js";

describe("a client of a Cog model", () => {
  test("gives what the model gives, whole and item by item", () => {
    expectTypeOf(createCogClient(numbers).predict).returns.resolves.toEqualTypeOf<number[]>();
    expectTypeOf(createCogClient(numbers).stream).returns.toEqualTypeOf<AsyncIterableIterator<number>>();
    expectTypeOf(createCogClient(tokens).predict).returns.resolves.toEqualTypeOf<string>();
    expectTypeOf(createCogClient(tokens).stream).returns.toEqualTypeOf<AsyncIterableIterator<string>>();
    expectTypeOf(createCogClient(single).predictMany).returns.resolves.toEqualTypeOf<string[]>();
    // @ts-expect-error -- each input is a prediction of its own
    void createCogClient(single).predictMany([], { batchSize: 2 });
  });

  test("has a descriptor that fits its types", () => {
    // @ts-expect-error -- a list has items
    const list: CogDeployment<Input, string[], string, Shapes>["framing"]["output"] = "value";
    // @ts-expect-error -- one text is no list
    const text: CogDeployment<Input, string, string, Shapes>["framing"]["output"] = "list";
    // @ts-expect-error -- the items are numbers
    const output: CogDeployment<Input, number[], number, Shapes>["output"] = { type: "text" };
    // @ts-expect-error -- the style may be left out
    const style: CogDeployment<Input, string>["inputs"]["style"] = {
      shape: { type: "named", name: "style" },
    };
    expectTypeOf([list, text, output, style]).not.toBeNever();
  });
});
