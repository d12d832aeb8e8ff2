import { createClient } from "photo-restyler";
import type { Input, Labels, LinkInput, Output, RemoteFile } from "photo-restyler";
import { fromFile } from "photo-restyler/node";
import { describe, expectTypeOf, test } from "vitest";

const client = createClient({ model: "imaginary/photo-restyler", token: "t", wait: 30 });

describe("photo-restyler", () => {
  test("takes a file of any kind and a label, and whatever has a default may be left out", () => {
    expectTypeOf<Input["photo"]>().toEqualTypeOf<LinkInput>();
    expectTypeOf<Labels["style"]>().toEqualTypeOf<"oil" | "ink" | "charcoal">();
    void client.predict({ photo: fromFile("a.png"), style: "ink" });
    void client.predict({
      photo: new URL("https://e.example"),
      style: "oil",
      seed: 1,
      strength: 0.5,
      format: "png",
    });
    void client.predict(
      { photo: new Uint8Array(1), style: "ink" },
      { signal: AbortSignal.timeout(1), wait: 5 },
    );
    // @ts-expect-error -- a photo is required
    void client.predict({ style: "ink" });
    // @ts-expect-error -- no such label
    void client.predict({ photo: "data:,", style: "watercolour" });
    // @ts-expect-error -- what may be left out is not null
    void client.predict({ photo: "data:,", style: "ink", seed: null });
    // @ts-expect-error -- no such input
    void client.predict({ photo: "data:,", style: "ink", colour: "red" });
  });

  test("gives a file", () => {
    expectTypeOf<Output>().toEqualTypeOf<RemoteFile>();
    expectTypeOf(client.predict).returns.resolves.toEqualTypeOf<RemoteFile>();
    expectTypeOf(client.stream).returns.toEqualTypeOf<AsyncIterableIterator<RemoteFile>>();
    expectTypeOf(client.predictMany).returns.resolves.toEqualTypeOf<RemoteFile[]>();
  });
});
