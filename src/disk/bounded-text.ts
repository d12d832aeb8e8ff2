import { GenDeployError } from "../gen-deploy-error.js";

/** The most bytes that are read of a description. */
const mostBytes = 32 * 1024 * 1024;

/** All bytes of `source`; throws `read/too-large` before more than 32 MiB are held, at once where `expected` says so. */
export async function collectBytes(
  name: string,
  source: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
  expected?: number,
): Promise<Uint8Array> {
  if (expected !== undefined && expected > mostBytes) throw tooLarge(name, expected);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    signal?.throwIfAborted();
    size += chunk.byteLength;
    if (size > mostBytes) throw tooLarge(name, undefined);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, size: number | undefined): GenDeployError {
  const seen = size === undefined ? "" : `${(size / 1024 / 1024).toFixed(0)} MiB, `;
  return new GenDeployError(
    "read/too-large",
    `${name} holds ${seen}more than the 32 MiB that a description may have.`,
    {
      hint: "Check that this is the description and not data; remove examples with large payloads.",
    },
  );
}

/** The text of UTF-8 bytes, without byte order mark; throws `read/not-utf8`. */
export function toText(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw notUtf8(name, "UTF-16");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUtf8(name, bytes.subarray(0, 4096).includes(0) ? "binary data" : "another encoding", cause);
  }
}

function notUtf8(name: string, seen: string, cause?: unknown): GenDeployError {
  return new GenDeployError("read/not-utf8", `${name} holds ${seen}, not UTF-8 text.`, {
    hint: "Save the description as UTF-8.",
    cause,
  });
}
