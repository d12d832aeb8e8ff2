import type { PieceRoom } from "../json/body.js";

/** Each piece costs a round of the event loop: in pieces of 64 KB, a body of 100 MB takes twice as long as in these. */
const roomSize = 1024 * 1024;

/**
 * One memory for all pieces of a body that goes out through a socket. That is enough, as undici asks for the next
 * piece only where less waits in the socket than its high water mark, 16 KB or 64 KB: until nothing at all waits,
 * where the piece before was no shorter than that.
 */
export function createPieceRoom(): PieceRoom {
  let room: Uint8Array | undefined;
  return () => (room ??= new Uint8Array(roomSize));
}
