import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesPayload, createBodyWriter } from "../../src/runtime/src/json/body-writer.js";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function joined(chunks: Iterable<Uint8Array>): Uint8Array {
  return Uint8Array.from(Array.from(chunks, (chunk) => Array.from(chunk)).flat());
}

test("a body has its text as UTF-8 and its payloads in their order", () => {
  const writer = createBodyWriter();
  writer.text('{"kön€":"');
  writer.payload(bytesPayload([new TextEncoder().encode("AAAA")]));
  writer.text('","😀":1}');
  const body = writer.finish("application/json");
  expect(text(body.toBytes())).toBe('{"kön€":"AAAA","😀":1}');
  expect(body.contentType).toBe("application/json");
  expect(body.byteLength).toBe(new TextEncoder().encode('{"kön€":"AAAA","😀":1}').byteLength);
});

test("a character may be split between two texts", () => {
  const writer = createBodyWriter();
  writer.text("\ud83d");
  writer.text("\ude00");
  expect(text(writer.finish("text/plain").toBytes())).toBe("😀");
});

test("a finished body stays as it was when more is written", () => {
  const writer = createBodyWriter();
  writer.text("a");
  const body = writer.finish("text/plain");
  writer.text("b");
  expect(text(body.toBytes())).toBe("a");
  expect(text(writer.finish("text/plain").toBytes())).toBe("ab");
});

test("an empty body has no chunks", () => {
  const body = createBodyWriter().finish("text/plain");
  expect([body.byteLength, body.toBytes().byteLength, [...body.chunks()].length]).toEqual([0, 0, 0]);
});

test("chunks give the bytes of toBytes each time, in pieces of 1 MB at most, and nothing of what went in is changed", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.integer({ min: 0, max: 1_500_000 }).map((size) => new Uint8Array(size).fill(size % 251)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const writer = createBodyWriter();
      for (const given of parts) {
        if (typeof given === "string") writer.text(given);
        else writer.payload(bytesPayload([given]));
      }
      const body = writer.finish("application/octet-stream");
      const whole = body.toBytes();
      const first = [...body.chunks()];
      expect(whole.byteLength).toBe(body.byteLength);
      expect(Buffer.compare(Buffer.concat(first), whole)).toBe(0);
      expect(Buffer.compare(Buffer.concat([...body.chunks()]), whole)).toBe(0);
      expect(first.every((chunk) => chunk.byteLength > 0 && chunk.byteLength <= 1024 * 1024)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("a payload can start anywhere in a larger array", () => {
  const target = new Uint8Array(6).fill(9);
  bytesPayload([Uint8Array.of(1, 2), Uint8Array.of(3)]).writeTo(target, 2);
  expect([...target]).toEqual([9, 9, 1, 2, 3, 9]);
  expect([...joined(bytesPayload([Uint8Array.of(1, 2), Uint8Array.of(3)]).chunks())]).toEqual([1, 2, 3]);
});
