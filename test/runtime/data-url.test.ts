import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataUrlHead, parseDataUrl, toDataUrl } from "../../src/runtime/src/files/data-url.js";
import type { PayloadSlice } from "../../src/runtime/src/json/reply-document.js";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text as it stands in a reply. */
function sliceOf(text: string): PayloadSlice {
  const bytes = ascii(`{"x":"${text}","y":","}`);
  return { kind: "string", bytes, start: 6, end: bytes.length - 10 };
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

const plain = { mediaType: "text/plain", parameters: { charset: "US-ASCII" } };

describe("parseDataUrl", () => {
  test.each([
    { given: "data:image/png;base64,Zm9v", want: { mediaType: "image/png", parameters: {}, text: "foo" } },
    { given: "DATA:Image/PNG;BASE64,Zm9v", want: { mediaType: "image/png", parameters: {}, text: "foo" } },
    {
      given: "data:application/x.peltarion.npy;base64,",
      want: { mediaType: "application/x.peltarion.npy", parameters: {}, text: "" },
    },
    {
      given: "data:text/plain;charset=utf-8;base64,Zg==",
      want: { mediaType: "text/plain", parameters: { charset: "utf-8" }, text: "f" },
    },
    {
      given: "data:text/plain; charset=utf-8 ; base64,Zg==",
      want: { mediaType: "text/plain", parameters: { charset: "utf-8" }, text: "f" },
    },
    {
      given: "data:a/b;Name=x%2Cy;base64=1,x",
      want: { mediaType: "a/b", parameters: { name: "x,y", base64: "1" }, text: "x" },
    },
    {
      given: "data:a/b;__proto__=1,x",
      want: { mediaType: "a/b", parameters: { ["__proto__"]: "1" }, text: "x" },
    },
    {
      given: "data:image/svg+xml;base64,Zg%3D%3d",
      want: { mediaType: "image/svg+xml", parameters: {}, text: "f" },
    },
    { given: "data:x/y;base64,%5am9%76", want: { mediaType: "x/y", parameters: {}, text: "foo" } },
    { given: "data:;base64,Zm9v", want: { ...plain, text: "foo" } },
    { given: "data:,a%20b,c", want: { ...plain, text: "a b,c" } },
    {
      given: "data:;charset=utf-8,k%C3%B6n€",
      want: { mediaType: "text/plain", parameters: { charset: "utf-8" }, text: "kön€" },
    },
    { given: "data:,", want: { ...plain, text: "" } },
  ])("$given", ({ given, want }) => {
    for (const source of [given, sliceOf(given)]) {
      const { mediaType, parameters, bytes } = parseDataUrl(source);
      expect([mediaType, [...parameters]]).toEqual([want.mediaType, Object.entries(want.parameters)]);
      expect(new TextDecoder().decode(bytes)).toBe(want.text);
      expect([bytes.byteOffset, bytes.buffer.byteLength]).toEqual([0, bytes.length]);
    }
  });

  test.each([
    { name: "an empty text", given: "", says: "expected a data URL" },
    { name: "bare base64", given: "Zm9v", says: "expected a data URL" },
    { name: "another scheme", given: "http://x/,Zm9v", says: "expected a data URL" },
    { name: "no comma", given: "data:image/png;base64", says: "expected a data URL" },
    { name: "a comma too late", given: `data:${"x".repeat(5000)},`, says: "expected a data URL" },
    { name: "no subtype", given: "data:image;base64,Zm9v", says: "expected type/subtype" },
    { name: "quotes in the type", given: "data:image/'png',Zm9v", says: "expected type/subtype" },
    { name: "a parameter without value", given: "data:image/png;utf8,Zm9v", says: "expected name=value" },
    {
      name: "base64 before a parameter",
      given: "data:image/png;base64;a=b,Zm9v",
      says: "expected name=value",
    },
    { name: "garbage", given: "data:image/png;base64,Zm9*", says: "base64" },
    { name: "no padding", given: "data:image/png;base64,Zg", says: "expected a multiple of 4" },
    { name: "half an escape in base64", given: "data:image/png;base64,Zm9v%3", says: "hexadecimal" },
    { name: "a wrong escape", given: "data:,%zz", says: "hexadecimal" },
    { name: "an escape of garbage", given: "data:image/png;base64,Zm9%20", says: "base64" },
    { name: "a fragment", given: "data:image/png;base64,Zm9v#abc", says: "base64" },
  ])("refuses $name", ({ given, says }) => {
    for (const source of [given, sliceOf(given)]) {
      const error = thrownBy(() => parseDataUrl(source));
      expect(error).toMatchObject({ code: "bad-base64", message: expect.stringContaining(says) });
    }
  });

  test("never shows the payload", () => {
    const error = thrownBy(() => parseDataUrl(`data:image/png;base64,${"secret".repeat(50)}*`));
    expect(String(error)).not.toContain("secret");
  });
});

describe("toDataUrl", () => {
  test("is read again as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const url = toDataUrl("image/jpeg", bytes);
        expect(url.startsWith("data:image/jpeg;base64,")).toBe(true);
        expect(parseDataUrl(url)).toEqual({ mediaType: "image/jpeg", parameters: new Map(), bytes });
        expect(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test.each(['image/png"', "image/png,x", "image", "", "image/png\n", "image/png;x", "ima ge/png"])(
    "refuses the media type %j",
    (mediaType) => {
      expect(thrownBy(() => dataUrlHead(mediaType))).toMatchObject({ code: "wrong-media-type" });
    },
  );

  test("takes a media type with parameters", () => {
    expect(dataUrlHead("text/plain;charset=utf-8")).toBe("data:text/plain;charset=utf-8;base64,");
  });
});
