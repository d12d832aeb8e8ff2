import type { Carried } from "../client/carried.js";
import type { FeaturesOf, LiveDescription, Operation } from "../deployment.js";
import type { DriftChange, DriftError } from "../errors.js";
import { fingerprintAt, membersAt, valueAt } from "./fingerprint.js";
import { pointerName } from "./json-pointer.js";
import type { ReceivedReply } from "../protocol.js";

/** How much of the live description a message quotes. */
const longestQuote = 120;

/** Changes that a message names before it only counts the rest. */
const mostNamed = 5;

/** The document that a reply holds; `bad-reply` where it is no JSON. */
export function parseDescription(reply: ReceivedReply, { DeploymentError, shown }: Carried): unknown {
  const text = new TextDecoder().decode(reply.bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `The live description must be JSON; got ${shown(text.trim(), longestQuote)}.`;
    throw new DeploymentError("bad-reply", message, { status: reply.status, cause });
  }
}

/**
 * Throws a `DriftError` that names every feature whose description in `document` is not the one that `predict`
 * was generated from, and every change of how rows are framed.
 */
export function checkDrift<Input, Output>(
  document: unknown,
  generated: { readonly description: LiveDescription; readonly predict: Operation<Input, Output> },
  carried: Carried,
): void {
  const { description, predict } = generated;
  const inputs: Side = {
    side: "input",
    features: fingerprintsOf(predict.inputs),
    pointer: description.inputs,
  };
  const outputs: Side = {
    side: "output",
    features: fingerprintsOf(predict.outputs),
    pointer: description.outputs,
  };
  const changes = [
    ...featureChanges(document, inputs, carried),
    ...featureChanges(document, outputs, carried),
    ...otherChanges(document, description.rest, carried),
  ];
  if (changes.length > 0) throw driftError(changes, carried);
}

/** The error that names `changes`, of which there is one at least. */
export function driftError(changes: readonly DriftChange[], carried: Carried): DriftError {
  const named = changes.slice(0, mostNamed).map(({ message }) => message.replace(/\.$/, ""));
  const more = changes.length > mostNamed ? `; and ${changes.length - mostNamed} more` : "";
  const count = changes.length === 1 ? "one change" : `${changes.length} changes`;
  return new carried.DriftError(
    `The live description has ${count} since this package was generated: ${named.join("; ")}${more}.`,
    changes,
  );
}

interface Side {
  readonly side: "input" | "output";
  /** Fingerprints by wire name. */
  readonly features: ReadonlyMap<string, string | undefined>;
  readonly pointer: string;
}

function fingerprintsOf<Row>(features: FeaturesOf<Row>): ReadonlyMap<string, string | undefined> {
  const listed: Readonly<Record<string, { readonly fingerprint?: string }>> = features;
  return new Map(Object.entries(listed).map(([name, { fingerprint }]) => [name, fingerprint]));
}

function* featureChanges(
  document: unknown,
  { side, features, pointer }: Side,
  { shown }: Carried,
): Iterable<DriftChange> {
  const live = membersAt(document, pointer);
  if (live === undefined) {
    const message = `The description has no ${side} features at ${shown(pointer)}.`;
    yield { side: "deployment", change: "removed", message };
    return;
  }
  const names = new Set(live);
  for (const [feature, fingerprint] of features) {
    const place = `${pointer}/${pointerName(feature)}`;
    if (!names.has(feature)) {
      yield { side, change: "removed", feature, message: `The ${side} ${shown(feature)} is gone.` };
    } else if (fingerprint !== undefined && fingerprintAt(document, place) !== fingerprint) {
      const message = `The ${side} ${shown(feature)} is now ${quoteAt(document, place)}.`;
      yield { side, change: "changed", feature, message };
    }
  }
  for (const feature of live) {
    if (features.has(feature)) continue;
    const now = quoteAt(document, `${pointer}/${pointerName(feature)}`);
    yield { side, change: "added", feature, message: `The ${side} ${shown(feature)} is new: ${now}.` };
  }
}

function* otherChanges(
  document: unknown,
  rest: LiveDescription["rest"],
  { shown }: Carried,
): Iterable<DriftChange> {
  for (const [pointer, fingerprint] of Object.entries(rest)) {
    const live = fingerprintAt(document, pointer);
    // An empty fingerprint stands for a value that was not there.
    if ((live ?? "") === fingerprint) continue;
    const change = live === undefined ? "removed" : fingerprint === "" ? "added" : "changed";
    const now = live === undefined ? "gone" : `now ${quoteAt(document, pointer)}`;
    yield { side: "deployment", change, message: `What stands at ${shown(pointer, 100)} is ${now}.` };
  }
}

function quoteAt(document: unknown, pointer: string): string {
  const text = JSON.stringify(valueAt(document, pointer)) ?? "nothing";
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
