/*
 * What a comparison finds. A change is judged by what code that calls the deployment may send and must expect: it is
 * breaking where some call that was right no longer is, or no longer compiles; additive where every such call stays
 * right; and documentation where callers need not notice anything.
 */

/** What a change means for callers. */
export type ChangeKind = "breaking" | "additive" | "documentation";

/** One difference between two descriptions, in terms of the model. */
export interface Change {
  readonly kind: ChangeKind;
  readonly side: "input" | "output" | "deployment";
  /** The operation that it is about, as the earlier description calls it if that has it; null for the deployment. */
  readonly operation: string | null;
  /** The feature's name on the wire, or null where it is about no feature. */
  readonly feature: string | null;
  /** Where inside of the feature, such as `items[].name`; left out for the feature itself. */
  readonly path?: string;
  /** One sentence without a full stop; its words may be the description's. */
  readonly message: string;
}

/** The step of Semantic Versioning that changes ask for. */
export type Verdict = "major" | "minor" | "patch" | "none";

/** What changed for callers. */
export interface Comparison {
  readonly changes: readonly Change[];
  readonly verdict: Verdict;
}

/** Which way a value goes. */
export type Side = "input" | "output";

/** What became of the values that may stand in one place: fewer, more, or others. */
export type Effect = "narrower" | "wider" | "other";

/** What a change of values means: more may be sent without harm, and fewer may be expected without harm. */
export function kindOf(effect: Effect, side: Side): ChangeKind {
  if (effect === "other") return "breaking";
  return (effect === "wider") === (side === "input") ? "additive" : "breaking";
}

/** The step that `changes` ask for. */
export function verdictOf(changes: readonly Change[]): Verdict {
  const has = (kind: ChangeKind): boolean => changes.some((change) => change.kind === kind);
  if (has("breaking")) return "major";
  if (has("additive")) return "minor";
  return changes.length > 0 ? "patch" : "none";
}
