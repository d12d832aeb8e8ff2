import { createClient, isDeploymentError } from "animal-weight";
import type { Client, Input } from "animal-weight";
import { mockTransport } from "animal-weight/testing";
import { expect, test } from "vitest";

/* A user's own tests of code that calls a deployment: they also run where the packed packages are installed. */

/** What is under test: which of the animals a scale for 20 kg can carry. */
async function carried(client: Client, animals: readonly Input[]): Promise<readonly Input[]> {
  const weights = await client.predictMany(animals);
  return animals.filter((_, index) => (weights[index]?.Weight ?? Infinity) <= 20);
}

const cat: Input = { Type: "animal", Sound: "miaow", Size: 0.4 };
const cow: Input = { Type: "animal", Sound: "moo", Size: 1.5 };

test("light animals are carried", async () => {
  const transport = mockTransport({ answers: ({ Size }) => ({ Weight: Size * 30 }) });
  expect(await carried(createClient({ transport }), [cow, cat])).toEqual([cat]);
  expect(transport.calls).toHaveLength(1);
});

test("a seed says all weights, always alike", async () => {
  const weigh = async (seed: number): Promise<number> =>
    (await createClient({ transport: mockTransport({ seed }) }).predict(cat)).Weight;
  expect(await weigh(1)).toBe(await weigh(1));
  expect(await weigh(1)).not.toBe(await weigh(2));
});

test("a deployment that is away is told of", async () => {
  const transport = mockTransport({ failures: [{ status: 503 }] });
  const error: unknown = await carried(createClient({ transport, retry: false }), [cat]).catch(
    (thrown: unknown) => thrown,
  );
  expect(isDeploymentError(error, "unavailable")).toBe(true);
});

test("a token is asked for", async () => {
  const transport = mockTransport({ token: "right" });
  await expect(createClient({ transport, token: "wrong" }).predict(cat)).rejects.toMatchObject({
    status: 401,
  });
});
