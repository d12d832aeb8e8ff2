import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, isDeploymentError } from "digits-and-grids";
import type { Input } from "digits-and-grids";
import { fromFile } from "digits-and-grids/node";
import { createClient as createOldClient } from "digits-and-grids-npy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPython } from "../numpy.js";
import { startNumpyServer } from "../servers/start-numpy-server.js";
import type { NumpyServer, Picture } from "../servers/start-numpy-server.js";

const python = findPython("numpy", "PIL");
const generations = [
  { form: "flat", create: createClient },
  { form: "npy", create: createOldClient },
] as const;

function rowOf(picture: Input["Image Feature"]): Input {
  return {
    "Image Feature": picture,
    "features.npy_0": new Float32Array(300),
    vector: [1, 2, 3, 4, 5],
    mask: new Float32Array(4),
    caption: "",
  };
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe.skipIf(python === undefined)("Pillow at the other end (needs a Python with numpy and PIL)", () => {
  describe.each(generations)("the generation with arrays in the form $form", ({ form, create }) => {
    let server: NumpyServer;
    let client: ReturnType<typeof create>;
    let pictures: readonly Picture[];
    let opaque: readonly Picture[];
    beforeAll(async () => {
      server = await startNumpyServer(python ?? "", { sample: "digits", form });
      client = create({ url: server.url, token: server.token });
      pictures = await server.pictures();
      opaque = pictures.filter(({ mode }) => mode !== "RGBA");
    });
    afterAll(async () => server?.close());

    test("every kind of png and jpeg arrives as the file that it was", async () => {
      expect(opaque.map(({ mode }) => mode)).toEqual(["RGB", "L", "P", "1", "RGB", "L"]);
      await server.forget();
      await client.predictMany(opaque.map(({ base64 }) => rowOf(Buffer.from(base64, "base64"))));
      const [request] = await server.seen();
      expect(request?.rows.map((row) => row["Image Feature"])).toEqual(
        opaque.map(({ name, base64, mode, size, sha256 }) => ({
          kind: "image",
          mediaType: name.startsWith("png") ? "image/png" : "image/jpeg",
          mode,
          size,
          sha256,
          file: digest(Buffer.from(base64, "base64")),
        })),
      );
    });

    test("what Pillow writes is read, and read again by Pillow when it is sent back", async () => {
      const replies = await client.predictMany(
        opaque.map(({ base64 }) => rowOf(Buffer.from(base64, "base64"))),
      );
      expect(replies.map(({ cleaned }) => cleaned.mediaType)).toEqual(opaque.map(() => "image/png"));
      await server.forget();
      await client.predictMany(replies.map(({ cleaned }) => rowOf(cleaned)));
      const [request] = await server.seen();
      expect(request?.rows.map((row) => row["Image Feature"])).toMatchObject(
        opaque.map(({ size, sha256 }) => ({ mode: "RGB", size, sha256 })),
      );
    });

    test("bytes, a Blob, a data URL and a file are one picture", async () => {
      const folder = await mkdtemp(join(tmpdir(), "gen-deploy-picture-"));
      try {
        const jpeg = opaque.find(({ name }) => name === "jpeg, RGB")?.base64 ?? "";
        const bytes = new Uint8Array(Buffer.from(jpeg, "base64"));
        await writeFile(join(folder, "photo.jpg"), bytes);
        await server.forget();
        await client.predictMany([
          rowOf(bytes),
          rowOf(bytes.buffer),
          rowOf(new Blob([bytes])),
          rowOf(`data:image/jpeg;base64,${jpeg}`),
          rowOf(fromFile(join(folder, "photo.jpg"))),
        ]);
        const [request] = await server.seen();
        expect(request?.rows.map((row) => row["Image Feature"]?.file)).toEqual(
          new Array(5).fill(digest(bytes)),
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test("a picture with an alpha channel is refused before it is sent", async () => {
      const alpha = pictures.find(({ mode }) => mode === "RGBA")?.base64 ?? "";
      await server.forget();
      const error: unknown = await client
        .predict(rowOf(Buffer.from(alpha, "base64")))
        .catch((reason: unknown) => reason);
      expect(isDeploymentError(error, "alpha-channel")).toBe(true);
      expect(error).toMatchObject({ feature: "Image Feature", row: 0 });
      expect(await server.seen()).toEqual([]);
    });

    test("a form carries the same values as JSON", async () => {
      const row = rowOf(Buffer.from(opaque[0]?.base64 ?? "", "base64"));
      await server.forget();
      const asJson = await client.predict(row);
      const asForm = await client.predict(row, { encoding: "multipart" });
      const [json, form] = await server.seen();
      expect(asForm).toEqual(asJson);
      expect([json?.contentType, form?.contentType]).toEqual(["application/json", "multipart/form-data"]);
      expect(form?.rows).toMatchObject(json?.rows ?? []);
      expect(form?.rows[0]?.["Image Feature"]?.fileName).toMatch(/\.png$/);
    });
  });
});
