import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../src/runtime/src/files/base64.js";
import type { FieldCodec } from "../../src/runtime/src/codec.js";
import type { DeploymentErrorCode } from "../../src/runtime/src/errors.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";
import { createImage } from "../../src/runtime/src/files/image.js";
import { codeOf, coderOf, decoded, encoded } from "./coders-context.js";
import { jpegFile, pngFile } from "./image-files.js";

const image: FieldCodec = { kind: "image", mediaTypes: ["image/png", "image/jpeg"], alpha: false };
const withAlpha: FieldCodec = { ...image, alpha: true };
const onlyPng: FieldCodec = { ...image, mediaTypes: ["image/png"] };

const png = pngFile(2);
const url = (mediaType: string, bytes: Uint8Array): string =>
  `data:${mediaType};base64,${encodeBase64(bytes)}`;
const pngUrl = url("image/png", png);

/** As a client does it: what must be awaited is awaited, then the rest. */
async function sent(codec: FieldCodec, value: unknown): Promise<string> {
  const coder = coderOf(codec);
  return encoded(coder, await coder.prepare?.value(value));
}

describe("what goes out is a data URL of the type that the bytes prove", () => {
  const view = new Uint8Array(png.length + 9);
  view.set(png, 5);
  const table: readonly { name: string; given: unknown; want: string }[] = [
    { name: "bytes", given: png, want: pngUrl },
    { name: "a Buffer in a pool", given: Buffer.from(png), want: pngUrl },
    { name: "a view of larger memory", given: view.subarray(5, 5 + png.length), want: pngUrl },
    { name: "an ArrayBuffer", given: png.slice().buffer, want: pngUrl },
    {
      name: "a Blob, whatever its type says",
      given: new Blob([Buffer.from(png)], { type: "image/gif" }),
      want: pngUrl,
    },
    { name: "a data URL", given: pngUrl, want: pngUrl },
    {
      name: "a data URL of other spelling",
      given: `DATA:image/PNG;a=b;base64,${encodeBase64(png)}`,
      want: pngUrl,
    },
    { name: "an image of a reply", given: createImage("image/png", png), want: pngUrl },
    { name: "a file", given: { name: "a.jpg", read: () => Promise.resolve(png) }, want: pngUrl },
    { name: "a JPEG", given: jpegFile, want: url("image/jpeg", jpegFile) },
    { name: "a JPEG as image/jpg", given: url("image/jpg", jpegFile), want: url("image/jpeg", jpegFile) },
  ];
  test.each(table)("$name", async ({ given, want }) => {
    expect(await sent(image, given)).toBe(JSON.stringify(want));
  });

  test("what needs not be awaited is not", () => {
    const { prepare } = coderOf(image);
    for (const value of [png, pngUrl, 1, null, createImage("image/png", png)])
      expect(prepare?.value(value)).toBe(value);
  });

  test("in a form it is a file with its name", async () => {
    const coder = coderOf(image);
    expect(coder.field(png)).toEqual({
      kind: "file",
      bytes: png,
      mediaType: "image/png",
      fileName: "image.png",
    });
    const file = await coder.prepare?.value({ name: "cat.jpg", read: () => Promise.resolve(jpegFile) });
    expect(coder.field(file)).toEqual({
      kind: "file",
      bytes: jpegFile,
      mediaType: "image/jpeg",
      fileName: "cat.jpg",
    });
  });

  test("an alpha channel where the deployment takes one", async () => {
    expect(await sent(withAlpha, pngFile(6))).toBe(JSON.stringify(url("image/png", pngFile(6))));
  });

  test("a kind that no bytes prove, where the deployment takes it and the value says so", async () => {
    const codec: FieldCodec = { kind: "image", mediaTypes: ["image/x-raw"], alpha: false };
    expect(await sent(codec, new Blob(["abc"], { type: "image/x-raw" }))).toBe(
      '"data:image/x-raw;base64,YWJj"',
    );
  });

  test("anything without checks", () => {
    expect(encoded(coderOf(onlyPng, { validate: false }), jpegFile)).toBe(
      JSON.stringify(url("image/jpeg", jpegFile)),
    );
    expect(encoded(coderOf(image, { validate: false }), pngFile(6))).toContain("image/png");
  });
});

describe("what is refused on the way out", () => {
  const clear: readonly [string, Uint8Array] = ["tRNS", Uint8Array.of(0, 1, 0, 2, 0, 3)];
  const table: readonly { name: string; codec?: FieldCodec; given: unknown; want: DeploymentErrorCode }[] = [
    { name: "grey with alpha", given: pngFile(4), want: "alpha-channel" },
    { name: "colours with alpha", given: pngFile(6), want: "alpha-channel" },
    {
      name: "a transparent colour",
      given: pngFile(2, [["tEXt", new Uint8Array(300)], clear]),
      want: "alpha-channel",
    },
    { name: "a palette with alpha", given: pngFile(3, [["tRNS", Uint8Array.of(0)]]), want: "alpha-channel" },
    { name: "alpha in a data URL", given: url("image/png", pngFile(6)), want: "alpha-channel" },
    { name: "a GIF", given: Buffer.from("GIF89a......"), want: "wrong-media-type" },
    { name: "a JPEG where only PNG is taken", codec: onlyPng, given: jpegFile, want: "wrong-media-type" },
    { name: "a JPEG that says it is a PNG", given: url("image/png", jpegFile), want: "wrong-media-type" },
    { name: "a PNG that says it is text", given: url("text/plain", png), want: "wrong-media-type" },
    { name: "no bytes", given: new Uint8Array(0), want: "wrong-media-type" },
    { name: "other bytes", given: Buffer.from("<svg/>"), want: "wrong-media-type" },
    { name: "a path", given: "cat.png", want: "wrong-type" },
    { name: "a number", given: 1, want: "wrong-type" },
    { name: "null", given: null, want: "wrong-type" },
    { name: "a list of bytes", given: [...png], want: "wrong-type" },
    { name: "floats", given: new Float32Array(3), want: "wrong-type" },
    { name: "broken base64", given: "data:image/png;base64,AAAA*AAA", want: "bad-base64" },
  ];
  test.each(table)("$name", ({ codec = image, given, want }) => {
    expect(codeOf(() => encoded(coderOf(codec), given))).toBe(want);
    expect(codeOf(() => coderOf(codec).field(given))).toBe(want);
  });

  test("a path's error says what reads paths", () => {
    expect(() => encoded(coderOf(image), "cat.png")).toThrow(/fromFile\(path\)/);
  });

  test("chunks that point anywhere or are cut off end the search for alpha", () => {
    const broken = pngFile(2).slice();
    broken.set([0xff, 0xff, 0xff, 0xff], 33);
    for (const given of [broken, png.subarray(0, 40), png.subarray(0, 26)]) {
      expect(encoded(coderOf(image), given)).toContain("image/png");
    }
  });

  test("a file that cannot be read", async () => {
    const cause = new Error("no such file");
    const prepared = coderOf(image).prepare?.value({ name: "a.png", read: () => Promise.reject(cause) });
    const error: unknown = await Promise.resolve(prepared).catch((reason: unknown) => reason);
    expect(isDeploymentError(error, "wrong-type") && [error.feature, error.cause]).toEqual(["f", cause]);
    const strange = coderOf(image).prepare?.value({ name: "a.png", read: () => "text" });
    await expect(strange).rejects.toMatchObject({ code: "wrong-type", feature: "f" });
  });
});

describe("what comes in", () => {
  test("an image with its bytes", () => {
    for (const bytes of [png, Buffer.concat([png, new Uint8Array(5000)])]) {
      expect(decoded(coderOf(image), JSON.stringify(url("image/png", bytes)))).toMatchObject({
        mediaType: "image/png",
        bytes: Uint8Array.from(bytes),
      });
    }
  });

  const bad: readonly { name: string; given: unknown; strict?: true }[] = [
    { name: "a number", given: 1 },
    { name: "an object", given: { mediaType: "image/png" } },
    { name: "a long list of numbers", given: new Array(2000).fill(1) },
    { name: "no data URL", given: encodeBase64(png) },
    { name: "broken base64", given: "data:image/png;base64,AAAA*AAA" },
    { name: "another media type", given: url("image/gif", Buffer.from("GIF89a")) },
    { name: "text that says it is a PNG", given: url("image/png", Buffer.from("text")) },
    {
      name: "a JPEG that says it is a PNG, on strict request",
      given: url("image/png", jpegFile),
      strict: true,
    },
  ];
  test.each(bad)("$name is bad-reply", ({ given, strict = false }) => {
    expect(codeOf(() => decoded(coderOf(image, { strict }), JSON.stringify(given)))).toBe("bad-reply");
  });
});

test("an image gives a Blob and a data URL, and shows only what it is", async () => {
  const made = createImage("image/png", png);
  expect(made.toDataUrl()).toBe(pngUrl);
  expect(made.toBlob().type).toBe("image/png");
  expect(new Uint8Array(await made.toBlob().arrayBuffer())).toEqual(png);
  expect(Object.keys(made)).toEqual(["mediaType", "bytes"]);
  expect(inspect(made)).not.toContain("toBlob");
  expect(Object.isFrozen(made)).toBe(true);
});
