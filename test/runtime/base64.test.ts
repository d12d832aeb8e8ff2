import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bufferBase64, nativeBase64, tableBase64 } from "../../src/runtime/src/files/base64-platform.js";
import type { Base64Platform } from "../../src/runtime/src/files/base64-platform.js";
import {
  base64Length,
  base64Payload,
  decodeBase64,
  decodeBase64With,
  encodeBase64,
  encodeBase64Into,
} from "../../src/runtime/src/files/base64.js";
import { isDeploymentError } from "../../src/runtime/src/errors.js";

const native = nativeBase64();
if (native === undefined)
  console.log("Skipped: base64 by Uint8Array's own methods, which this platform lacks.");
const ways: { readonly name: string; readonly way: Base64Platform | undefined }[] = [
  { name: "Buffer", way: bufferBase64() },
  { name: "Uint8Array", way: native },
  { name: "table", way: tableBase64 },
];

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 4648 §10. */
const vectors = [
  { given: "", want: "" },
  { given: "f", want: "Zg==" },
  { given: "fo", want: "Zm8=" },
  { given: "foo", want: "Zm9v" },
  { given: "foob", want: "Zm9vYg==" },
  { given: "fooba", want: "Zm9vYmE=" },
  { given: "foobar", want: "Zm9vYmFy" },
];

const refused = [
  { name: "one character", given: "Z" },
  { name: "no padding", given: "Zg" },
  { name: "half the padding", given: "Zg=" },
  { name: "only padding", given: "====" },
  { name: "three of padding", given: "Z===" },
  { name: "padding in between", given: "Zg==Zm9v" },
  { name: "padding in a group", given: "Z=9vZm9v" },
  { name: "padding before the end", given: "Zm=v" },
  { name: "bits left over after one byte", given: "Zh==" },
  { name: "bits left over after two bytes", given: "Zm9=" },
  { name: "a space", given: "Zm9 Zm9v" },
  { name: "line breaks", given: "Zm9v\r\n\r\nZm9v" },
  { name: "four spaces", given: "Zm9v    Zm9v" },
  { name: "a space at the end", given: "Zm9vZm9 " },
  { name: "a minus of the URL alphabet", given: "Zm-vZm9v" },
  { name: "an underscore of the URL alphabet", given: "Zm_vZm9v" },
  { name: "an underscore at the end", given: "Zm9vZm9_" },
  { name: "a star", given: "AAAA*AAA" },
  { name: "a zero", given: "AA\0AAAAA" },
  { name: "latin-1", given: "Zm9éZm9v" },
  { name: "a character whose low byte is base64", given: "\u0141AAAAAAA" },
  { name: "an emoji", given: "Zm\u{1f600}Zm9v" },
  { name: "half an emoji", given: "Zm9\ud83dZm9v" },
];

describe.each(ways.filter(({ way }) => way !== undefined))("base64 by $name", ({ way = tableBase64 }) => {
  test.each(vectors)("$want", ({ given, want }) => {
    expect(way.encode(ascii(given))).toBe(want);
    expect(decodeBase64With(way, want)).toEqual(ascii(given));
    expect(decodeBase64With(way, ascii(want))).toEqual(ascii(given));
    const target = ascii("----------");
    way.encodeInto(ascii(given), target, 1);
    expect(new TextDecoder().decode(target)).toBe(`-${want}`.padEnd(10, "-"));
  });

  test.each(refused)("refuses $name, as text and as bytes", ({ given }) => {
    for (const text of [given, ascii(given)]) {
      let error: unknown;
      try {
        decodeBase64With(way, text);
      } catch (thrown) {
        error = thrown;
      }
      expect(isDeploymentError(error, "bad-base64"), String(error)).toBe(true);
    }
  });

  test("refuses whatever the table refuses, and gives what it gives", () => {
    const characters = fc.constantFrom(..."AZaz09+/=-_ \n\té\0");
    const almost = fc
      .tuple(fc.base64String(), fc.array(fc.tuple(fc.nat(99), characters), { maxLength: 2 }))
      .map(([text, changes]) =>
        changes.reduce((all, [at, character]) => all.slice(0, at) + character + all.slice(at + 1), text),
      );
    const outcome = (by: Base64Platform, text: string): Uint8Array | string => {
      try {
        return decodeBase64With(by, text);
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(almost, (text) => {
        expect(outcome(way, text)).toEqual(outcome(tableBase64, text));
      }),
      { numRuns: 2000 },
    );
  });

  test("takes views of any place and length, and leaves them as they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(9), fc.nat(9), (room, start, end) => {
        const bytes = room.subarray(start, Math.max(start, room.length - end));
        const before = Uint8Array.from(room);
        const text = way.encode(bytes);
        expect(text).toBe(tableBase64.encode(bytes));
        const padded = ascii(`"${text}"`).subarray(1, -1);
        expect(decodeBase64With(way, padded)).toEqual(Uint8Array.from(bytes));
        expect(room).toEqual(before);
      }),
    );
  });
});

describe("base64 in chunks", () => {
  const chunk = 48 * 1024;
  const noise = (length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 24);

  test.each([chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 2])("%i bytes", (length) => {
    const bytes = noise(length);
    const want = Buffer.from(bytes).toString("base64");
    expect(base64Length(length)).toBe(want.length);
    expect(encodeBase64(bytes) === want).toBe(true);
    const target = new Uint8Array(want.length + 2);
    expect(encodeBase64Into(bytes, target, 1)).toBe(want.length + 1);
    expect(Buffer.from(target).toString("latin1") === `\0${want}\0`).toBe(true);
    for (const text of [want, ascii(want), Buffer.from(want)]) {
      const decoded = decodeBase64(text);
      expect(decoded.byteOffset).toBe(0);
      expect(decoded.buffer.byteLength).toBe(length);
      expect(Buffer.compare(decoded, bytes)).toBe(0);
    }
  });

  test("garbage is found in every chunk", () => {
    const text = Buffer.from(encodeBase64(noise(3 * chunk)));
    for (const at of [0, 65535, 65536, 131072, text.length - 1]) {
      const damaged = Buffer.from(text);
      damaged[at] = 0x2a;
      expect(() => decodeBase64(damaged)).toThrow(/base64/);
    }
  });
});

describe("base64Payload", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 });

  test("is the base64 of its parts put together, at once or in chunks, any number of times", () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const want = Buffer.concat(parts).toString("base64");
        const payload = base64Payload(parts);
        expect(payload.byteLength).toBe(want.length);
        for (let time = 0; time < 2; time += 1) {
          expect(Buffer.concat([...payload.chunks()]).toString("latin1")).toBe(want);
          const target = Buffer.alloc(want.length + 2, "-");
          payload.writeTo(target, 1);
          expect(target.toString("latin1")).toBe(`-${want}-`);
        }
      }),
    );
  });

  test("makes chunks of 64 KB of text at most, each its own", () => {
    const parts = [new Uint8Array(128), new Uint8Array(200_000).fill(7)];
    const chunks = [...base64Payload(parts).chunks()];
    expect(Math.max(...chunks.map(({ length }) => length))).toBe(65536);
    expect(new Set(chunks.map(({ buffer }) => buffer)).size).toBe(chunks.length);
    expect(Buffer.concat(chunks).toString("latin1") === Buffer.concat(parts).toString("base64")).toBe(true);
  });
});
