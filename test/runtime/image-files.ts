import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const channels: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** A PNG file of 2 by 2 pixels, of the given colour type, with further chunks before the pixels. */
export function pngFile(
  colourType: number,
  extra: readonly (readonly [type: string, content: Uint8Array])[] = [],
): Uint8Array {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, colourType, 0, 0, 0]);
  const line = new Uint8Array(1 + 2 * (channels.get(colourType) ?? 1));
  const palette = colourType === 3 ? [chunk("PLTE", Uint8Array.of(1, 2, 3))] : [];
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      ...palette,
      ...extra.map(([type, content]) => chunk(type, content)),
      chunk("IDAT", deflateSync(Buffer.concat([line, line]))),
      chunk("IEND", new Uint8Array(0)),
    ]),
  );
}

/** The beginning of a JPEG file. */
export const jpegFile: Uint8Array = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0);
