import type { TextPosition } from "../gen-deploy-error.js";
import type { SpecDocument } from "./spec-types.js";

/** A place as the user finds it. */
export interface Place {
  readonly pointer: string;
  readonly position: TextPosition | undefined;
}

/** Where in the user's text stands what is at `pointer` of a document's tree. */
export function placeIn(document: SpecDocument, pointer: string): Place {
  const origin = document.origin(pointer);
  return { pointer: origin, position: document.position(origin) };
}
