import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multipartBody } from "../../src/runtime/src/files/multipart.js";
import type { NamedField } from "../../src/runtime/src/files/multipart-parts.js";
import { readForm } from "../../src/runtime/src/testing/read-form.js";
import type { FormReading } from "../../src/runtime/src/testing/read-form.js";

const utf8 = new TextEncoder();

/** What a form of these lines is read as, its boundary being `b`. */
function readLines(...lines: readonly string[]): unknown {
  return plain(readForm(utf8.encode(lines.join("\r\n")), "multipart/form-data; boundary=b"));
}

/** With text in place of bytes. */
function plain(reading: FormReading): unknown {
  if ("fault" in reading) return reading.fault;
  return reading.parts.map(({ bytes, ...part }) => ({ ...part, text: new TextDecoder().decode(bytes) }));
}

const disposition = 'Content-Disposition: form-data; name="a"';

describe("a form", () => {
  test("is read as the runtime writes it", () => {
    const name = fc.string({ unit: "grapheme" }).filter((text) => !/%(?:22|0D|0A)/i.test(text));
    const field = fc.oneof(
      fc.record({ kind: fc.constant("text"), text: fc.string({ unit: "grapheme" }) }),
      fc.record({
        kind: fc.constant("file"),
        bytes: fc.uint8Array(),
        mediaType: fc.constantFrom("image/png", "application/x.peltarion.npy"),
        fileName: name,
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, field), { minLength: 1 }), (given) => {
        const fields = given.map(([each, value]): NamedField => {
          return [each, "text" in value ? { ...value, kind: "text" } : { ...value, kind: "file" }];
        });
        const body = multipartBody(fields);
        const reading = readForm(body.toBytes(), body.contentType);
        expect(reading).toEqual({
          parts: fields.map(([each, value]) =>
            value.kind === "text"
              ? { name: each, mediaType: undefined, bytes: utf8.encode(value.text) }
              : { name: each, mediaType: value.mediaType, fileName: value.fileName, bytes: value.bytes },
          ),
        });
      }),
    );
  });

  test("is read as the platform writes it", async () => {
    const form = new FormData();
    form.append('a "quoted" name', "two\r\nlines");
    form.append("back\\slash\\", new Blob(["bytes"], { type: "image/png" }), "a.png");
    const request = new Request("http://host.test", { method: "POST", body: form });
    const reading = readForm(
      new Uint8Array(await request.arrayBuffer()),
      request.headers.get("content-type") ?? "",
    );
    expect(plain(reading)).toEqual([
      { name: 'a "quoted" name', mediaType: undefined, text: "two\r\nlines" },
      { name: "back\\slash\\", mediaType: "image/png", fileName: "a.png", text: "bytes" },
    ]);
  });

  const part = { name: "a", mediaType: undefined };
  test.each([
    { name: "one part", lines: ["--b", disposition, "", "x", "--b--"], want: [{ ...part, text: "x" }] },
    {
      name: "words before and after",
      lines: ["hi", "--b", disposition, "", "x", "--b--", "bye"],
      want: [{ ...part, text: "x" }],
    },
    { name: "an empty value", lines: ["--b", disposition, "", "", "--b--"], want: [{ ...part, text: "" }] },
    { name: "no value at all", lines: ["--b", disposition, "", "--b--"], want: [{ ...part, text: "" }] },
    {
      name: "blanks after a boundary",
      lines: ["--b \t", disposition, "", "x", "--b--"],
      want: [{ ...part, text: "x" }],
    },
    { name: "no parts", lines: ["--b--"], want: [] },
    {
      name: "a name without quotes",
      lines: ["--b", "content-disposition: FORM-DATA;name=a", "", "x", "--b--"],
      want: [{ ...part, text: "x" }],
    },
    {
      name: "a name of an old curl",
      lines: ["--b", 'Content-Disposition: form-data; name="a\\"b"', "", "x", "--b--"],
      want: [{ ...part, name: 'a"b', text: "x" }],
    },
    {
      name: "dashes in a value",
      lines: ["--b", disposition, "", "--", "--c", "--b--"],
      want: [{ ...part, text: "--\r\n--c" }],
    },
    { name: "no boundary", lines: ["x"], want: "The form does not have its boundary." },
    { name: "nothing", lines: [], want: "The form does not have its boundary." },
    {
      name: "no last boundary",
      lines: ["--b", disposition, "", "x"],
      want: "The form ends before its last boundary.",
    },
    {
      name: "a longer boundary",
      lines: ["--bb", disposition, "", "x", "--b--"],
      want: "The form has a boundary that ends no line.",
    },
    {
      name: "headers without an end",
      lines: ["--b", disposition],
      want: "The form has a part whose headers do not end.",
    },
    { name: "no headers", lines: ["--b", "", "x", "--b--"], want: "The form has a part without a name." },
    {
      name: "no name",
      lines: ["--b", "Content-Disposition: form-data", "", "x", "--b--"],
      want: "The form has a part without a name.",
    },
    {
      name: "an attachment",
      lines: ["--b", 'Content-Disposition: attachment; name="a"', "", "x", "--b--"],
      want: "The form has a part without a name.",
    },
    {
      name: "two names",
      lines: ["--b", 'Content-Disposition: form-data; name="a"; name="b"', "", "x", "--b--"],
      want: "The form has a part without a name.",
    },
    {
      name: "a name that does not end",
      lines: ["--b", 'Content-Disposition: form-data; name="a', "", "x", "--b--"],
      want: "The form has a part without a name.",
    },
  ])("with $name", ({ lines, want }) => {
    expect(readLines(...lines)).toEqual(want);
  });

  test.each([
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary="',
    "text/plain; boundary=b",
    `multipart/form-data; boundary=${"b".repeat(71)}`,
  ])("of the type %j has no boundary", (contentType) => {
    const body = utf8.encode(`--b\r\n${disposition}\r\n\r\nx\r\n--b--`);
    expect(readForm(body, contentType)).toEqual({
      fault: "The content type states no boundary that can be one.",
    });
  });

  test("may have its boundary in quotes", () => {
    const body = utf8.encode(`--a b\r\n${disposition}\r\n\r\nx\r\n--a b--`);
    expect(plain(readForm(body, 'multipart/form-data; charset=utf-8; boundary="a b"'))).toEqual([
      { ...part, text: "x" },
    ]);
  });

  test("of whatever bytes is read in the time that they take, or refused", () => {
    const hostile = ["\r", "\r\n--", "\r\n--b", "\r\n--b\r\n", "\n", `${disposition}\r\n`].map((text) =>
      text.repeat(200_000),
    );
    for (const text of hostile) {
      const start = performance.now();
      readForm(utf8.encode(`--b\r\n${text}`), "multipart/form-data; boundary=b");
      expect(performance.now() - start).toBeLessThan(2000);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readLines(text)).toBeDefined();
      }),
    );
  });
});
