import { isDeploymentError, shown } from "../errors.js";
import { decodeBase64 } from "../files/base64.js";
import { parseDataUrl } from "../files/data-url.js";
import { createImage } from "../files/image.js";
import type { Image } from "../files/image.js";
import type { FileShape } from "./json-shape.js";
import { shapeError } from "./place.js";
import type { ShapeReading } from "./read-shape.js";
import type { RemoteFile } from "./value-types.js";

/** A file of a reply: base64 as its bytes, a data URL as an image, an address as a handle that fetches nothing yet. */
export function readFile(
  value: unknown,
  { form }: FileShape,
  at: ShapeReading,
): Uint8Array | Image | RemoteFile {
  if (typeof value !== "string") throw shapeError(`is ${shown(value)}, expected a file`, at);
  try {
    switch (form) {
      case "uri":
        return at.openFile(value);
      case "base64":
        return decodeBase64(value);
      case "data-url": {
        const { mediaType, bytes } = parseDataUrl(value);
        return createImage(mediaType, bytes);
      }
      case "binary":
        throw shapeError("is text, expected a file of its own", at);
    }
  } catch (error) {
    if (!isDeploymentError(error) || error.code === "bad-reply") throw error;
    throw shapeError(`is no file that can be read: ${error.message.replace(/\.$/, "")}`, at, error);
  }
}
