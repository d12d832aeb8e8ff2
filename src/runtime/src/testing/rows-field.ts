import type { FieldCodec } from "../codec.js";
import { npyMediaType } from "../coders/tensor-npy.js";
import { isDeploymentError } from "../errors.js";
import { toDataUrl } from "../files/data-url.js";
import { mediaTypeOf } from "../files/media-type.js";
import type { ReplyDocument } from "../json/reply-document.js";
import { parseReply } from "../json/reply-payloads.js";
import type { FormPart } from "./read-form.js";

/** A field as the same value would stand in JSON, with what reads it; or a fault, as the end of a sentence about it. */
export type FieldValue =
  { readonly value: unknown; readonly document: ReplyDocument } | { readonly fault: string };

/** What the field holds, where the feature that it is for is described by `codec`. */
export function fieldValue(part: FormPart, codec: FieldCodec): FieldValue {
  const takesFile = codec.kind === "image" || (codec.kind === "tensor" && codec.form === "npy");
  const isFile = part.fileName !== undefined || part.mediaType !== undefined;
  if (takesFile && isFile) return plain(fileUrl(part, codec.kind === "image" ? undefined : npyMediaType));
  if (part.fileName !== undefined) return { fault: "is a file, not text" };
  if (codec.kind === "tensor" && codec.form === "flat") return parsed(part.bytes);
  const text = textOf(part.bytes);
  if (text === undefined) return { fault: "is no text in UTF-8" };
  return plain(codec.kind === "number" && jsonNumber.test(text) ? Number(text) : text);
}

/** RFC 8259 §6. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** curl calls whatever it does not know an octet stream: then the bytes, or what is `due`, say what it is. */
function fileUrl({ mediaType, bytes }: FormPart, due: string | undefined): string {
  const usual = "application/octet-stream";
  const stated = mediaType === undefined || mediaType === usual ? (due ?? mediaTypeOf(bytes)) : mediaType;
  try {
    return toDataUrl(stated ?? usual, bytes);
  } catch {
    return toDataUrl(usual, bytes);
  }
}

function parsed(bytes: Uint8Array): FieldValue {
  try {
    const document = parseReply(bytes);
    return { value: document.root, document };
  } catch (error) {
    if (isDeploymentError(error, "bad-reply")) return { fault: "is no JSON" };
    throw error;
  }
}

function plain(value: unknown): FieldValue {
  const text = (given: unknown): string | undefined => (typeof given === "string" ? given : undefined);
  return { value, document: { root: value, payload: () => undefined, text } };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
