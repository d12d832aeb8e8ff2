/*
 * Files among the values of rows: paths and data URLs in cells, bytes in Parquet.
 */
import { ValueFault, shownValue } from "./value-fault.js";
import type { RowFiles, ValueReader } from "./value-reader.js";

/** Whether a text is a data URL (RFC 2397). */
export function isDataUrl(text: string): boolean {
  return /^data:/i.test(text);
}

/** Whether a text is an address of the network. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What reads pictures and other files; `addresses` go through where the deployment fetches them itself. */
export function fileReader(files: RowFiles, { addresses }: { readonly addresses: boolean }): ValueReader {
  const fromFile = async (path: string): Promise<unknown> => await files.open(path);
  const fromText = (text: string): unknown => {
    if (isDataUrl(text)) return text;
    if (!isAddress(text)) return fromFile(text);
    if (addresses) return text;
    throw new ValueFault(`is ${shownValue(text)}, expected a path or a data URL`);
  };
  return {
    fromText,
    fromFile,
    fromValue(value) {
      if (typeof value === "string") return fromText(value);
      const bytes = toBytes(value);
      if (bytes !== undefined) return bytes;
      throw new ValueFault(`is ${shownValue(value)}, not a path, a data URL or bytes`);
    },
    waits: true,
  };
}

/** Bytes, also those that Hugging Face's datasets keep beside a path, and TensorFlow Serving's in base64. */
export function toBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "object" || value === null) return undefined;
  if ("bytes" in value && value.bytes instanceof Uint8Array) return value.bytes;
  if ("b64" in value && typeof value.b64 === "string" && Object.keys(value).length === 1)
    return Buffer.from(value.b64, "base64");
  return undefined;
}
