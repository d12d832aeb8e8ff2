import { isDeploymentError, shown } from "../errors.js";
import { encodeBase64 } from "../files/base64.js";
import { toDataUrl } from "../files/data-url.js";
import type { FileShape } from "./json-shape.js";
import { writeError } from "./place.js";
import { fileMediaType, toResolvedFile } from "./resolved-file.js";
import type { Writing } from "./write-shape.js";

/** A file as JSON text: base64, a data URL, or an address. `wrong-type` where only a form or a body could hold it. */
export function writeFile(value: unknown, shape: FileShape, at: Writing): string {
  switch (shape.form) {
    case "binary":
      throw writeError("wrong-type", at, "is a file of its own, which JSON cannot hold");
    case "base64":
      return `"${encodeBase64(toResolvedFile(value, at).bytes)}"`;
    case "uri":
      return isAddress(value) ? writeAddress(value, at) : writeDataUrl(value, shape, at);
    case "data-url":
      return writeDataUrl(value, shape, at);
  }
}

/** Whether `value` stands for a file by its address. */
export function isAddress(value: unknown): value is string | URL {
  return typeof value === "string" || Object.prototype.toString.call(value) === "[object URL]";
}

function writeAddress(value: string | URL, at: Writing): string {
  const text = typeof value === "string" ? value : value.href;
  if (at.validate && !/^[a-z][a-z\d+.-]*:/i.test(text)) {
    const what = `is ${shown(text)}, neither a complete address nor a data URL; to send a file, give fromFile(path) of the package's /node entry`;
    throw writeError("wrong-type", at, what);
  }
  return JSON.stringify(text);
}

function writeDataUrl(value: unknown, shape: FileShape, at: Writing): string {
  const file = toResolvedFile(value, at);
  if (typeof value === "string") return JSON.stringify(value);
  try {
    return `"${toDataUrl(fileMediaType(file, shape.mediaType), file.bytes)}"`;
  } catch (error) {
    if (!isDeploymentError(error)) throw error;
    throw writeError(error.code, at, `cannot go as a data URL: ${error.message.replace(/\.$/, "")}`, error);
  }
}
