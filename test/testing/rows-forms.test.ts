import { deployment as animals } from "animal-weight";
import { deployment, ndarray } from "digits-and-grids";
import { createClient as createOldClient, deployment as oldDeployment } from "digits-and-grids-npy";
import { describe, expect, test } from "vitest";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { multipartBody } from "../../src/runtime/src/files/multipart.js";
import type { NamedField } from "../../src/runtime/src/files/multipart-parts.js";
import type { MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import { mockTransport } from "../../src/runtime/src/testing/rows.js";
import { pngFile } from "../runtime/image-files.js";
import { npyType, ours, picture, refusal, sent, wire } from "./rows-sent.js";

describe("a form", () => {
  const fields: readonly NamedField[] = [
    [
      "Image Feature",
      { kind: "file", bytes: picture, mediaType: "application/octet-stream", fileName: "a.png" },
    ],
    ["features.npy_0", { kind: "text", text: JSON.stringify(wire["features.npy_0"]) }],
    ["vector", { kind: "text", text: '{"shape":[5],"data":[1,2,3,4,5]}' }],
    [
      "mask",
      {
        kind: "file",
        bytes: encodeNpy(ndarray([2, 2], new Float32Array(4))),
        mediaType: npyType,
        fileName: "a.npy",
      },
    ],
    ["caption", { kind: "text", text: "é" }],
  ];

  async function sentForm(...changes: readonly NamedField[]): Promise<MemoryReply> {
    const names = new Set(changes.map(([name]) => name));
    const { contentType, toBytes } = multipartBody([
      ...fields.filter(([name]) => !names.has(name)),
      ...changes,
    ]);
    return await sent(deployment, { contentType, body: toBytes() });
  }

  test("is answered by the bare row, as curl sends it and as clients do", async () => {
    const reply = await sentForm();
    const { predict } = createOldClient({
      url: "https://host.test",
      transport: mockTransport(oldDeployment),
      validate: "strict",
    });
    expect(reply).not.toHaveProperty("status");
    const text = new TextDecoder().decode(reply.body instanceof Uint8Array ? reply.body : new Uint8Array());
    expect(Object.keys(Object(JSON.parse(text)))).toEqual(["digit", "heat map", "cleaned", "is blurred"]);
    expect(await predict(ours, { encoding: "multipart" })).toEqual(await predict(ours));
  });

  const text = (name: string, value: string): NamedField => [name, { kind: "text", text: value }];
  test.each([
    { name: "an unknown feature", changes: [text("more", "1")], says: 'There is no feature "more".' },
    {
      name: "a feature twice",
      changes: [text("caption", "a"), text("caption", "b")],
      says: 'The form has "caption" more than once.',
    },
    {
      name: "text for a picture",
      changes: [text("Image Feature", "a.png")],
      says: expect.stringContaining('"Image Feature" is no data URL'),
    },
    { name: "no JSON for an array", changes: [text("vector", "[1")], says: '"vector" is no JSON.' },
    {
      name: "another shape",
      changes: [text("vector", '{"shape":[1],"data":[1]}')],
      says: '"vector" has the shape [1], but [5] is due.',
    },
    {
      name: "a file for text",
      changes: [
        ["caption", { kind: "file", bytes: picture, mediaType: "image/png", fileName: "a.png" }] as const,
      ],
      says: '"caption" is a file, not text.',
    },
    {
      name: "another kind of file",
      changes: [
        ["mask", { kind: "file", bytes: picture, mediaType: "image/png", fileName: "a.png" }] as const,
      ],
      says: expect.stringContaining('"mask"'),
    },
    {
      name: "no array in a file",
      changes: [["mask", { kind: "file", bytes: picture, mediaType: npyType, fileName: "a.npy" }] as const],
      says: expect.stringContaining('"mask" is no .npy file'),
    },
    {
      name: "an alpha channel",
      changes: [
        [
          "Image Feature",
          { kind: "file", bytes: pngFile(6), mediaType: "image/png", fileName: "a.png" },
        ] as const,
      ],
      says: '"Image Feature" has an alpha channel (PNG colour type 6).',
    },
  ])("is refused with $name", async ({ changes, says }) => {
    expect(await sentForm(...changes)).toEqual(refusal(says));
  });

  test("is refused without a feature, without its boundary, and with text for a number", async () => {
    const { contentType, toBytes } = multipartBody(fields.slice(1));
    expect(await sent(deployment, { contentType, body: toBytes() })).toEqual(
      refusal('The feature "Image Feature" is missing.'),
    );
    expect(await sent(deployment, { contentType: "multipart/form-data", body: toBytes() })).toEqual(
      refusal("The content type states no boundary that can be one."),
    );
    const animal = multipartBody([text("Type", "animal"), text("Sound", "moo"), text("Size", "1,5")]);
    expect(await sent(animals, { contentType: animal.contentType, body: animal.toBytes() })).toEqual(
      refusal('"Size" is "1,5", not a number.'),
    );
  });
});
