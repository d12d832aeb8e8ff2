import { createClient as createAnimals, deployment as animals } from "animal-weight";
import { createClient, deployment, ndarray } from "digits-and-grids";
import { describe, expect, test } from "vitest";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { createDeploymentClient } from "../../src/runtime/src/client/client.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import { toDataUrl } from "../../src/runtime/src/files/data-url.js";
import { rows as protocol } from "../../src/runtime/src/protocols/rows.js";
import { mockTransport } from "../../src/runtime/src/testing/rows.js";
import { pngFile } from "../runtime/image-files.js";
import { rejectionOf } from "./rejection-of.js";
import { npyType, ours, picture, refusal, sent, sentRows, wire } from "./rows-sent.js";

const hostUrl = "https://host.test";

interface Share {
  readonly share: number;
  readonly note?: string;
}

const tall = ndarray([4, 1], new Float32Array(4));
const gif = Uint8Array.from("GIF89a", (letter) => letter.charCodeAt(0));

/** The code with which a client of the mock refuses a row. */
async function codeOf(predict: (row: never) => Promise<unknown>, row: unknown): Promise<unknown> {
  const error = await rejectionOf(Promise.resolve(Reflect.apply(predict, undefined, [row])));
  return error instanceof Error && "code" in error ? error.code : error;
}

describe("a row that the description does not allow is refused by the client, and by the mock when it comes all the same", () => {
  const transport = mockTransport(deployment);
  const { predict } = createClient({ url: "https://host.test", transport });

  test.each([
    {
      name: "no object",
      own: 7,
      raw: 7,
      code: "bad-row",
      says: "Row 0: it is no object with features as members.",
    },
    {
      name: "a list",
      own: [],
      raw: [],
      code: "bad-row",
      says: "Row 0: it is no object with features as members.",
    },
    {
      name: "null",
      own: null,
      raw: null,
      code: "bad-row",
      says: "Row 0: it is no object with features as members.",
    },
    {
      name: "a feature missing",
      own: { ...ours, caption: undefined },
      raw: { ...wire, caption: undefined },
      code: "missing-feature",
      says: 'Row 0: the feature "caption" is missing.',
    },
    {
      name: "a feature too many",
      own: { ...ours, more: 1 },
      raw: { ...wire, more: 1 },
      code: "unknown-feature",
      says: 'Row 0: there is no feature "more".',
    },
    {
      name: "a number for text",
      own: { ...ours, caption: 7 },
      raw: { ...wire, caption: 7 },
      code: "wrong-type",
      says: 'Row 0: "caption" is 7, not a string.',
    },
    {
      name: "null for text",
      own: { ...ours, caption: null },
      raw: { ...wire, caption: null },
      code: "wrong-type",
      says: 'Row 0: "caption" is null, not a string.',
    },
    {
      name: "half a character",
      own: { ...ours, caption: "\ud800" },
      raw: { ...wire, caption: "\ud800" },
      code: "wrong-type",
      says: 'Row 0: "caption" has half of a surrogate pair.',
    },
    {
      name: "another shape",
      own: { ...ours, vector: [1, 2, 3] },
      raw: { ...wire, vector: { shape: [3], data: [1, 2, 3] } },
      code: "wrong-shape",
      says: 'Row 0: "vector" has the shape [3], but [5] is due.',
    },
    {
      name: "another rank",
      own: { ...ours, mask: tall },
      raw: { ...wire, mask: toDataUrl(npyType, encodeNpy(tall)) },
      code: "wrong-shape",
      says: 'Row 0: "mask" has the shape [4, 1], but [2, 2] is due.',
    },
    {
      name: "text in an array",
      own: { ...ours, vector: ["a", 2, 3, 4, 5] },
      raw: { ...wire, vector: { shape: [5], data: ["a", 2, 3, 4, 5] } },
      code: "wrong-type",
      says: expect.stringContaining('"vector"'),
    },
    {
      name: "text for an array",
      own: { ...ours, vector: "12345" },
      raw: { ...wire, vector: "12345" },
      code: expect.stringMatching(/^wrong-/),
      says: expect.stringContaining('"vector"'),
    },
    {
      name: "text for a picture",
      own: { ...ours, "Image Feature": "picture.png" },
      raw: { ...wire, "Image Feature": "picture.png" },
      code: "wrong-type",
      says: expect.stringContaining('"Image Feature"'),
    },
    {
      name: "another kind of picture",
      own: { ...ours, "Image Feature": gif },
      raw: { ...wire, "Image Feature": toDataUrl("image/gif", gif) },
      code: "wrong-media-type",
      says: expect.stringContaining('"Image Feature" is "image/gif"'),
    },
    {
      name: "another kind than it says",
      own: { ...ours, "Image Feature": toDataUrl("image/jpeg", picture) },
      raw: { ...wire, "Image Feature": toDataUrl("image/jpeg", picture) },
      code: "wrong-media-type",
      says: expect.stringContaining('"Image Feature" says image/jpeg'),
    },
    {
      name: "an alpha channel",
      own: { ...ours, "Image Feature": pngFile(6) },
      raw: { ...wire, "Image Feature": toDataUrl("image/png", pngFile(6)) },
      code: "alpha-channel",
      says: 'Row 0: "Image Feature" has an alpha channel (PNG colour type 6).',
    },
    {
      name: "broken base64",
      own: { ...ours, "Image Feature": "data:image/png;base64,AA=" },
      raw: { ...wire, "Image Feature": "data:image/png;base64,AA=" },
      code: "bad-base64",
      says: expect.stringContaining('"Image Feature" is no data URL'),
    },
  ])("$name", async ({ own, raw, code, says }) => {
    expect(await codeOf(predict, own)).toEqual(code);
    expect(transport.calls).toEqual([]);
    expect(await sentRows(deployment, raw)).toMatchObject({
      status: 400,
      json: { errorCode: "BAD_INPUT", errorMessage: says },
    });
  });

  test.each([
    {
      name: "an unknown label",
      given: { Type: "stone", Sound: "moo", Size: 1 },
      code: "unknown-label",
      says: 'Row 0: "Type" is "stone", not one of its 3 labels.',
    },
    {
      name: "a label that is no text",
      given: { Type: 1, Sound: "moo", Size: 1 },
      code: "wrong-type",
      says: 'Row 0: "Type" is 1, not one of its 3 labels.',
    },
    {
      name: "text for a number",
      given: { Type: "animal", Sound: "moo", Size: "1" },
      code: "wrong-type",
      says: 'Row 0: "Size" is "1", not a number.',
    },
    {
      name: "a truth for a number",
      given: { Type: "animal", Sound: "moo", Size: true },
      code: "wrong-type",
      says: 'Row 0: "Size" is true, not a number.',
    },
  ])("$name", async ({ given, code, says }) => {
    const client = createAnimals({ url: "https://host.test", transport: mockTransport(animals) });
    expect(await codeOf(client.predict, given)).toBe(code);
    expect(await sentRows(animals, given)).toEqual(refusal(says));
  });

  test("a number that JSON cannot hold", async () => {
    const client = createAnimals({ url: "https://host.test", transport: mockTransport(animals) });
    expect(await codeOf(client.predict, { Type: "animal", Sound: "moo", Size: Infinity })).toBe("wrong-type");
    const body = '{"rows":[{"Type":"animal","Sound":"moo","Size":1e999}]}';
    expect(await sent(animals, { body })).toEqual(refusal('Row 0: "Size" is Infinity, not a number.'));
  });

  test("a number out of its range; a feature that may be missing is not null", async () => {
    const framing = { protocol: "rows", multipart: false } as const;
    const inputs = {
      share: { codec: { kind: "number", min: 0, max: 1 } },
      note: { codec: { kind: "text" }, optional: true },
    } as const;
    const predict = { method: "POST", path: "", framing, inputs, outputs: inputs } as const;
    const shares = { title: "", url: null, auth: [], description: null, operations: { predict } };
    const transport = mockTransport(shares, {});
    const client = createDeploymentClient<Share, Share>(
      shares,
      { protocol, coders },
      { url: hostUrl, transport },
    );
    expect(await codeOf(client.predict, { share: 1.5 })).toBe("out-of-range");
    expect(await codeOf(client.predict, { share: 1, note: null })).toBe("wrong-type");
    expect(transport.calls).toEqual([]);
    const says = 'Row 0: "share" is 1.5, which is outside of 0 to 1.';
    expect(await sentRows(shares, { share: 1.5 })).toEqual(refusal(says));
    expect(await sentRows(shares, { share: 1, note: null })).toEqual(
      refusal('Row 0: "note" is null, not a string.'),
    );
    expect(await client.predict({ share: 1 })).toEqual({
      share: expect.any(Number),
      note: expect.any(String),
    });
    expect(
      await sent(shares, { contentType: "multipart/form-data; boundary=x", body: "--x--" }),
    ).toMatchObject({ status: 415 });
  });
});
