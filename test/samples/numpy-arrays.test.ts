import { createClient, ndarray } from "digits-and-grids";
import type { Input } from "digits-and-grids";
import { createClient as createOldClient } from "digits-and-grids-npy";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPython } from "../numpy.js";
import { startNumpyServer } from "../servers/start-numpy-server.js";
import type { NumpyServer, SeenValue } from "../servers/start-numpy-server.js";
import { floatBits, fromBits, isFiniteBits, sha256, specialBits, toBits } from "./float-bits.js";

const python = findPython("numpy", "PIL");
const pixel =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNk+M/OwMDAxMDAwMDAAAAMawEKD+eFJwAAAABJRU5ErkJggg==";

// Both generations take and give the same rows; only the wire differs.
const generations = [
  { form: "flat", create: createClient, finite: true },
  { form: "npy", create: createOldClient, finite: false },
] as const;

function seenArray(kind: SeenValue["kind"], shape: readonly number[], floats: Float32Array): SeenValue {
  return { kind, dtype: "<f4", shape, sha256: sha256(floats) };
}

function rowOf(grid: Float32Array, vector: Float32Array, mask: Float32Array): Input {
  return {
    "Image Feature": pixel,
    "features.npy_0": ndarray([10, 10, 3], grid),
    vector: ndarray([5], vector),
    mask: ndarray([2, 2], mask),
    caption: "",
  };
}

describe.skipIf(python === undefined)("NumPy at the other end (needs a Python with numpy and PIL)", () => {
  describe.each(generations)("arrays in the form $form", ({ form, create, finite }) => {
    let server: NumpyServer;
    let client: ReturnType<typeof create>;
    beforeAll(async () => {
      server = await startNumpyServer(python ?? "", { sample: "digits", form });
      client = create({ url: server.url, token: server.token });
    });
    afterAll(async () => server?.close());

    test("float32 arrives and comes back bit for bit", async () => {
      const bits = (length: number): fc.Arbitrary<number[]> => floatBits(length, { finite });
      const property = fc.asyncProperty(bits(300), bits(5), bits(4), async (grid, vector, mask) => {
        const given = { grid: fromBits(grid), vector: fromBits(vector), mask: fromBits(mask) };
        await server.forget();
        const { "heat map": heat } = await client.predict(rowOf(given.grid, given.vector, given.mask));
        const [request] = await server.seen();
        expect(request?.rows).toMatchObject([
          {
            "features.npy_0": seenArray(form, [10, 10, 3], given.grid),
            vector: seenArray(form, [5], given.vector),
            mask: seenArray("npy", [2, 2], given.mask),
          },
        ]);
        expect(heat).toMatchObject({ dtype: "float32", shape: [2, 3] });
        expect(toBits(heat.data)).toEqual([...vector.slice(0, 3), ...mask.slice(0, 3)]);
      });
      await fc.assert(property, { numRuns: 25 });
    });

    test("every special number that the form carries is itself at both ends", async () => {
      const carried = specialBits.filter((bits) => !finite || isFiniteBits(bits));
      const rows = carried.map((bits) => {
        const one = new Array<number>(300).fill(bits);
        return rowOf(fromBits(one), fromBits(one.slice(0, 5)), fromBits(one.slice(0, 4)));
      });
      const replies = await client.predictMany(rows);
      expect(replies.map((reply) => toBits(reply["heat map"].data))).toEqual(
        carried.map((bits) => new Array<number>(6).fill(bits)),
      );
    });

    test("a stream brings every row's own bits, in order", async () => {
      const starts = Array.from({ length: 50 }, (_, row) => 0x3f800001 + row * 8);
      const source = async function* (): AsyncGenerator<Input> {
        for (const start of starts) {
          const bits = Array.from({ length: 9 }, (_, index) => start + index);
          yield rowOf(new Float32Array(300), fromBits(bits.slice(0, 5)), fromBits(bits.slice(5)));
        }
      };
      const got: number[][] = [];
      for await (const reply of client.predictStream(source(), { batchSize: 3, concurrency: 4 })) {
        got.push(toBits(reply["heat map"].data));
      }
      expect(got).toEqual(starts.map((start) => [0, 1, 2, 5, 6, 7].map((offset) => start + offset)));
    });

    test("lists, bare arrays and views into longer buffers arrive alike, and stay as they were", async () => {
      const vector = fromBits([0x3f800000, 0x40000000, 0x40400000, 0x40800000, 0x3dcccccd]);
      const shifted = new Float32Array(9).subarray(2, 7);
      shifted.set(vector);
      const base = rowOf(new Float32Array(300), vector, new Float32Array(4));
      await server.forget();
      await client.predictMany([
        { ...base, vector },
        { ...base, vector: shifted },
        { ...base, vector: [...vector] },
        { ...base, vector: ndarray([5], [1, 2, 3, 4, 0.1]) },
      ]);
      const [request] = await server.seen();
      expect(request?.rows.map((row) => row["vector"])).toEqual(
        new Array(4).fill(seenArray(form, [5], vector)),
      );
      expect(toBits(shifted)).toEqual(toBits(vector));
    });
  });

  describe("files as NumPy writes them", () => {
    let server: NumpyServer;
    beforeAll(async () => {
      server = await startNumpyServer(python ?? "", { sample: "digits", form: "npy" });
    });
    afterAll(async () => server?.close());

    test.each([
      { name: "as it does by itself", way: "" },
      { name: "in Fortran order", way: "fortran" },
      { name: "big-endian", way: "big-endian" },
      { name: "in doubles, which servers forget to turn back", way: "double" },
      { name: "in format 2.0", way: "version 2.0" },
      { name: "in format 3.0", way: "version 3.0" },
    ])("$name", async ({ way }) => {
      const vector = fromBits([0x3dcccccd, 0x80000000, 0x00000001, 0, 0]);
      const mask = fromBits([0x7f7fffff, 0xc2280000, 0x3f800000, 0]);
      const client = createOldClient({ url: server.url, token: server.token });
      const row = { ...rowOf(new Float32Array(300), vector, mask), caption: way };
      const { "heat map": heat } = await client.predict(row);
      expect(heat.shape).toEqual([2, 3]);
      expect(toBits(heat.data)).toEqual([
        0x3dcccccd, 0x80000000, 0x00000001, 0x7f7fffff, 0xc2280000, 0x3f800000,
      ]);
      expect(heat.toNested()).toEqual([[...vector.slice(0, 3)], [...mask.slice(0, 3)]]);
    });
  });
});
