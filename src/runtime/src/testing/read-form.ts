/*
 * In: a body and its Content-Type, both from strangers. Out: the fields of the form as bytes, views of the body, or a
 * fault in plain words. It takes what RFC 7578 and browsers write, refuses what they never do, and makes no text of
 * contents.
 */

/** One field of a form. */
export interface FormPart {
  readonly name: string;
  /** Present where the field is a file, however its name may look. */
  readonly fileName?: string;
  /** As the part says, in lower case and without parameters; undefined where it says nothing. */
  readonly mediaType: string | undefined;
  /** A view of the body. */
  readonly bytes: Uint8Array;
}

/** The fields of a form in their order, or what is wrong with it. */
export type FormReading = { readonly parts: readonly FormPart[] } | { readonly fault: string };

/** No form that a client writes comes near these. */
const mostParts = 10_000;
const longestHeaders = 16 * 1024;

const crlf = [0x0d, 0x0a] as const;
const dash = 0x2d;

/** The fields of a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1.1); names unescaped as browsers escape them. */
export function readForm(body: Uint8Array, contentType: string): FormReading {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return { fault: "The content type states no boundary that can be one." };
  const delimiter = Uint8Array.of(...crlf, dash, dash, ...ascii(boundary));
  const parts: FormPart[] = [];
  // The first delimiter may stand at the very beginning, without the line break that belongs to it otherwise.
  const first = delimiter.subarray(crlf.length);
  let at = startsWith(body, first, 0) ? first.length : behind(body, delimiter, 0);
  if (at === undefined) return { fault: "The form does not have its boundary." };
  while (parts.length < mostParts) {
    if (body[at] === dash && body[at + 1] === dash) return { parts };
    const start = endOfLine(body, at);
    if (start === undefined) return { fault: "The form has a boundary that ends no line." };
    // A part without headers begins with the empty line that ends them.
    const headersEnd = startsWith(body, crlf, start) ? start : find(body, [...crlf, ...crlf], start);
    if (headersEnd === undefined || headersEnd - start > longestHeaders) {
      return { fault: "The form has a part whose headers do not end." };
    }
    const contentStart = headersEnd + (headersEnd === start ? crlf.length : 2 * crlf.length);
    // An empty part's delimiter begins with the line break that ends its headers.
    const end = find(body, delimiter, contentStart - crlf.length);
    if (end === undefined) return { fault: "The form ends before its last boundary." };
    const part = toPart(
      body.subarray(start, headersEnd),
      body.subarray(contentStart, Math.max(contentStart, end)),
    );
    if (part === undefined) return { fault: "The form has a part without a name." };
    parts.push(part);
    at = end + delimiter.length;
  }
  return { fault: `The form has more than ${mostParts} parts.` };
}

/** The boundary as it may be by RFC 2046 §5.1.1, in quotes or without. */
function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const found = /;\s*boundary=(?:"([^"\\]+)"|([^\s;"]+))\s*(?:;|$)/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  return boundary !== undefined && /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary)
    ? boundary
    : undefined;
}

/** Where the next line begins, if nothing but blanks stands before it (RFC 2046 §5.1.1). */
function endOfLine(body: Uint8Array, from: number): number | undefined {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at += 1;
  return startsWith(body, crlf, at) ? at + crlf.length : undefined;
}

function toPart(headers: Uint8Array, bytes: Uint8Array): FormPart | undefined {
  const lines = new TextDecoder().decode(headers).split("\r\n");
  const valueOf = (name: string): string | undefined => {
    const line = lines.find((each) => each.toLowerCase().startsWith(`${name}:`));
    return line?.slice(name.length + 1).trim();
  };
  const disposition = valueOf("content-disposition") ?? "";
  const [kind = "", ...rest] = disposition.split(";");
  if (kind.trim().toLowerCase() !== "form-data") return undefined;
  const parameters = parametersOf(rest.join(";"));
  const name = parameters?.get("name");
  if (parameters === undefined || name === undefined) return undefined;
  const fileName = parameters.get("filename");
  const mediaType = valueOf("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  return { name, mediaType, bytes, ...(fileName !== undefined && { fileName }) };
}

/** Parameters by their names in lower case, or undefined where they cannot be told apart or one stands twice. */
function parametersOf(text: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  let rest = text.trim();
  while (rest !== "") {
    const found = parameterPattern.exec(rest);
    const [whole = "", name = "", quoted, escaped, bare = ""] = found ?? [];
    if (whole === "" || parameters.has(name.toLowerCase())) return undefined;
    const value = quoted === undefined ? escaped?.replace(/\\(["\\])/g, "$1") : unescaped(quoted);
    parameters.set(name.toLowerCase(), value ?? bare);
    rest = rest.slice(whole.length);
  }
  return parameters;
}

/**
 * One parameter, and what parts it from the next. Browsers write a quote as %22 and leave backslashes alone (HTML
 * §4.10.21.8), so a quote that is followed as only the last can be is the last; older versions of curl escape it.
 */
const parameterPattern =
  /^([\w!#$&+.^`|~*-]+)=(?:"([^"]*)"(?=\s*(?:;|$))|"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*(?:;\s*|$)/s;

function unescaped(quoted: string): string {
  return quoted.replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function behind(body: Uint8Array, sought: Uint8Array, from: number): number | undefined {
  const at = find(body, sought, from);
  return at === undefined ? undefined : at + sought.length;
}

/** Where `sought` next stands in `body`; the search hops from one of its first bytes to the next. */
function find(body: Uint8Array, sought: ArrayLike<number>, from: number): number | undefined {
  const [first = 0] = Array.from(sought);
  for (let at = body.indexOf(first, from); at !== -1; at = body.indexOf(first, at + 1)) {
    if (startsWith(body, sought, at)) return at;
  }
  return undefined;
}

function startsWith(body: Uint8Array, sought: ArrayLike<number>, at: number): boolean {
  if (at + sought.length > body.length) return false;
  for (let index = 0; index < sought.length; index += 1) {
    if (body[at + index] !== sought[index]) return false;
  }
  return true;
}
