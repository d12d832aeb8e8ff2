import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawPicture } from "../../src/runtime/src/testing/picture.js";
import type { PictureShape } from "../../src/runtime/src/testing/picture.js";
import { createDraw } from "../../src/runtime/src/testing/seed.js";
import { zlibOfRuns } from "../../src/runtime/src/testing/zlib-runs.js";
import { findPython, runPython } from "../numpy.js";

const python = findPython("PIL");

/** What Pillow sees in each file of a list in base64: format, mode, size, and the corners of the first tile. */
const look = `
import base64, io, json, sys
from PIL import Image
def seen(text):
    image = Image.open(io.BytesIO(base64.b64decode(text)))
    image.load()
    colours = image.getcolors(1 << 24)
    return [image.format, image.mode, *image.size, len(colours), image.getpixel((0, 0))]
json.dump([seen(text) for text in json.load(sys.stdin)], sys.stdout)
`;

function see(files: readonly Uint8Array[]): unknown {
  const texts = files.map((bytes) => Buffer.from(bytes).toString("base64"));
  return JSON.parse(runPython(python ?? "", look, JSON.stringify(texts)).toString("utf8"));
}

const shapes: readonly PictureShape[] = [
  [1, 1, 1],
  [1, 1, 3],
  [7, 3, 3],
  [8, 8, 1],
  [9, 17, 3],
  [64, 64, 3],
  [100, 30, 1],
  [257, 300, 3],
];

describe("runs in zlib", () => {
  const run = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 3000 }));

  test("are what Node's zlib reads", () => {
    fc.assert(
      fc.property(fc.array(run), (runs) => {
        const plain = Buffer.concat(runs.map((one) => (typeof one === "number" ? Buffer.alloc(one) : one)));
        expect(inflateSync(zlibOfRuns(runs)).equals(plain)).toBe(true);
      }),
    );
  });
});

describe("a picture", () => {
  test("says of itself what it is: PNG or JPEG, the first that is taken", () => {
    const typeOf = (...types: readonly string[]): string => drawPicture(createDraw(1), types).mediaType;
    expect(typeOf("image/png", "image/jpeg")).toBe("image/png");
    expect(typeOf("image/jpeg")).toBe("image/jpeg");
    expect(typeOf("image/webp")).toBe("image/png");
  });

  test("of 4096 by 4096 pixels is small, and there at once", () => {
    for (const type of ["image/png", "image/jpeg"]) {
      const start = performance.now();
      const { bytes } = drawPicture(createDraw(1), [type], [4096, 4096, 3]);
      expect(performance.now() - start).toBeLessThan(1000);
      expect(bytes.length).toBeLessThan(600_000);
    }
  });

  test.skipIf(python === undefined).each(["image/png", "image/jpeg"])(
    "as %s is what Pillow reads, of the size that was asked for (needs a Python with PIL)",
    (type) => {
      const files = shapes.map((shape, at) => drawPicture(createDraw(at), [type], shape).bytes);
      const seen = see(files);
      expect(seen).toEqual(
        shapes.map(([height, width, channels]) => [
          type === "image/png" ? "PNG" : "JPEG",
          channels === 1 ? "L" : "RGB",
          width,
          height,
          expect.any(Number),
          expect.anything(),
        ]),
      );
    },
  );

  test.skipIf(python === undefined)("has its tiles where both say (needs a Python with PIL)", () => {
    const [png, jpeg] = ["image/png", "image/jpeg"].map(
      (type) => drawPicture(createDraw(5), [type], [64, 64, 3]).bytes,
    );
    const script = `
import base64, io, json, sys
from PIL import Image, ImageChops
one, other = [Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB") for text in json.load(sys.stdin)]
print(max(top for _, top in ImageChops.difference(one, other).getextrema()), len(one.getcolors(1 << 24)))
`;
    const texts = [png, jpeg].map((bytes) => Buffer.from(bytes ?? []).toString("base64"));
    const [difference = "", colours] = runPython(python ?? "", script, JSON.stringify(texts))
      .toString("utf8")
      .trim()
      .split(" ");
    expect(Number(difference)).toBeLessThan(6);
    expect(colours).toBe("64");
  });
});
