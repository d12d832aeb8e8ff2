import { objectAt } from "./openapi-tree.js";
import type { JsonObject, Located, ResolvedSpec } from "./spec-types.js";

/** How bytes of a media type are read and written. */
export type MediaForm = "json" | "multipart" | "form" | "text" | "bytes" | "events" | "lines";

/** One entry of a `content`: what a body or a reply may be. */
export interface Media {
  /** As the description has it, parameters included. */
  readonly mediaType: string;
  readonly form: MediaForm;
  /** The media type object itself. */
  readonly entry: Located<JsonObject>;
  readonly schema: Located | undefined;
}

const lines = new Set([
  "application/jsonl",
  "application/x-jsonl",
  "application/ndjson",
  "application/x-ndjson",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/stream+json",
  "application/json-lines",
]);

/** The form of a media type (RFC 6838), its parameters passed over; what is unknown is bytes. */
function mediaForm(mediaType: string): MediaForm {
  const [essence = ""] = mediaType.toLowerCase().split(";", 1);
  const name = essence.trim();
  if (lines.has(name)) return "lines";
  if (name === "text/event-stream") return "events";
  if (name === "multipart/form-data") return "multipart";
  if (name === "application/x-www-form-urlencoded") return "form";
  if (name === "application/json" || name === "text/json" || name.endsWith("+json")) return "json";
  const isText = name.startsWith("text/") || name.endsWith("/xml") || name.endsWith("+xml") || isYaml(name);
  return isText ? "text" : "bytes";
}

function isYaml(name: string): boolean {
  return /^application\/(?:x-)?yaml$/.test(name);
}

/** What a request body, a response or a parameter may hold, in the order of the text. */
export function contentOf(spec: ResolvedSpec, holder: Located | undefined): readonly Media[] {
  const content = objectAt(spec, holder, "content");
  return Object.keys(content?.value ?? {}).flatMap((mediaType): readonly Media[] => {
    const entry = objectAt(spec, content, mediaType);
    if (entry === undefined) return [];
    return [{ mediaType, form: mediaForm(mediaType), entry, schema: spec.member(entry, "schema") }];
  });
}
