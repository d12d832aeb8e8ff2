import { describe, expect, test } from "vitest";
import { clientOf } from "./client-deployment.js";

const reply = { body: '{"outputs":[1,1]}' };

describe("a row whose text no server takes", () => {
  test.each(["columnar", "row"] as const)("is named by its place, framing %s", async (framing) => {
    const { client, calls } = clientOf(() => reply, { framing });
    const rows = [["a"], ["b"], ["\ud800"]];
    await expect(client.signatures.text.predictMany(rows)).rejects.toMatchObject({
      code: "wrong-type",
      row: 2,
    });
    expect(calls).toHaveLength(0);
  });

  test("lets a stream hand out the rows before it", async () => {
    const { client } = clientOf(() => reply);
    const seen: unknown[] = [];
    const read = async (): Promise<void> => {
      const stream = client.signatures.text.predictStream([["a"], ["b"], ["\ud800"]]);
      for await (const row of stream) seen.push(row);
    };
    await expect(read()).rejects.toMatchObject({ code: "wrong-type", row: 2 });
    expect(seen).toHaveLength(2);
  });
});
