import type { Body } from "../json/body.js";
import { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import type { FormParts } from "./multipart-parts.js";

/** The form as a body; its files are neither copied nor changed. */
export function formBody({ contentType, parts }: FormParts): Body {
  const writer = createBodyWriter();
  for (const part of parts) {
    if (typeof part === "string") writer.text(part);
    else writer.payload(bytesPayload([part]));
  }
  return writer.finish(contentType);
}
