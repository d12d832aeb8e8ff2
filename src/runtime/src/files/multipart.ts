import type { Body } from "../json/body.js";
import { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import { formBody } from "./form-body.js";
import { multipartParts } from "./multipart-parts.js";
import type { NamedField } from "./multipart-parts.js";

/** The fields as the body that `multipartParts` describes. */
export function multipartBody(fields: readonly NamedField[], boundaries?: () => string): Body {
  return formBody(multipartParts(fields, boundaries), { bytesPayload, createBodyWriter });
}
