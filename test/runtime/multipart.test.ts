import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multipartBody } from "../../src/runtime/src/files/multipart.js";
import type { NamedField } from "../../src/runtime/src/files/multipart-parts.js";

const text = (value: string): { readonly kind: "text"; readonly text: string } => ({
  kind: "text",
  text: value,
});
const file = (bytes: Uint8Array, mediaType = "image/png", fileName = "a.png") =>
  ({ kind: "file", bytes, mediaType, fileName }) as const;

test("a body as RFC 7578 has it", () => {
  const body = multipartBody(
    [
      ["Type", text("animal")],
      ["Image Feature", file(Uint8Array.of(0x89, 0x50))],
    ],
    () => "BOUNDARY",
  );
  expect(body.contentType).toBe("multipart/form-data; boundary=BOUNDARY");
  expect(Buffer.from(body.toBytes()).toString("latin1")).toBe(
    [
      "--BOUNDARY",
      'Content-Disposition: form-data; name="Type"',
      "",
      "animal",
      "--BOUNDARY",
      'Content-Disposition: form-data; name="Image Feature"; filename="a.png"',
      "Content-Type: image/png",
      "",
      "\x89P",
      "--BOUNDARY--",
      "",
    ].join("\r\n"),
  );
});

describe("what the platform's own parser reads", () => {
  async function parsed(
    fields: readonly NamedField[],
  ): Promise<[string, string | [string, string, Uint8Array]][]> {
    const body = multipartBody(fields);
    const chunks = Buffer.concat([...body.chunks()]);
    expect(chunks.byteLength).toBe(body.byteLength);
    expect(Buffer.compare(chunks, Buffer.concat([...body.chunks()]))).toBe(0);
    const form = await new Response(chunks, { headers: { "content-type": body.contentType } }).formData();
    return Promise.all(
      [...form].map(async ([name, value]): Promise<[string, string | [string, string, Uint8Array]]> => {
        if (typeof value === "string") return [name, value];
        return [name, [value.name, value.type, new Uint8Array(await value.arrayBuffer())]];
      }),
    );
  }

  const table: readonly {
    name: string;
    given: readonly NamedField[];
    want: readonly (readonly unknown[])[];
  }[] = [
    { name: "text with line ends", given: [["a", text("x\r\ny\nz--")]], want: [["a", "x\r\ny\nz--"]] },
    { name: "names beyond ASCII", given: [["kön€ 😀", text("ü")]], want: [["kön€ 😀", "ü"]] },
    { name: "quotes in a name", given: [['a"; filename="b', text("x")]], want: [['a"; filename="b', "x"]] },
    { name: "an inherited name", given: [["__proto__", text("x")]], want: [["__proto__", "x"]] },
    {
      name: "a file's name and type",
      given: [["f", file(Uint8Array.of(0, 13, 10, 255), "image/jpeg", 'q".jpg')]],
      want: [["f", ['q".jpg', "image/jpeg", Uint8Array.of(0, 13, 10, 255)]]],
    },
    {
      name: "a media type that would end the header",
      given: [["f", file(Uint8Array.of(1), "image/png\r\nX-Evil: 1")]],
      want: [["f", ["a.png", "application/octet-stream", Uint8Array.of(1)]]],
    },
  ];
  test.each(table)("$name", async ({ given, want }) => {
    expect(await parsed(given)).toEqual(want);
  });

  test("line ends in names are escaped and add no header", () => {
    const body = multipartBody([["a\r\nX-Evil: 1\nb", text("x")]], () => "B");
    expect(Buffer.from(body.toBytes()).toString()).toContain('name="a%0D%0AX-Evil: 1%0Ab"\r\n\r\nx\r\n--B--');
  });

  test("any bytes and any text", async () => {
    const field = fc.oneof(
      fc.string({ unit: "grapheme" }).map((value) => text(value)),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => file(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 5 }), async (fields) => {
        const given = fields.map((value, index): NamedField => [`f${index}`, value]);
        const want = given.map(([name, value]) => [
          name,
          value.kind === "text" ? value.text : [value.fileName, value.mediaType, value.bytes],
        ]);
        expect(await parsed(given)).toEqual(want);
      }),
      { numRuns: 60 },
    );
  });
});

test("a boundary that stands in a field is not taken", () => {
  for (const field of [
    text("..ONE.."),
    file(new TextEncoder().encode("OONE")),
    file(new Uint8Array(1), "a/b", "ONE"),
  ]) {
    const boundaries = ["ONE", "TWO"][Symbol.iterator]();
    const body = multipartBody([["a", field]], () => boundaries.next().value ?? "NONE");
    expect(body.contentType).toBe("multipart/form-data; boundary=TWO");
  }
});
