import type { PieceRoom } from "../json/body.js";

const pieceSize = 65_536;

/**
 * So many pieces are on their way before the first of them is written over. A socket takes no more while as much as
 * its high water mark waits in it, which is 16 KB or 64 KB: no piece of 15 pieces ago can be among that.
 */
const rooms = 16;

/** Memory for the pieces of a body that goes out through a socket: 1 MB at most, whatever the body's length. */
export function createPieceRooms(): PieceRoom {
  const all: Uint8Array[] = [];
  let next = 0;
  return () => {
    const room = (all[next] ??= new Uint8Array(pieceSize));
    next = (next + 1) % rooms;
    return room;
  };
}
