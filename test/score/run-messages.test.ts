import { describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import { calledOperation } from "../../src/score/called-operation.js";
import { faultText } from "../../src/score/fault-text.js";
import { rowPlace } from "../../src/score/row-place.js";
import { checkThrough, openCheckingClient } from "../../src/score/run-client.js";
import { modelOf } from "./rows-of.js";

describe("rows are checked without a call", () => {
  const given = [
    { name: "peltarion/animal-table", row: { Type: "animal", Sound: "miaow", Size: 1 } },
    { name: "tf-serving/half-plus-two", row: { x: [1] } },
    { name: "modelbit/adder", row: { a: 1, b: 2, c: 3 } },
    { name: "cog/story-writer", row: { prompt: "once" } },
    { name: "openapi/leaf-doctor", row: { plant: "vine", temperature: 1, spots: [] } },
  ];

  test.each(given)("of $name", async ({ name, row }) => {
    const model = modelOf(name);
    const send = checkThrough(openCheckingClient(calledOperation(model, bindModel(model), undefined)), 2);
    expect(await send([row], { eager: false })).toEqual([undefined]);
    await expect(send([{}], { eager: false })).rejects.toThrow();
  });
});

describe("a message", () => {
  test("says where a row stands", () => {
    const row = {
      line: 3,
      index: 2,
      columns: { file: "photos/c.png" },
      row: { ok: true, value: {} },
    } as const;
    expect(rowPlace("a.csv", "line", row)).toBe("a.csv, line 3");
    expect(rowPlace("a.parquet", "row", row)).toBe("a.parquet, row 3");
    expect(rowPlace("photos/*.png", "file", row)).toBe("photos/c.png");
  });

  test("ends once", () => {
    expect(faultText({ feature: "Sound", reason: "is empty" })).toBe('"Sound" is empty.');
    expect(faultText({ feature: "Sound", reason: 'is no label: did you mean "woof"?' })).toBe(
      '"Sound" is no label: did you mean "woof"?',
    );
    expect(faultText({ feature: undefined, reason: "Refused." })).toBe("Refused.");
  });
});
