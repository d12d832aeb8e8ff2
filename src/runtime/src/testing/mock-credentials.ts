import type { AuthScheme } from "../deployment.js";
import { toBase64 } from "../http/auth.js";
import { ownMember } from "../own-member.js";
import type { MemoryRequest } from "../http/memory-transport.js";

/** What becomes of a call by its credential. */
export type Admission = "admitted" | "no-credential" | "wrong-credential";

/** What calls must carry. */
export interface Gate {
  /** As the description has them; where it has none, a token is taken as clients send it then: as bearer, or basic. */
  readonly schemes: readonly AuthScheme[];
  /** The one credential that is right, or undefined where any is. */
  readonly token: string | undefined;
}

/** Whether `request` carries a credential under one of the schemes, and whether it is the right one. */
export function admissionOf(request: MemoryRequest, { schemes, token }: Gate): Admission {
  const taken: readonly AuthScheme[] = schemes.length > 0 ? schemes : [{ kind: "bearer" }, { kind: "basic" }];
  const carried = taken.flatMap((scheme) => {
    const credential = credentialOf(request, scheme);
    return credential === undefined || credential === "" ? [] : [{ scheme, credential }];
  });
  if (carried.length === 0) return "no-credential";
  const isRight = carried.some(({ scheme, credential }) => {
    if (token === undefined) return true;
    return scheme.kind === "basic" ? basicTexts(token).includes(credential) : credential === token;
  });
  return isRight ? "admitted" : "wrong-credential";
}

/** What the request carries under the scheme: of `basic` in base64, else as it is; undefined where nothing is there. */
function credentialOf(request: MemoryRequest, scheme: AuthScheme): string | undefined {
  const header = (name: string): string | undefined => {
    const value = ownMember(request.headers, name.toLowerCase());
    return typeof value === "string" ? value : undefined;
  };
  switch (scheme.kind) {
    // Scheme names are case-insensitive (RFC 9110 §11.1).
    case "bearer":
      return /^bearer +(.*)$/i.exec(header("authorization") ?? "")?.[1];
    case "basic":
      return /^basic +(.*)$/i.exec(header("authorization") ?? "")?.[1];
    case "raw":
      return header("authorization");
    case "api-key":
      break;
  }
  if (scheme.in === "header") return header(scheme.name);
  if (scheme.in === "query") return queryOf(request.url).get(scheme.name) ?? undefined;
  const cookies = (header("cookie") ?? "").split(";").map((pair) => pair.trim());
  return cookies.find((pair) => pair.startsWith(`${scheme.name}=`))?.slice(scheme.name.length + 1);
}

function queryOf(url: string): URLSearchParams {
  const [, query = ""] = url.split("#", 1)[0]?.split(/\?(.*)/s) ?? [];
  // A plus is itself here: whoever sends credentials escapes spaces as %20 (RFC 3986 §2.1).
  return new URLSearchParams(query.replaceAll("+", "%2B"));
}

/** A bare token is the user; one with a colon may be user and password (RFC 7617 §2). */
function basicTexts(token: string): readonly string[] {
  return token.includes(":") ? [toBase64(token)] : [toBase64(`${token}:`)];
}
