import { describe, expect, test } from "vitest";
import { clientOf } from "./client-deployment.js";

/** Replies for the output `y`, declared as [-1, 1]: servers never hold their outputs to what they declare. */
const replies = [
  { name: "as declared", y: "[[1.5],[2.5]]", columns: [2, 1], row: [1] },
  { name: "without the last dimension", y: "[1.5,2.5]", columns: [2], row: [1] },
  { name: "with another one", y: "[[[1.5]],[[2.5]]]", columns: [2, 1, 1], row: [1] },
  { name: "with more elements", y: "[[1.5,0],[2.5,0]]", columns: [2, 2], row: [2] },
];

describe("an output of another shape than declared", () => {
  test.each(replies)(
    "$name: columns as the server gave them, rows as declared where they can be",
    async (reply) => {
      const { client } = clientOf(() => ({ body: `{"outputs":${reply.y}}` }));
      const { y } = await client.predictColumns({ x: [[1], [3]] });
      expect(y.shape).toEqual(reply.columns);
      const rows = await client.predictMany([{ x: [1] }, { x: [3] }]);
      expect(rows.map((row) => row.y.shape)).toEqual([reply.row, reply.row]);
      expect(rows.map((row) => row.y.data[0])).toEqual([1.5, 2.5]);
    },
  );

  test.each(replies.slice(1))("$name is bad where replies are held to the description", async ({ y }) => {
    const { client } = clientOf(() => ({ body: `{"outputs":${y}}` }), { validate: "strict" });
    await expect(client.predictMany([[1], [3]])).rejects.toMatchObject({ code: "bad-reply", feature: "y" });
  });

  test("is bad where it has another number of rows", async () => {
    const { client } = clientOf(() => ({ body: '{"outputs":[[1.5],[2.5],[3.5]]}' }));
    await expect(client.predictMany([[1], [3]])).rejects.toThrow(/3 rows, but 2 were sent; predictColumns/);
    expect((await client.predictColumns({ x: [[1], [3]] })).y.shape).toEqual([3, 1]);
  });
});
