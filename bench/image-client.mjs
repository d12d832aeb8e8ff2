import { createDeploymentClient } from "@gen-deploy/runtime";
import { number, tensor } from "@gen-deploy/runtime/coders";
import { rows as protocol } from "@gen-deploy/runtime/protocols/rows";
import { createPieceRoom } from "../src/runtime/dist/http/piece-room.js";

/*
 * The client of an imaginary deployment of pictures as `.npy` files, just as a generated package makes it.
 */

/** Elements of one picture. */
export const pixels = 224 * 224 * 3;

/** `batch` pictures of noise. */
export function pictures(batch) {
  const data = new Float32Array(batch * pixels);
  for (let index = 0; index < data.length; index += 1) data[index] = Math.random();
  return { dtype: "float32", shape: [batch, 224, 224, 3], data };
}

const picture = {
  codec: { kind: "tensor", dtype: "float32", shape: [-1, 224, 224, 3], form: "npy" },
  fingerprint: "",
};
const score = { codec: { kind: "number" }, fingerprint: "" };

/** A client that sends pictures and gets a number (`Weight`), or sends that and gets pictures. */
export function createImageClient(sends, options) {
  const [inputs, outputs] = sends
    ? [{ image: picture }, { Weight: score }]
    : [{ Weight: score }, { image: picture }];
  const framing = { protocol: "rows", multipart: false };
  const predict = { method: "POST", path: "", framing, inputs, outputs };
  const description = { url: "openapi.json", inputs: "", outputs: "", rest: {} };
  const deployment = { title: "Pictures", url: null, auth: [], description, operations: { predict } };
  return createDeploymentClient(deployment, { protocol, coders: { number, tensor } }, options);
}

/** A transport that takes in a body as undici would, and answers with `bytes`. */
export function answering(bytes) {
  return async ({ body }) => {
    let length = 0;
    // Large bodies go out in pieces.
    if (body.byteLength < 1024 * 1024) length = body.toBytes().length;
    else for (const chunk of body.chunks(createPieceRoom())) length += chunk.length;
    if (length !== body.byteLength) throw new Error("The body is not as long as it says.");
    return { status: 200, header: () => undefined, bytes: async () => bytes, chunks: () => [bytes] };
  };
}
