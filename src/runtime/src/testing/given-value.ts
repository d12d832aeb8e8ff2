/*
 * Values of requests: in goes what JSON held and its shape, out comes the value as the caller's types have it, or what
 * is wrong with it, and where. Bounds, labels, lengths and names are held.
 */
import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import { parseDataUrl } from "../files/data-url.js";
import { createImage } from "../files/image.js";
import type { Image } from "../files/image.js";
import { setOwnMember } from "../own-member.js";
import type { JsonShape } from "../shapes/json-shape.js";
import { readShaped } from "../shapes/read-shape.js";
import { isFile } from "../shapes/resolved-file.js";
import type { Shapes } from "../shapes/stated-shapes.js";
import type { RemoteFile } from "../shapes/value-types.js";
import { isMap } from "../shapes/value-kinds.js";

/** What is wrong with a value. */
export interface GivenFault {
  /** Where, from the outermost value on: names of members, and indices from 0. */
  readonly steps: readonly (string | number)[];
  /** As the end of a sentence about the value, such as `is 3, expected text`. */
  readonly words: string;
}

/** A value that has its shape, or what is wrong with it. */
export type Given = { readonly value: unknown; readonly fault?: undefined } | { readonly fault: GivenFault };

/**
 * `value` as callers give it where it has the shape to the letter: base64 as bytes, data URLs as images, and files by
 * their address as text.
 */
export function readGiven(value: unknown, shape: JsonShape, shapes: Shapes): Given {
  const files = new Map<unknown, Image | string>();
  const openFile = (url: string): RemoteFile => {
    const file = { url, bytes: unread, blob: unread };
    files.set(file, toFile(url));
    return file;
  };
  try {
    const read = readShaped(value, shape, { shapes, openFile, strict: true });
    return { value: files.size === 0 ? read : withFiles(read, files) };
  } catch (error) {
    if (isDeploymentError(error, "bad-reply")) return { fault: toFault(error.message) };
    throw error;
  }
}

function unread(): Promise<never> {
  return Promise.reject(new Error("A file of a request is not fetched."));
}

/** What servers of models fetch files by; those of the clouds are not looked into. */
const schemes: ReadonlySet<string> = new Set(["http:", "https:", "s3:", "gs:", "az:"]);

function toFile(url: string): Image | string {
  if (/^data:/i.test(url)) {
    const { mediaType, bytes } = parseDataUrl(url);
    return createImage(mediaType, bytes);
  }
  const scheme = URL.canParse(url) ? new URL(url).protocol : "";
  if (schemes.has(scheme)) return url;
  throw new DeploymentError(
    "wrong-type",
    `${shown(scheme.slice(0, -1))} is not a valid URL scheme; data, http and https are supported.`,
  );
}

/** `value` with the files in place of their handles. */
function withFiles(value: unknown, files: ReadonlyMap<unknown, Image | string>): unknown {
  const file = files.get(value);
  if (file !== undefined) return file;
  if (Array.isArray(value)) return value.map((item) => withFiles(item, files));
  if (!isMap(value) || isFile(value)) return value;
  const object: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) setOwnMember(object, name, withFiles(inner, files));
  return object;
}

const step = /\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|\.?([\w$]+)/g;

/** The reader's own words, which it says of a reply. */
function toFault(message: string): GivenFault {
  const [, place, words = message] = /^The reply(?:'s ("(?:[^"\\]|\\.)*"))? (.*?)\.?$/s.exec(message) ?? [];
  const path: unknown = place === undefined ? "" : JSON.parse(place);
  const steps = [...String(path).matchAll(step)].map(([, quoted, index, name = ""]) =>
    index === undefined ? (quoted === undefined ? name : String(JSON.parse(quoted))) : Number(index),
  );
  return { steps, words };
}
