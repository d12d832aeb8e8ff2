/** Takes bits and gives bytes that grow as needed. */
export interface BitWriter {
  /** Takes the lower `count` bits of `bits`, at most 24. */
  bits(bits: number, count: number): void;
  /** Takes whole bytes, after filling the last one with `fill` bits. */
  bytes(bytes: ArrayLike<number>, fill?: 0 | 1): void;
  /** Everything so far; bits of no whole byte are not there yet. */
  finish(): Uint8Array;
}

/** How bits go into bytes. */
export interface BitOrder {
  /** Which bit of a byte is filled first: the lowest, as DEFLATE has it, or the highest, as JPEG. */
  readonly first: "lowest" | "highest";
  /** Put after each byte 0xFF that comes of bits (ITU-T T.81 §F.1.2.3). */
  readonly afterFull?: number;
}

/** A writer of bits in that order. */
export function createBitWriter({ first, afterFull }: BitOrder): BitWriter {
  let room = new Uint8Array(1024);
  let length = 0;
  let held = 0;
  let count = 0;

  function byte(value: number): void {
    if (length === room.length) {
      const wider = new Uint8Array(room.length * 2);
      wider.set(room);
      room = wider;
    }
    room[length] = value;
    length += 1;
  }

  function bits(given: number, many: number): void {
    const value = given & ((1 << many) - 1);
    held = first === "lowest" ? held | (value << count) : (held << many) | value;
    count += many;
    while (count >= 8) {
      const whole = first === "lowest" ? held & 0xff : (held >>> (count - 8)) & 0xff;
      byte(whole);
      if (whole === 0xff && afterFull !== undefined) byte(afterFull);
      count -= 8;
      held = first === "lowest" ? held >>> 8 : held & ((1 << count) - 1);
    }
  }

  return {
    bits,
    bytes(given, fill = 0) {
      if (count > 0) bits(fill === 1 ? 0xff : 0, 8 - count);
      for (let at = 0; at < given.length; at += 1) byte(given[at] ?? 0);
    },
    finish: () => room.slice(0, length),
  };
}
