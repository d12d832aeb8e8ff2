import type { TensorCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { createBodyWriter } from "../json/body-writer.js";
import { parseReply } from "../json/reply-payloads.js";
import type { NdArray } from "../arrays/nd-array.js";
import { toTensor } from "../arrays/nd-array.js";
import { fitsShape, isShape, shownShape } from "../arrays/nd-shape.js";
import { npyPayloadParts } from "../arrays/npy.js";
import { isRecord, ownMember } from "../own-member.js";
import { replyError, shownReply } from "./coder-error.js";
import { encodeFlat, readFlat } from "./tensor-flat.js";
import { encodeNpyUrl, npyMediaType, readNpyUrl } from "./tensor-npy.js";

/**
 * An array as `{"shape": […], "data": […]}` or as a data URL of a `.npy` file, as the codec says; in a form the file
 * goes as a file. Replies may have either form unless they are held to the description; the shape must be the
 * feature's, -1 standing for any length.
 */
export function createTensorCoder(codec: TensorCodec, context: CoderContext): Coder<NdArray> {
  const { dtype, form } = codec;
  const { feature, strict } = context;

  function tensorOf(value: unknown): NdArray {
    const shape = context.validate ? codec.shape : (statedShape(value) ?? codec.shape);
    return toTensor(value, { dtype, shape, feature });
  }

  return {
    parseReply,
    encode(value, body) {
      const tensor = tensorOf(value);
      if (form === "npy") encodeNpyUrl(tensor, body);
      else encodeFlat(tensor, { body, feature });
    },
    field(value) {
      const tensor = tensorOf(value);
      if (form === "npy") {
        const [header, data] = npyPayloadParts(tensor);
        const bytes = new Uint8Array(header.length + data.length);
        bytes.set(header);
        bytes.set(data, header.length);
        return { kind: "file", bytes, mediaType: npyMediaType, fileName: "array.npy" };
      }
      const body = createBodyWriter();
      encodeFlat(tensor, { body, feature });
      return { kind: "text", text: new TextDecoder().decode(body.finish("application/json").toBytes()) };
    },
    decode(value, reply) {
      const seen = isRecord(value) ? "flat" : "npy";
      if (strict && seen !== form) {
        const due = form === "flat" ? "an object of shape and data" : "a data URL of a .npy file";
        throw replyError(feature, `is ${shownReply(value, reply)}, not ${due}`);
      }
      const expected = { dtype, feature, strict, reply };
      const array = isRecord(value) ? readFlat(value, expected) : readNpyUrl(value, expected);
      if (fitsShape(array.shape, codec.shape)) return array;
      throw replyError(
        feature,
        `has the shape ${shownShape(array.shape)}, but ${shownShape(codec.shape)} is due`,
      );
    },
  };
}

/** The shape that the value itself states: what holds where the caller has switched checks off. */
function statedShape(value: unknown): readonly number[] | undefined {
  const shape = isRecord(value) ? ownMember(value, "shape") : undefined;
  return isShape(shape) ? shape : undefined;
}
