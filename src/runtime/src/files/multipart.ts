import { bytesPayload, createBodyWriter } from "../json/body-writer.js";
import type { Body } from "../json/body.js";
import type { FormField } from "../coder.js";

/** A field with the name under which it goes. */
export type NamedField = readonly [name: string, field: FormField];

/**
 * The fields as a `multipart/form-data` body (RFC 7578) in their order. Names are escaped as browsers do it (HTML
 * §4.10.21.8), values are left as they are, and files are neither copied nor changed.
 *
 * @param boundaries - gives boundaries until one stands in no field; random ones by default.
 */
export function multipartBody(
  fields: readonly NamedField[],
  boundaries: () => string = randomBoundary,
): Body {
  let boundary = boundaries();
  while (fields.some((field) => holds(field, boundary))) boundary = boundaries();
  const writer = createBodyWriter();
  for (const [name, field] of fields) {
    writer.text(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`);
    if (field.kind === "text") {
      const type = field.mediaType === undefined ? "" : `\r\nContent-Type: ${safeMediaType(field.mediaType)}`;
      writer.text(`${type}\r\n\r\n${field.text}`);
    } else {
      writer.text(
        `; filename="${escaped(field.fileName)}"\r\nContent-Type: ${safeMediaType(field.mediaType)}\r\n\r\n`,
      );
      writer.payload(bytesPayload([field.bytes]));
    }
    writer.text("\r\n");
  }
  writer.text(`--${boundary}--\r\n`);
  return writer.finish(`multipart/form-data; boundary=${boundary}`);
}

function randomBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `gen-deploy-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function escaped(name: string): string {
  return name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}

/** A media type may come from a data URL: whatever could end the header is not let through. */
function safeMediaType(mediaType: string): string {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(mediaType) ? mediaType : "application/octet-stream";
}

function holds([name, field]: NamedField, boundary: string): boolean {
  if (name.includes(boundary)) return true;
  return field.kind === "text"
    ? field.text.includes(boundary)
    : field.fileName.includes(boundary) || includesAscii(field.bytes, boundary);
}

function includesAscii(bytes: Uint8Array, text: string): boolean {
  const sought = new TextEncoder().encode(text);
  const [first = 0] = sought;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
