import type { Body } from "../json/body.js";
import type { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import type { FormParts } from "./multipart-parts.js";

/** What makes bodies, for code that imports nothing that a client holds already. */
export interface BodyRules {
  readonly bytesPayload: typeof bytesPayload;
  readonly createBodyWriter: typeof createBodyWriter;
}

/** The form as a body; its files are neither copied nor changed. */
export function formBody(
  { contentType, parts }: FormParts,
  { bytesPayload, createBodyWriter }: BodyRules,
): Body {
  const writer = createBodyWriter();
  for (const part of parts) {
    if (typeof part === "string") writer.text(part);
    else writer.payload(bytesPayload([part]));
  }
  return writer.finish(contentType);
}
