import type { Draw } from "./seed.js";

const rate = 8000;
const samples = 800;

/** A tenth of a second of a low note, as WAVE: PCM of 16 bits, one channel (RFC 2361, format 1). */
export function drawSound(draw: Draw): Uint8Array {
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const write = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index += 1) view.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, samples * 2, true);
  // A square wave: sines differ in their last digits between platforms.
  const half = draw.integer(10, 40);
  for (let index = 0; index < samples; index += 1) {
    view.setInt16(44 + index * 2, Math.floor(index / half) % 2 === 0 ? 4000 : -4000, true);
  }
  return new Uint8Array(view.buffer);
}
