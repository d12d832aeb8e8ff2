import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { slowNpy } from "../runtime/npy-reference.js";
import { startPeltarionServer } from "../servers/peltarion-server.mjs";
import { inkInTheMiddle } from "./digit-picture.js";
import type { Predicted } from "./program/predict-all.js";

/** Two deployments on loopback, one of numbers and labels and one of pictures and `.npy` arrays. */
export interface Deployments {
  readonly animal: string;
  readonly digits: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The descriptions of both, below test/dialects/peltarion. */
export const descriptions = fileURLToPath(new URL("../dialects/peltarion", import.meta.url));

/** What the program of `program/predict-all.ts` prints wherever it runs. */
export const predicted: Omit<Predicted, "cleaned"> = {
  weight: 0.5,
  many: [1, 2, 3],
  streamed: [1, 2, 3],
  digit: "one",
  heat: [0.25, 0.5, 0.75, 1, 1, 2],
  heatShape: [2, 3],
  codes: ["wrong-type", "unauthorized"],
};

/** Starts both; pages of `allowedOrigin` may call them from a browser. */
export async function startDeployments(allowedOrigin?: string): Promise<Deployments> {
  const token = "platform-token";
  const allowed = allowedOrigin === undefined ? {} : { allowedOrigin };
  const animal = await startPeltarionServer({
    ...allowed,
    token,
    description: await descriptionOf("animal-table"),
    model: ({ Size }) => ({ Weight: Size }),
  });
  const digits = await startPeltarionServer({
    ...allowed,
    token,
    description: await descriptionOf("image-and-arrays-npy"),
    model: readDigit,
  });
  const close = async (): Promise<void> => void (await Promise.all([animal.close(), digits.close()]));
  return { animal: animal.url, digits: digits.url, token, close };
}

/** Reads the picture, hands it back, and answers the mask and the caption's length as an array. */
function readDigit(row: Record<string, unknown>): Record<string, unknown> {
  const ink = inkInTheMiddle(bytesOf(row["Image Feature"]));
  const mask = slowNpy(bytesOf(row["mask"])).bits.map(([bits = 0n]) => float32Of(bits));
  return {
    digit: { zero: 0.9 - 0.8 * ink, one: 0.1 + 0.8 * ink, "other digit": 0 },
    "heat map": npyUrl([2, 3], [...mask, 1, 2]),
    cleaned: row["Image Feature"],
    "is blurred": 0,
  };
}

async function descriptionOf(name: string): Promise<unknown> {
  return JSON.parse(await readFile(`${descriptions}/${name}/spec.json`, "utf8"));
}

function bytesOf(url: unknown): Uint8Array {
  if (typeof url !== "string") throw new Error(`A data URL is due, not ${typeof url}.`);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

function float32Of(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(bits));
  return view.getFloat32(0);
}

/** An array as the platform answers it: NumPy format 1.0, little-endian, in C order. */
function npyUrl(shape: readonly number[], values: readonly number[]): string {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const header = `${text.padEnd(117, " ")}\n`;
  const file = Buffer.concat([
    Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0]),
    Buffer.from(header, "latin1"),
    new Uint8Array(Float32Array.from(values).buffer),
  ]);
  return `data:application/x.peltarion.npy;base64,${file.toString("base64")}`;
}
