/*
 * Addresses of a model on a server with TensorFlow Serving's URLs: `BASE[/versions/V | /labels/L][/metadata | :verb]`,
 * where BASE ends in `/v1/models/NAME`, or on Paperspace Gradient in `/model-serving/ID`.
 */

const verb = /:(?:predict|classify|regress)$/;
const selection = /\/(?:versions\/\d+|labels\/[^/:]+)$/;
const model = /\/(?:v1\/models|model-serving)\/[^/:]+$/;

/**
 * The address at which the server describes the model that `location` is the address of, a verb at its end passed
 * over; undefined where `location` is no http or https address of a model. Whatever the address names besides, such
 * as a version, stays; a query is nothing that such a server takes.
 */
export function metadataAddress(location: string): string | undefined {
  const url = toUrl(location);
  if (url === undefined || url.search !== "") return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  const bare = path.replace(verb, "");
  // A verb is proof enough, whatever a proxy has made of the rest.
  if (bare === path && !model.test(bare.replace(selection, ""))) return undefined;
  url.pathname = `${bare}/metadata`;
  url.hash = "";
  return url.href;
}

/** The address of the model whose metadata were read from `url`, version and label left out; null for other addresses. */
export function modelAddress(url: string | null): string | null {
  const parsed = url === null ? undefined : toUrl(url);
  if (parsed === undefined || !parsed.pathname.endsWith("/metadata")) return null;
  parsed.pathname = parsed.pathname.slice(0, -"/metadata".length).replace(selection, "");
  parsed.username = "";
  parsed.password = "";
  parsed.search = "";
  parsed.hash = "";
  return parsed.pathname === "/" ? null : parsed.href;
}

/** The version that `url`, from which metadata were read, chooses by itself; undefined where it chooses none. */
export function versionInAddress(url: string | null): string | undefined {
  const parsed = url === null ? undefined : toUrl(url);
  return parsed && /\/versions\/(\d+)\/metadata$/.exec(parsed.pathname)?.[1];
}

function toUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}
