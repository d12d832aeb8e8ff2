import { createClient } from "photo-restyler";
import { mockTransport } from "photo-restyler/testing";
import { expect, test } from "vitest";

const photo = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test.each([
  { name: "a server of its own", place: { url: "http://localhost:5000" } },
  { name: "Replicate", place: { model: "me/photo-restyler", token: "t" } },
])("a picture is painted on $name", async ({ place }) => {
  const transport = mockTransport({ answers: () => photo });
  const picture = await createClient({ ...place, transport }).predict({ photo, style: "ink" });
  expect(await picture.bytes()).toEqual(photo);
  const drawn = createClient({ ...place, transport: mockTransport({ seed: "any" }) });
  expect((await drawn.predict({ photo, style: "oil" })).url).toMatch(/^data:/);
});

test("a prediction that fails is told of", async () => {
  const transport = mockTransport({
    answers: () => {
      throw new Error("out of ink");
    },
  });
  const client = createClient({ url: "http://localhost:5000", transport });
  await expect(client.predict({ photo, style: "ink" })).rejects.toThrow('failed: "out of ink"');
});
