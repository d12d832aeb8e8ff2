import { createClient, isDeploymentError, ndarray } from "half-plus-two";
import { mockTransport } from "half-plus-two/testing";
import { expect, test } from "vitest";

const url = "http://localhost:8501/v1/models/half_plus_two";

test("halves are summed up", async () => {
  const transport = mockTransport({
    answers: ({ x }) => ({
      y: ndarray([1], Float32Array.from(x instanceof Object && "data" in x ? x.data : [0])),
    }),
  });
  const client = createClient({ url, transport });
  const { y } = await client.predict({ x: ndarray([1], new Float32Array([7])) });
  expect([...y.data]).toEqual([7]);
});

test("a model that is loading is waited for", async () => {
  let clock = 0;
  const client = createClient({ url, transport: mockTransport({ coldStart: 50, now: () => clock }) });
  setTimeout(() => (clock = 50), 20);
  await client.waitUntilReady({ interval: 5 });
  expect((await client.predict({ x: [1] })).y.shape).toEqual([1]);
});

test("a model that breaks is told of", async () => {
  const transport = mockTransport({ failures: [{ status: "unreachable" }] });
  const error: unknown = await createClient({ url, transport, retry: false })
    .predict({ x: [1] })
    .catch((thrown: unknown) => thrown);
  expect(isDeploymentError(error, "connection")).toBe(true);
});
