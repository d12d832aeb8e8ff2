import type { Body, BodyWriter, Payload, PieceRoom } from "./body.js";

/** Size of a piece: small enough that no version of V8 treats it as a large object. */
const pieceSize = 65_536;

/** Bytes that are there already go out in long pieces: each costs a round of the event loop. */
const longestPiece = 1024 * 1024;

const utf8: TextEncoder = /* @__PURE__ */ new TextEncoder();

/** A writer of one body; `finish` may be called at any time and gives what has been added until then. */
export function createBodyWriter(): BodyWriter {
  const parts: Payload[] = [];
  let pending = "";

  function settleText(): void {
    if (pending === "") return;
    parts.push(bytesPayload([utf8.encode(pending)]));
    pending = "";
  }

  return {
    text(text) {
      pending += text;
    },
    payload(payload) {
      settleText();
      parts.push(payload);
    },
    finish(contentType) {
      // Most bodies are text and nothing else, whose bytes need not be put together.
      if (parts.length === 0) {
        const bytes = utf8.encode(pending);
        return createBody(contentType, [bytesPayload([bytes])], bytes);
      }
      settleText();
      return createBody(contentType, parts.slice());
    },
  };
}

/** `parts` one after another as a payload; they are neither copied nor changed. */
export function bytesPayload(parts: readonly Uint8Array[]): Payload {
  return {
    byteLength: parts.reduce((sum, part) => sum + part.byteLength, 0),
    writeTo(target, offset) {
      let at = offset;
      for (const part of parts) {
        target.set(part, at);
        at += part.byteLength;
      }
    },
    *chunks() {
      for (const part of parts) {
        for (let at = 0; at < part.byteLength; at += longestPiece) yield part.subarray(at, at + longestPiece);
      }
    },
  };
}

/** `known` is all of it, where that is at hand. */
function createBody(contentType: string, parts: readonly Payload[], known?: Uint8Array): Body {
  const byteLength = parts.reduce((sum, part) => sum + part.byteLength, 0);
  let whole = known;
  return {
    contentType,
    byteLength,
    toBytes() {
      if (whole === undefined) {
        whole = new Uint8Array(byteLength);
        let at = 0;
        for (const part of parts) {
          part.writeTo(whole, at);
          at += part.byteLength;
        }
      }
      return whole;
    },
    chunks: (room) => pieces(parts, room),
  };
}

/** Small parts share a piece, which is never used again: a consumer may still hold it. */
function* pieces(
  parts: readonly Payload[],
  room: PieceRoom | undefined,
): Generator<Uint8Array, void, undefined> {
  let piece = new Uint8Array(0);
  let filled = 0;
  for (const part of parts) {
    if (part.byteLength > pieceSize - filled || part.byteLength > pieceSize / 2) {
      if (filled > 0) yield piece.subarray(0, filled);
      filled = 0;
      piece = new Uint8Array(0);
    }
    if (part.byteLength > pieceSize / 2) {
      yield* part.chunks(room);
      continue;
    }
    if (piece.byteLength === 0) piece = new Uint8Array(pieceSize);
    part.writeTo(piece, filled);
    filled += part.byteLength;
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
