import { createClient } from "example-adder";
import { mockTransport } from "example-adder/testing";
import { expect, test } from "vitest";

const url = "https://acme.us-east-1.modelbit.com/v1/example_adder/latest";

test("sums come in the order of the rows", async () => {
  const client = createClient({ url, transport: mockTransport({ answers: ({ a, b, c }) => a + b + c }) });
  const rows = [3, 1, 2].map((a) => ({ a, b: 10, c: 100 }));
  expect(await client.predictMany(rows)).toEqual([113, 111, 112]);
});

test("an error of the function's own is told of", async () => {
  const transport = mockTransport({
    answers: () => {
      throw new RangeError("a is zero");
    },
  });
  const failed = { code: "deployment-error", serverCode: "RangeError" };
  await expect(createClient({ url, transport }).predict({ a: 0, b: 1, c: 1 })).rejects.toMatchObject(failed);
});
