import { base64Payload } from "../files/base64.js";
import type { BodyWriter } from "../json/body.js";
import { DeploymentError, shown } from "../errors.js";
import type { TextElement } from "./text-tensor.js";

/** The token for a number that JSON itself does not have, as RapidJSON and Python read and write it. */
export function tokenOf(value: unknown): string | undefined {
  if (value === Infinity) return "Infinity";
  if (value === -Infinity) return "-Infinity";
  return Number.isNaN(value) ? "NaN" : undefined;
}

/** Writes text as a JSON string and bytes as `{"b64": …}`; half of a surrogate pair is `wrong-type`. */
export function writeText(element: TextElement, body: BodyWriter, feature: string): void {
  if (typeof element !== "string") {
    body.text('{"b64":"');
    body.payload(base64Payload([element]));
    body.text('"}');
    return;
  }
  if (/\p{Surrogate}/u.test(element)) {
    // The server refuses the whole body for the escape that JSON has for it.
    const message = `${shown(feature)} has ${shown(element)} with half of a surrogate pair, expected well-formed text.`;
    throw new DeploymentError("wrong-type", message, { feature });
  }
  body.text(JSON.stringify(element));
}
