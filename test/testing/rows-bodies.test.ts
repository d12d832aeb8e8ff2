import { deployment as animals } from "animal-weight";
import { deployment, ndarray } from "digits-and-grids";
import { deployment as oldDeployment } from "digits-and-grids-npy";
import { describe, expect, test } from "vitest";
import { encodeNpy } from "../../src/runtime/src/arrays/npy.js";
import { toDataUrl } from "../../src/runtime/src/files/data-url.js";
import { npyType, refusal, sent, sentRows, wire } from "./rows-sent.js";

const doubles = toDataUrl(npyType, encodeNpy(ndarray([2, 2], new Float64Array(4))));

describe("a mock refuses", () => {
  const animal = { Type: "animal", Sound: "moo", Size: 1 };

  test("a whole batch for one bad row", async () => {
    expect(await sentRows(animals, animal, animal, { ...animal, Size: null })).toEqual(
      refusal('Row 2: "Size" is null, not a number.'),
    );
  });

  test.each([
    { name: "nothing", body: "", says: "The body is empty." },
    { name: "no JSON", body: "{", says: 'The body is "{", not JSON.' },
    { name: "NaN", body: '{"rows":[{"Size":NaN}]}', says: expect.stringContaining("not JSON") },
    {
      name: "what is no UTF-8",
      body: Uint8Array.of(0x22, 0xff, 0x22),
      says: "The body's 3 bytes are not UTF-8.",
    },
    {
      name: "a list",
      body: "[]",
      says: "The body must be an object with a list of rows as its member rows.",
    },
    {
      name: "no rows",
      body: '{"instances":[]}',
      says: "The body must be an object with a list of rows as its member rows.",
    },
    {
      name: "an inherited name",
      body: '{"__proto__":{"rows":[]}}',
      says: "The body must be an object with a list of rows as its member rows.",
    },
    { name: "an empty list", body: '{"rows":[]}', says: "The list of rows is empty." },
    {
      name: "something beside the rows",
      body: '{"rows":[{}],"more":1}',
      says: 'The body has "more" beside its rows.',
    },
    {
      name: "a bare row",
      body: JSON.stringify(animal),
      says: "The body must be an object with a list of rows as its member rows.",
    },
  ])("$name as body", async ({ body, says }) => {
    expect(await sent(animals, { body })).toEqual(refusal(says));
  });

  test.each([
    {
      name: "no type",
      contentType: null,
      says: "The request has no content type, but application/json or multipart/form-data is due.",
    },
    {
      name: "curl's own type",
      contentType: "application/x-www-form-urlencoded",
      says: 'The request has the content type "application/x-www-form-urlencoded", but application/json or multipart/form-data is due.',
    },
  ])("$name of content", async ({ contentType, says }) => {
    const body = JSON.stringify({ rows: [animal] });
    expect(await sent(animals, { contentType, body })).toEqual(refusal(says, 415, "UNSUPPORTED_MEDIA_TYPE"));
  });

  test("a body larger than any batch", async () => {
    const body = new Uint8Array(100 * 2 ** 20 + 1);
    expect(await sent(animals, { body })).toMatchObject({ status: 413, json: { errorCode: "TOO_LARGE" } });
  });

  test.each(["GET", "PUT", "DELETE"])("the method %s", async (method) => {
    const reply = await sent(animals, { method });
    expect(reply).toMatchObject(
      refusal(`The method ${method} is not allowed, only POST is.`, 405, "METHOD_NOT_ALLOWED"),
    );
    expect(reply.headers).toEqual({ allow: "POST" });
  });

  test("arrays in the form that the description has not", async () => {
    const flat = { shape: [5], data: [1, 2, 3, 4, 5] };
    const file = toDataUrl(npyType, encodeNpy(ndarray([5], new Float32Array(5))));
    expect(await sentRows(deployment, { ...wire, vector: file })).toMatchObject({ status: 400 });
    expect(await sentRows(deployment, { ...wire, vector: flat })).not.toHaveProperty("status");
    const old = {
      ...wire,
      "features.npy_0": toDataUrl(npyType, encodeNpy(ndarray([10, 10, 3], new Float32Array(300)))),
    };
    expect(await sentRows(oldDeployment, { ...old, vector: flat })).toMatchObject({ status: 400 });
    expect(await sentRows(oldDeployment, { ...old, vector: file })).not.toHaveProperty("status");
  });

  test("arrays of doubles, and more elements than their shape says", async () => {
    expect(await sentRows(deployment, { ...wire, mask: doubles })).toEqual(
      refusal('Row 0: "mask" is of dtype float64, but float32 is due.'),
    );
    const vector = { shape: [5], data: [1, 2, 3, 4, 5, 6] };
    expect(await sentRows(deployment, { ...wire, vector })).toMatchObject({ status: 400 });
    expect(
      await sentRows(deployment, { ...wire, vector: { shape: [5], data: [1, 2, 3, 4, 5], more: 1 } }),
    ).toMatchObject({ status: 400 });
  });
});
