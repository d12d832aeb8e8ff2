import { isOwnHeader } from "../client/client-options.js";
import type { HttpPlace } from "../deployment.js";
import type { Body } from "../json/body.js";
import { writeError } from "../shapes/place.js";
import { readFiles } from "../shapes/read-files.js";
import { writeShaped } from "../shapes/write-shape.js";
import { toHeaderText, toPathText, toQueryPairs } from "./parameter-text.js";
import { requestAddress } from "./request-address.js";
import type { PathValue } from "./request-address.js";
import type { AnyOperationDescriptor, WriteRules } from "./service-operation.js";
import { splitInput } from "./split-input.js";
import { writeBody } from "./write-body.js";

/** What one call of an operation sends, but for what every call sends. */
export interface ServiceRequest {
  readonly url: string;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
}

/** The parameters of a request, spelt. */
interface Spelt {
  readonly path: Map<string, PathValue>;
  readonly query: string[];
  readonly headers: Map<string, string>;
  readonly cookies: string[];
}

/** The request for what a method was called with. Throws a `DeploymentError` that names the input at fault. */
export async function writeRequest(
  given: unknown,
  operation: AnyOperationDescriptor,
  { url, rules }: { readonly url: string; readonly rules: WriteRules },
): Promise<ServiceRequest> {
  const { parameters, body } = splitInput(given, operation, rules.validate);
  const spelt: Spelt = { path: new Map(), query: [], headers: new Map(), cookies: [] };
  for (const [name, value] of parameters) {
    const parameter = Object.hasOwn(operation.parameters, name) ? operation.parameters[name] : undefined;
    if (parameter === undefined) continue;
    const context = { ...rules, feature: name };
    const json = writeShaped(await readFiles(value, parameter.shape, context), parameter.shape, context);
    spell(json, parameter.place, { feature: name, spelt });
  }
  if (spelt.cookies.length > 0) spelt.headers.set("cookie", spelt.cookies.join("; "));
  return {
    url: requestAddress(url, operation.path, spelt),
    headers: Object.fromEntries(spelt.headers),
    body: operation.body === null || body === undefined ? null : await writeBody(body, operation.body, rules),
  };
}

function spell(
  json: string,
  place: HttpPlace,
  { feature, spelt }: { readonly feature: string; readonly spelt: Spelt },
): void {
  if (place.in === "path") spelt.path.set(place.name, { text: toPathText(json, place, feature), feature });
  else if (place.in === "query") spelt.query.push(...toQueryPairs(json, place, feature));
  else if (place.in === "cookie") spelt.cookies.push(...toQueryPairs(json, place, feature));
  else {
    const name = place.name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || isOwnHeader(name)) {
      const what =
        "goes into a header that cannot be given: it follows from the request, or its name is none";
      throw writeError("wrong-type", { feature, place: undefined }, what);
    }
    const text = toHeaderText(json, place, feature);
    if (text !== undefined) spelt.headers.set(name, text);
  }
}
