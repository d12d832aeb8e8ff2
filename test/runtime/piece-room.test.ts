import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { base64Payload } from "../../src/runtime/src/files/base64.js";
import { createPieceRoom } from "../../src/runtime/src/http/piece-room.js";
import { createBodyWriter } from "../../src/runtime/src/json/body-writer.js";
import type { Body } from "../../src/runtime/src/json/body.js";
import { platformTransport } from "../../src/runtime/src/http/transport-undici.js";

/** Noise as base64 between two marks. */
function bodyOf(length: number): Body {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) ^ (index >> 7));
  const writer = createBodyWriter();
  writer.text('{"x":"');
  writer.payload(base64Payload([bytes.subarray(0, 10), bytes.subarray(10)]));
  writer.text('"}');
  return writer.finish("application/json");
}

test("a body is the same in pieces that share a room, where they are long, and none that is short", () => {
  const body = bodyOf(4_000_000);
  const rooms = new Set<ArrayBufferLike>();
  const copies: Uint8Array[] = [];
  for (const piece of body.chunks(createPieceRoom())) {
    if (rooms.has(piece.buffer)) expect(piece.length).toBeGreaterThanOrEqual(65_536);
    if (piece.buffer.byteLength === 1024 * 1024) rooms.add(piece.buffer);
    copies.push(piece.slice());
  }
  expect(Buffer.compare(Buffer.concat(copies), body.toBytes())).toBe(0);
  expect([rooms.size, copies.length < 10]).toEqual([1, true]);
});

/** Payloads about as long as a socket's high water mark, with marks between them. */
function bodyOfMany(): Body {
  const writer = createBodyWriter();
  for (let mark = 1; mark <= 400; mark += 1) {
    writer.text(`${mark}`);
    const length = [10, 20_000, 40_000, 49_149, 49_152, 49_155, 200_000][mark % 7] ?? 0;
    writer.payload(base64Payload([new Uint8Array(length).fill(mark)]));
  }
  return writer.finish("application/json");
}

test("pieces too short for a room keep what is in them", () => {
  const short: { readonly piece: Uint8Array; readonly copy: Uint8Array }[] = [];
  for (const piece of bodyOfMany().chunks(createPieceRoom())) {
    if (piece.length < 65_536) short.push({ piece, copy: piece.slice() });
  }
  expect(short.length).toBeGreaterThan(200);
  for (const { piece, copy } of short) expect(Buffer.compare(piece, copy)).toBe(0);
});

test("a server that reads slowly gets every byte as it was", async () => {
  const server = createServer(async (request, response) => {
    const hash = createHash("sha256");
    let pieces = 0;
    for await (const piece of request) {
      hash.update(piece);
      if (++pieces % 16 === 0) await setTimeout(1);
    }
    response.end(hash.digest("hex"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port");
  const transport = platformTransport();
  const url = `http://127.0.0.1:${address.port}/`;
  const { signal } = new AbortController();
  for (const body of [bodyOfMany(), bodyOf(9_000_000)]) {
    const reply = await transport({ method: "POST", url, headers: {}, body, signal });
    const want = createHash("sha256").update(body.toBytes()).digest("hex");
    expect(Buffer.from(await reply.bytes()).toString()).toBe(want);
  }
  server.closeAllConnections();
  server.close();
});

test("without a room, every piece keeps what is in it", () => {
  const body = bodyOf(2_000_000);
  expect(Buffer.compare(Buffer.concat([...body.chunks()]), body.toBytes())).toBe(0);
});
