import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createClient as createAnimals } from "animal-weight";
import { createClient, ndarray } from "digits-and-grids";
import { createClient as createOldClient } from "digits-and-grids-npy";
import { createClient as createTriage } from "hospital-triage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPython } from "../numpy.js";
import { startNumpyServer } from "../servers/start-numpy-server.js";
import type { NumpyServer, SeenRequest } from "../servers/start-numpy-server.js";

const python = findPython("numpy", "PIL");
const vendorClient = fileURLToPath(new URL("../servers/vendor-client.py", import.meta.url));

/** What the vendor's client gets for `rows`. It runs beside this process: the server is nobody's child but ours. */
async function predictAsVendor(server: NumpyServer, rows: readonly object[]): Promise<unknown> {
  const child = spawn(python ?? "", [vendorClient], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ url: server.url, token: server.token, rows }));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** What the server understood, whoever sent it. */
function understood(seen: readonly SeenRequest[]): unknown {
  return seen.map(({ contentType, rows }) => ({ contentType, rows }));
}

function base64(floats: Float32Array): string {
  return Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength).toString("base64");
}

function floats(count: number, seed: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, index) => Math.sin(seed * 1000 + index) * 10 ** (index % 7),
  );
}

describe.skipIf(python === undefined)(
  "requests mean what the vendor's client means (needs a Python with numpy and PIL)",
  () => {
    describe.each([
      { form: "flat", create: createClient },
      { form: "npy", create: createOldClient },
    ] as const)("several inputs, arrays in the form $form", ({ form, create }) => {
      let server: NumpyServer;
      beforeAll(async () => {
        server = await startNumpyServer(python ?? "", { sample: "digits", form });
      });
      afterAll(async () => server?.close());

      test("300 rows are 128, 128 and 44, one after another, each row the same", async () => {
        const picture = (await server.pictures())[0]?.base64 ?? "";
        const arrays = Array.from({ length: 300 }, (_, row) => ({
          grid: floats(300, row),
          vector: floats(5, row + 0.3),
          mask: floats(4, row + 0.7),
          caption: `row ${row}: "quoted", Ω, 🙂`,
        }));
        const client = create({ url: server.url, token: server.token, concurrency: 1 });
        await server.forget();
        const ours = await client.predictMany(
          arrays.map(({ grid, vector, mask, caption }) => ({
            "Image Feature": Buffer.from(picture, "base64"),
            "features.npy_0": ndarray([10, 10, 3], grid),
            vector,
            mask: [
              [mask[0] ?? 0, mask[1] ?? 0],
              [mask[2] ?? 0, mask[3] ?? 0],
            ],
            caption,
          })),
        );
        const sent = await server.seen();

        await server.forget();
        const theirs = await predictAsVendor(
          server,
          arrays.map(({ grid, vector, mask, caption }) => ({
            "Image Feature": { picture },
            "features.npy_0": { array: base64(grid), shape: [10, 10, 3], form },
            vector: { array: base64(vector), shape: [5], form },
            mask: { array: base64(mask), shape: [2, 2], form: "npy" },
            caption,
          })),
        );
        const due = await server.seen();

        expect(due.map(({ rows }) => rows.length)).toEqual([128, 128, 44]);
        // A picture's file is encoded anew by the vendor's client: its pixels count.
        const pixels = (seen: readonly SeenRequest[]): unknown =>
          seen.map(({ contentType, rows }) => ({
            contentType,
            rows: rows.map((row) => ({ ...row, "Image Feature": { ...row["Image Feature"], file: "" } })),
          }));
        expect(pixels(sent)).toEqual(pixels(due));
        expect(sent.every(({ userAgent }) => userAgent.includes("gen-deploy"))).toBe(true);
        expect(ours.map(({ digit }) => ({ ...digit }))).toEqual(digitsOf(theirs));
      });
    });

    test("numbers and labels", async () => {
      const server = await startNumpyServer(python ?? "", { sample: "animal", form: "flat" });
      try {
        const rows = Array.from(
          { length: 300 },
          (_, row) => ({ Type: "animal", Sound: "moo", Size: row / 7 }) as const,
        );
        const ours = await createAnimals({
          url: server.url,
          token: server.token,
          concurrency: 1,
        }).predictMany(rows);
        const sent = await server.seen();
        await server.forget();
        expect(ours).toEqual(await predictAsVendor(server, rows));
        expect(understood(sent)).toEqual(understood(await server.seen()));
        expect(sent.map((request) => request.rows.length)).toEqual([128, 128, 44]);
      } finally {
        await server.close();
      }
    });

    test("text where the description states no labels, and labels given by hand", async () => {
      const server = await startNumpyServer(python ?? "", { sample: "triage", form: "npy" });
      try {
        const picture = (await server.pictures())[0]?.base64 ?? "";
        const plain = [1, 41, 90.5].map((age) => ({ age, ward: `ward ${age}` }));
        const client = createTriage({ url: server.url, token: server.token });
        const ours = await client.predictMany(
          plain.map((row) => ({ ...row, photo: Buffer.from(picture, "base64") })),
        );
        const [sent] = await server.seen();
        await server.forget();
        expect(ours).toEqual(
          await predictAsVendor(
            server,
            plain.map((row) => ({ ...row, photo: { picture } })),
          ),
        );
        const [due] = await server.seen();
        const fields = (request: SeenRequest | undefined): unknown =>
          request?.rows.map(({ age, ward, photo }) => ({ age, ward, photo: photo?.sha256 }));
        expect(fields(sent)).toEqual(fields(due));
      } finally {
        await server.close();
      }
    });
  },
);

function digitsOf(rows: unknown): unknown {
  return Array.isArray(rows) ? rows.map((row: { readonly digit: unknown }) => row.digit) : rows;
}
