import { createHash } from "node:crypto";
import fc from "fast-check";

/** Floats of these bits. */
export function fromBits(bits: ArrayLike<number>): Float32Array {
  return new Float32Array(Uint32Array.from(bits).buffer);
}

/** The bits of floats; of NaN all of them, payload included. */
export function toBits(floats: Float32Array): number[] {
  return [
    ...new Uint32Array(
      new Uint8Array(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength)).buffer,
    ),
  ];
}

/** SHA-256, in hex, of an array's little-endian bytes. */
export function sha256(view: ArrayBufferView): string {
  return createHash("sha256")
    .update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    .digest("hex");
}

/** Zeros of both signs, subnormals, the ends of the range, infinities, NaNs quiet and signalling with payloads. */
export const specialBits: readonly number[] = [
  0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x7f7fffff, 0xff7fffff,
  0x3dcccccd, 0x34000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x7fa00001, 0xffc12345, 0xff8fffff,
];

/** Whether these bits are a number that JSON can say. */
export function isFiniteBits(bits: number): boolean {
  return (bits & 0x7f800000) !== 0x7f800000;
}

/** Arbitrary bits of `length` floats, the special ones among them. */
export function floatBits(length: number, { finite }: { readonly finite: boolean }): fc.Arbitrary<number[]> {
  const specials = finite ? specialBits.filter(isFiniteBits) : specialBits;
  const anything = fc.nat(0xffffffff).filter((bits) => !finite || isFiniteBits(bits));
  const bits = fc.oneof(fc.constantFrom(...specials), anything);
  return fc.array(bits, { minLength: length, maxLength: length, size: "max" });
}
