import { createClient, isErrorReply } from "leaf-doctor";
import { errorReply, mockTransport } from "leaf-doctor/testing";
import { expect, test } from "vitest";

const leaf = { plant: "tomato", temperature: 20, spots: [1.5] } as const;

test("a leaf is judged by the test", async () => {
  const probabilities = { healthy: 0.1, "leaf-rust": 0.8, "powdery mildew": 0.1 };
  const transport = mockTransport({ answers: () => ({ disease: "leaf-rust", probabilities }) });
  expect(await createClient({ transport }).predict(leaf)).toEqual({ disease: "leaf-rust", probabilities });
});

test("a stream gives what the test has, and what it has not follows from the seed", async () => {
  const transport = mockTransport({ seed: 4, answers: { explain: () => [{ index: 0, text: "Rust." }] } });
  const client = createClient({ transport });
  const texts: string[] = [];
  for await (const { text } of client.explain({ disease: "leaf-rust" })) texts.push(text);
  expect(texts).toEqual(["Rust."]);
  expect(await client.predict(leaf)).toEqual(await client.predict({ ...leaf }));
});

test("a documented error is told of", async () => {
  const transport = mockTransport({
    answers: { predictPicture: () => errorReply(413, { message: "too large", limit: 10 }) },
  });
  const error: unknown = await createClient({ transport })
    .predictPicture({ picture: new Uint8Array(20), plant: "vine" })
    .catch((thrown: unknown) => thrown);
  expect(isErrorReply(error, "predictPicture", 413) && error.reply.limit).toBe(10);
});
