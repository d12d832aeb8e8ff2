import { expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/index.js";
import type { FileInput, Image, MemoryTransport } from "../../src/runtime/src/index.js";
import { createModelbitClient } from "../../src/runtime/src/modelbit/index.js";
import type { ModelbitDeployment } from "../../src/runtime/src/modelbit/index.js";

interface Scan {
  scan: FileInput;
  mode: "fast" | "slow";
  next?: Scan;
}

const described = {
  title: "t",
  url: "https://w.modelbit.com/v1/f/latest",
  auth: [],
  form: "arguments",
} as const;
const scans: ModelbitDeployment<{ given: Scan }, Image | null, { Scan: Scan }> = {
  ...described,
  order: ["given"],
  inputs: { given: { shape: { type: "named", name: "Scan" } } },
  output: { type: "union", of: [{ type: "file", form: "data-url" }, { type: "null" }] },
  shapes: {
    Scan: {
      type: "object",
      members: {
        scan: { shape: { type: "file", form: "base64" } },
        mode: { shape: { type: "enum", values: ["fast", "slow"] } },
        next: { shape: { type: "named", name: "Scan" }, optional: true },
      },
    },
  },
};
const file: ModelbitDeployment<{ scan: FileInput }, string> = {
  ...described,
  order: ["scan"],
  inputs: { scan: { shape: { type: "file", form: "base64" } } },
  output: { type: "text" },
};

const blob = (): Blob => new Blob([Uint8Array.of(1, 2, 3)]);
const answering = (data: unknown): MemoryTransport => memoryTransport(() => ({ json: { data } }));
const sent = ({ calls }: MemoryTransport): readonly string[] =>
  calls.map((call) => new TextDecoder().decode(call.bytes()));

test("shapes that others call by name are written, with files that must be read first", async () => {
  const transport = answering("data:image/png;base64,AQID");
  const client = createModelbitClient(scans, { transport });
  const bare: Scan = { scan: blob(), mode: "fast", next: { scan: Uint8Array.of(4), mode: "slow" } };
  expect(await client.predict(bare)).toMatchObject({ mediaType: "image/png", bytes: Uint8Array.of(1, 2, 3) });
  await client.predict({ given: bare });
  const body = '{"data":{"scan":"AQID","mode":"fast","next":{"scan":"BA==","mode":"slow"}}}';
  expect(sent(transport)).toEqual([body, body]);
  expect(await createModelbitClient(scans, { transport: answering(null) }).predict(bare)).toBeNull();
});

test("a file may be given bare, whatever kind it is", async () => {
  const transport = answering("x");
  const client = createModelbitClient(file, { transport });
  const source = { name: "a.bin", read: () => Promise.resolve(Uint8Array.of(1, 2, 3)) };
  for (const given of [blob(), Uint8Array.of(1, 2, 3), source, { scan: source }]) await client.predict(given);
  expect(new Set(sent(transport))).toEqual(new Set(['{"data":"AQID"}']));
});

test("what has not its shape is refused with its place, before anything goes out", async () => {
  const transport = answering(null);
  const client = createModelbitClient(scans, { transport });
  const wrong = JSON.parse(
    '{"given":{"scan":"data:,x","mode":"fast","next":{"scan":"data:,x","mode":"fats"}}}',
  );
  await expect(client.predict(wrong)).rejects.toMatchObject({
    code: "unknown-label",
    feature: "given",
    message: expect.stringContaining('"given.next.mode" is "fats", not one of its 2 labels: "fast"'),
  });
  await expect(client.predictMany([wrong])).rejects.toMatchObject({ code: "unknown-label", row: 0 });
  expect(transport.calls).toEqual([]);
});
