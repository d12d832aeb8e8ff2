import { expect, test } from "vitest";
import { base64Payload } from "../../src/runtime/src/files/base64.js";
import { createPieceRooms } from "../../src/runtime/src/http/piece-rooms.js";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import type { Body } from "../../src/runtime/src/json/body.js";

/** Noise as base64 between two marks. */
function bodyOf(length: number): Body {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) ^ (index >> 7));
  const writer = createBodyWriter();
  writer.text('{"x":"');
  writer.payload(base64Payload([bytes.subarray(0, 10), bytes.subarray(10)]));
  writer.text('"}');
  return writer.finish("application/json");
}

test("a body is the same with rooms for its pieces, which are few and never one of 15 pieces ago", () => {
  const body = bodyOf(2_000_000);
  const waiting: { readonly piece: Uint8Array; readonly copy: Uint8Array }[] = [];
  const buffers = new Set<ArrayBufferLike>();
  const copies: Uint8Array[] = [];
  for (const piece of body.chunks(createPieceRooms())) {
    waiting.push({ piece, copy: piece.slice() });
    if (piece.length === 65_536) buffers.add(piece.buffer);
    if (waiting.length > 15) waiting.shift();
    for (const each of waiting) expect(Buffer.compare(each.piece, each.copy)).toBe(0);
    copies.push(piece.slice());
  }
  expect(Buffer.compare(Buffer.concat(copies), body.toBytes())).toBe(0);
  expect(buffers.size).toBe(16);
});

test("without rooms, every piece keeps what is in it", () => {
  const body = bodyOf(2_000_000);
  expect(Buffer.compare(Buffer.concat([...body.chunks()]), body.toBytes())).toBe(0);
});
