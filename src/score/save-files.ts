/*
 * An answer comes in; the same goes out with a path in the place of each of its pictures and files, which are written.
 */

import { isArrayValue, isFileValue, isRemoteValue } from "./answer-values.js";

/** Writes a file and gives the path by which the output tells of it. */
export type WriteFile = (name: string, bytes: Uint8Array) => Promise<string>;

/** The answer to row number `number`, counted from 1, with its files written; the answer itself stays as it is. */
export async function saveFiles(answer: unknown, number: number, write: WriteFile): Promise<unknown> {
  const taken = new Set<string>();
  const nameFor = (path: readonly string[], mediaType: string): string => {
    const place = path.map((part) => part.replace(/[^\w-]+/g, "_").slice(0, 60));
    const stem = [String(number), ...place].join("-");
    const end = extensionOf(mediaType);
    let name = `${stem}${end}`;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}${end}`;
    taken.add(name);
    return name;
  };
  const visit = async (value: unknown, path: readonly string[]): Promise<unknown> => {
    if (typeof value !== "object" || value === null || isArrayValue(value)) return value;
    const file = await fileOf(value);
    if (file !== undefined) return await write(nameFor(path, file.mediaType), file.bytes);
    if (ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value;
      return await Promise.all(items.map((item, index) => visit(item, [...path, String(index + 1)])));
    }
    const members = Object.entries(value).map(
      async ([name, member]) => [name, await visit(member, [...path, name])] as const,
    );
    return Object.fromEntries(await Promise.all(members));
  };
  return await visit(answer, []);
}

interface FileContent {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The file that a value is: an image, bytes, or a file elsewhere, which is fetched; undefined where it is none. */
async function fileOf(value: object): Promise<FileContent | undefined> {
  if (value instanceof Uint8Array) return { mediaType: "application/octet-stream", bytes: value };
  if (isFileValue(value)) return value;
  if (!isRemoteValue(value)) return undefined;
  const blob = await value.blob();
  return { mediaType: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

/** The end of a file's name: as the media type is known by, and by its own words else. */
function extensionOf(mediaType: string): string {
  const [type = ""] = mediaType.toLowerCase().split(";");
  const known = extensions.get(type.trim());
  if (known !== undefined) return known;
  const word = /^[a-z]+\/(?:x-|vnd\.)?([a-z0-9]{1,12})$/.exec(type.trim())?.[1];
  return word === undefined ? ".bin" : `.${word}`;
}

const extensions: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", ".jpg"],
  ["image/svg+xml", ".svg"],
  ["audio/mpeg", ".mp3"],
  ["audio/x-wav", ".wav"],
  ["text/plain", ".txt"],
  ["application/x-npy", ".npy"],
]);
