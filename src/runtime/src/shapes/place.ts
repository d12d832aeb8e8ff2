import { DeploymentError, shown } from "../errors.js";
import type { DeploymentErrorCode } from "../errors.js";

/** Where a value stands inside of another, from the inside outwards; the outermost has none. */
export interface Place {
  readonly within: Place | undefined;
  /** A member's name, or an item's index from 0. */
  readonly step: string | number;
  /** Steps from the outermost value on. */
  readonly depth: number;
}

/** Deeper values are refused: they may have no end. */
export const deepest = 500;

/** No message shows more of a place. */
const longestPlace = 160;

/** One step further inside. */
export function inside(place: Place | undefined, step: string | number): Place {
  return { within: place, step, depth: (place?.depth ?? 0) + 1 };
}

/** `place` as people write it, such as `images[2].file`; `start` names the outermost value and may be empty. */
export function placeText(start: string, place: Place | undefined): string {
  const steps: string[] = [];
  for (let at = place; at !== undefined && steps.length < longestPlace; at = at.within) {
    const { step } = at;
    if (typeof step === "number") steps.push(`[${step}]`);
    else steps.push(/^[\w$]+$/.test(step) ? `.${step}` : `[${shown(step)}]`);
  }
  const text = start + steps.reverse().join("");
  return start === "" ? text.replace(/^\./, "") : text;
}

/** The error for a value that cannot go out: names the feature and the place inside it, then says `what`. */
export function writeError(
  code: DeploymentErrorCode,
  at: { readonly feature: string; readonly place: Place | undefined },
  what: string,
  cause?: unknown,
): DeploymentError {
  const text = placeText(at.feature, at.place);
  const name = text === "" ? "The value" : shown(text, longestPlace);
  const feature = at.feature === "" ? undefined : at.feature;
  return new DeploymentError(code, `${name} ${what}.`, { feature, cause });
}

/** The `bad-reply` for a value that has not its shape: names the place, then says `what`. */
export function shapeError(
  what: string,
  at: { readonly feature: string; readonly place: Place | undefined },
  cause?: unknown,
): DeploymentError {
  const text = placeText(at.feature, at.place);
  const name = text === "" ? "The reply" : `The reply's ${shown(text, longestPlace)}`;
  const feature = at.feature === "" ? undefined : at.feature;
  return new DeploymentError("bad-reply", `${name} ${what}.`, { feature, cause });
}
