import { shownUrl } from "../http/client-url.js";
import { connectionError, statusError } from "../http/send-errors.js";
import { withinLimits } from "../http/send-limits.js";
import type { Transport, TransportReply } from "../http/transport.js";
import { userAgent } from "../http/user-agent.js";
import { parseDataUrl } from "../files/data-url.js";
import { mediaTypeOf, toRegisteredMediaType } from "../files/media-type.js";
import { DeploymentError, isDeploymentError } from "../errors.js";
import type { RemoteFile } from "./value-types.js";

/** How remote files are fetched. */
export interface FileSettings {
  /** What the addresses of files are relative to; without it they must be complete. */
  readonly base?: string | undefined;
  readonly signals?: readonly AbortSignal[] | undefined;
  /** For the whole of one file, in milliseconds; Infinity, the default, for none. */
  readonly timeout?: number | undefined;
}

/** Files of a model stand on networks of caches, which pass requests on. */
const mostRedirects = 5;

interface Content {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/**
 * A handle of the file at `url`. Its methods fetch the file without any credentials, over https or the scheme of the
 * address, and follow up to five redirects; they throw a `DeploymentError`, and do not show when it is printed.
 */
export function createRemoteFile(url: string, transport: Transport, settings: FileSettings = {}): RemoteFile {
  const open = async (signal: AbortSignal | undefined): Promise<Content> => {
    if (/^data:/i.test(url)) return fromDataUrl(url);
    const signals = [...(settings.signals ?? []), ...(signal === undefined ? [] : [signal])];
    const limits = { signals, timeout: settings.timeout ?? Infinity };
    return await withinLimits(limits, (inner) => follow(toAddress(url, settings.base), transport, inner));
  };
  const file: RemoteFile = {
    url,
    bytes: async (options) => (await open(options?.signal)).bytes,
    async blob(options) {
      const { bytes, mediaType } = await open(options?.signal);
      return new Blob([new Uint8Array(bytes)], { type: mediaType });
    },
  };
  for (const method of ["bytes", "blob"]) Object.defineProperty(file, method, { enumerable: false });
  return Object.freeze(file);
}

function fromDataUrl(url: string): Content {
  try {
    const { bytes, mediaType } = parseDataUrl(url);
    return { bytes, mediaType };
  } catch (cause) {
    if (!isDeploymentError(cause)) throw cause;
    throw new DeploymentError(
      "bad-reply",
      `The reply's file is no data URL that can be read: ${cause.message}`,
      {
        cause,
      },
    );
  }
}

function toAddress(url: string, base: string | undefined): URL {
  const address = URL.canParse(url, base) ? new URL(url, base) : undefined;
  if (address?.protocol === "https:" || address?.protocol === "http:") return address;
  throw new DeploymentError("bad-reply", "The reply's file has no address of http or https.");
}

async function follow(start: URL, transport: Transport, signal: AbortSignal): Promise<Content> {
  let address = start;
  for (let redirects = 0; ; redirects += 1) {
    const reply = await request(address, transport, signal);
    const location = reply.status >= 300 && reply.status <= 399 ? reply.header("location") : undefined;
    if (location === undefined) return await read(address, reply);
    await drop(reply);
    if (redirects === mostRedirects) {
      const message = `The file at ${shownUrl(start.href)} is behind more than ${mostRedirects} redirects.`;
      throw new DeploymentError("redirected", message, { status: reply.status });
    }
    address = nextAddress(address, location, reply.status);
  }
}

async function request(address: URL, transport: Transport, signal: AbortSignal): Promise<TransportReply> {
  const agent = userAgent();
  const headers = { accept: "*/*", ...(agent === undefined ? {} : { "user-agent": agent }) };
  const bare = new URL(address);
  bare.hash = "";
  bare.username = "";
  bare.password = "";
  try {
    return await transport({ method: "GET", url: bare.href, headers, body: null, signal });
  } catch (error) {
    throw isDeploymentError(error) ? error : connectionError(bare.href, error);
  }
}

async function read(address: URL, reply: TransportReply): Promise<Content> {
  let bytes: Uint8Array;
  try {
    bytes = await reply.bytes();
  } catch (error) {
    throw isDeploymentError(error) ? error : connectionError(address.href, error);
  }
  const { status } = reply;
  if (status < 200 || status > 299)
    throw statusError({ status, header: (name) => reply.header(name), bytes }, undefined);
  const declared = toRegisteredMediaType(reply.header("content-type") ?? "");
  return {
    bytes,
    mediaType: declared === "" ? (mediaTypeOf(bytes) ?? "application/octet-stream") : declared,
  };
}

/** A redirect may lead to https or to the scheme that it comes from. */
function nextAddress(address: URL, location: string, status: number): URL {
  const next = URL.canParse(location, address.href) ? new URL(location, address.href) : undefined;
  if (next?.protocol === "https:" || (next?.protocol === "http:" && address.protocol === "http:"))
    return next;
  const message = `The file at ${shownUrl(address.href)} is behind a redirect to an address that is not https.`;
  throw new DeploymentError("redirected", message, { status });
}

/** Gives up what a redirect says besides, and with it the connection. */
async function drop(reply: TransportReply): Promise<void> {
  for await (const _ of reply.chunks()) break;
}
