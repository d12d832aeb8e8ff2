/*
 * Imports nothing that a client holds already: clients of rows load it with their first form.
 */
import type { FormField } from "../coder.js";

/** A form as it will stand in a body: text, and files between. */
export interface FormParts {
  readonly contentType: string;
  readonly parts: readonly (string | Uint8Array)[];
}

/** A field with the name under which it goes. */
export type NamedField = readonly [name: string, field: FormField];

/**
 * The fields as `multipart/form-data` (RFC 7578) in their order. Names are escaped as browsers do it (HTML
 * §4.10.21.8), values are left as they are, and files are neither copied nor changed.
 *
 * @param boundaries - gives boundaries until one stands in no field; random ones by default.
 */
export function multipartParts(
  fields: readonly NamedField[],
  boundaries: () => string = randomBoundary,
): FormParts {
  let boundary = boundaries();
  while (fields.some((field) => holds(field, boundary))) boundary = boundaries();
  const parts: (string | Uint8Array)[] = [];
  for (const [name, field] of fields) {
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`);
    if (field.kind === "text") {
      const type = field.mediaType === undefined ? "" : `\r\nContent-Type: ${safeMediaType(field.mediaType)}`;
      parts.push(`${type}\r\n\r\n${field.text}`);
    } else {
      parts.push(
        `; filename="${escaped(field.fileName)}"\r\nContent-Type: ${safeMediaType(field.mediaType)}\r\n\r\n`,
      );
      parts.push(field.bytes);
    }
    parts.push("\r\n");
  }
  parts.push(`--${boundary}--\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, parts };
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
