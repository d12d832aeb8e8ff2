import { base64Payload } from "../files/base64.js";
import { prepareRows } from "../client/prepare-rows.js";
import type { ImageCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { dataUrlHead, parseDataUrl } from "../files/data-url.js";
import { shown } from "../errors.js";
import { alphaOf } from "../files/image-alpha.js";
import { createImage } from "../files/image.js";
import type { Image } from "../files/image.js";
import { fileExtension, isKnownMediaType, mediaTypeOf, toRegisteredMediaType } from "../files/media-type.js";
import { inputError, replyError, shownReply } from "./coder-error.js";
import type { PayloadSlice } from "../json/reply-document.js";
import { parseReply } from "../json/reply-payloads.js";
import { replyText } from "./reply-text.js";
import { prepareFile, toFile } from "./image-input.js";

/**
 * A picture as a base64 data URL, or as a file of a form. Its bytes say what it is: `wrong-media-type` where that is
 * not what the deployment takes or not what a data URL says, `alpha-channel` where the deployment takes none.
 */
export function createImageCoder(
  codec: ImageCodec,
  { feature, validate, strict }: CoderContext,
): Coder<Image> {
  const taken: ReadonlySet<string> = new Set(codec.mediaTypes.map(toRegisteredMediaType));
  const takenNames = [...taken].join(" or ");

  /** The type that the bytes prove; where they prove none, the declared one if bytes cannot prove that. */
  function provenType(bytes: Uint8Array, declared: string): string | undefined {
    return mediaTypeOf(bytes) ?? (declared !== "" && !isKnownMediaType(declared) ? declared : undefined);
  }

  function checked(value: unknown): { bytes: Uint8Array; mediaType: string; fileName: string } {
    const file = toFile(value, feature);
    const declared = toRegisteredMediaType(file.mediaType);
    const mediaType = provenType(file.bytes, declared) ?? "application/octet-stream";
    if (validate && !taken.has(mediaType)) {
      const seen =
        mediaType === "application/octet-stream" ? `${file.bytes.length} bytes of no known kind` : mediaType;
      throw inputError("wrong-media-type", feature, `is ${seen}, but the deployment takes ${takenNames}`);
    }
    if (validate && file.isDataUrl && declared !== mediaType) {
      const what = `has a data URL of ${declared}, but its bytes are ${mediaType}`;
      throw inputError("wrong-media-type", feature, what);
    }
    const alpha = validate && !codec.alpha ? alphaOf(file.bytes) : undefined;
    if (alpha !== undefined) {
      const what = `has an alpha channel (${alpha}), which the deployment does not take`;
      throw inputError("alpha-channel", feature, what);
    }
    return { bytes: file.bytes, mediaType, fileName: file.name ?? `image.${fileExtension(mediaType)}` };
  }

  return {
    prepare: { value: (value) => prepareFile(value, feature), rows: prepareRows },
    parseReply,
    encode(value, body) {
      const { bytes, mediaType } = checked(value);
      body.text(`"${dataUrlHead(mediaType)}`);
      body.payload(base64Payload([bytes]));
      body.text('"');
    },
    field: (value) => ({ kind: "file", ...checked(value) }),
    decode(value, reply) {
      const source = replyText(value, reply);
      if (source === undefined) throw replyError(feature, `is ${shownReply(value, reply)}, not a data URL`);
      const { mediaType, bytes } = readDataUrl(source);
      const declared = toRegisteredMediaType(mediaType);
      const proven = provenType(bytes, declared);
      if (!taken.has(declared)) throw replyError(feature, `is ${shown(declared)}, but ${takenNames} is due`);
      if (proven === undefined || !taken.has(proven) || (strict && proven !== declared)) {
        throw replyError(feature, `says ${declared}, but its bytes are ${proven ?? "of no known kind"}`);
      }
      return createImage(declared, bytes);
    },
  };

  function readDataUrl(source: PayloadSlice | string): {
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  } {
    try {
      return parseDataUrl(source);
    } catch (cause) {
      throw replyError(feature, "is no data URL that can be read", cause);
    }
  }
}
