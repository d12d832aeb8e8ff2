import { decodeBase64, encodeBase64 } from "./base64.js";
import { DeploymentError, shown } from "../errors.js";
import type { PayloadSlice } from "../json/reply-document.js";

/** What a data URL holds. */
export interface DataUrl {
  /** Type and subtype in lower case; `text/plain` where the URL leaves it out. */
  readonly mediaType: string;
  /** By name in lower case; a `charset` of `US-ASCII` where the URL leaves out both it and the type. */
  readonly parameters: ReadonlyMap<string, string>;
  /** In an ArrayBuffer of their own. */
  readonly bytes: Uint8Array;
}

const token = "[\\w!#$&^.+-]+";
const mediaTypePattern = new RegExp(`^${token}/${token}$`);
const writtenPattern = new RegExp(`^${token}/${token}(?:;${token}=${token})*$`);
const tokenPattern = new RegExp(`^${token}$`);

const comma = 0x2c;
const percent = 0x25;
/** No media type with its parameters is longer, so nothing longer is made text of. */
const longestHead = 4096;

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * What a data URL holds, from its text or from the bytes of a reply; the payload is never made text of.
 * Throws `bad-base64` where it is no data URL (RFC 2397) or its payload not what it says.
 */
export function parseDataUrl(source: string | PayloadSlice): DataUrl {
  const isText = typeof source === "string";
  const start = isText ? 0 : source.start;
  const head = isText
    ? source.slice(0, longestHead)
    : utf8.decode(source.bytes.subarray(start, Math.min(source.end, start + longestHead)));
  const length = head.indexOf(",");
  if (length === -1 || !/^data:/i.test(head)) {
    throw new DeploymentError("bad-base64", `The text begins with ${shown(head, 20)}, expected a data URL.`);
  }
  const { mediaType, parameters, base64 } = parseHead(head.slice(5, length));
  const payload = isText
    ? source.slice(length + 1)
    : source.bytes.subarray(source.bytes.indexOf(comma, start) + 1, source.end);
  return { mediaType, parameters, bytes: base64 ? fromBase64(payload) : fromPercent(payload) };
}

function parseHead(head: string): Omit<DataUrl, "bytes"> & { readonly base64: boolean } {
  const [type = "", ...rest] = head.split(";").map((piece) => piece.trim());
  const base64 = rest.at(-1)?.toLowerCase() === "base64";
  const parameters = new Map<string, string>();
  for (const piece of base64 ? rest.slice(0, -1) : rest) {
    const [name = "", ...value] = piece.split("=");
    if (!tokenPattern.test(name) || value.length === 0) {
      throw new DeploymentError(
        "bad-base64",
        `The data URL has the parameter ${shown(piece)}, expected name=value.`,
      );
    }
    const text = new TextDecoder().decode(fromPercent(value.join("=")));
    parameters.set(name.toLowerCase(), text.replace(/^"(.*)"$/s, "$1"));
  }
  if (type === "" && !parameters.has("charset")) parameters.set("charset", "US-ASCII");
  if (type !== "" && !mediaTypePattern.test(type)) {
    throw new DeploymentError(
      "bad-base64",
      `The data URL has the media type ${shown(type)}, expected type/subtype.`,
    );
  }
  return { mediaType: type === "" ? "text/plain" : type.toLowerCase(), parameters, base64 };
}

function fromBase64(payload: string | Uint8Array): Uint8Array {
  try {
    return decodeBase64(payload);
  } catch (error) {
    // Hardly anybody escapes base64, and a search for escapes takes a quarter as long as decoding.
    const escaped = typeof payload === "string" ? payload.includes("%") : payload.includes(percent);
    if (escaped) return decodeBase64(fromPercent(payload));
    throw error;
  }
}

/** The bytes of percent-encoded text (RFC 3986 §2.1); what is not escaped stands for its UTF-8. */
function fromPercent(payload: string | Uint8Array): Uint8Array {
  const text = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    let byte = text[at] ?? 0;
    if (byte === percent) {
      const digits = String.fromCharCode(text[at + 1] ?? 0, text[at + 2] ?? 0);
      if (!/^[\da-fA-F]{2}$/.test(digits)) {
        throw new DeploymentError(
          "bad-base64",
          `The data URL has ${shown(`%${digits}`)}, expected two hexadecimal digits.`,
        );
      }
      byte = Number.parseInt(digits, 16);
      at += 2;
    }
    bytes[length] = byte;
    length += 1;
  }
  return bytes.slice(0, length);
}

/**
 * What a data URL in base64 has before its payload, such as `data:image/png;base64,`: ASCII without quotes, so it may
 * stand in JSON as it is. Throws `wrong-media-type` where `mediaType` is not `type/subtype`, parameters allowed.
 */
export function dataUrlHead(mediaType: string): string {
  if (writtenPattern.test(mediaType)) return `data:${mediaType};base64,`;
  throw new DeploymentError(
    "wrong-media-type",
    `The media type is ${shown(mediaType)}, expected type/subtype.`,
  );
}

/** The data URL of `bytes`, in base64 (RFC 2397). Throws as `dataUrlHead` does. */
export function toDataUrl(mediaType: string, bytes: Uint8Array): string {
  return dataUrlHead(mediaType) + encodeBase64(bytes);
}
