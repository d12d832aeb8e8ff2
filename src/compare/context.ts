import type { JsonShape } from "@gen-deploy/runtime";
import type { DeploymentModel } from "../model/deployment-model.js";
import { kindOf, type Change, type ChangeKind, type Effect, type Side } from "./change.js";

/** Where values are compared, and who is told. */
export interface ValueContext {
  readonly side: Side;
  /** The place in words, such as `feature "Type"`. */
  readonly at: string;
  /** Notes what became of the values here. */
  readonly values: (effect: Effect, message: string) => void;
  /** Notes a change of a kind that does not follow from the side. */
  readonly note: (kind: ChangeKind, message: string) => void;
  /** The same for what stands inside, such as `.name` or `[]`. */
  readonly within: (step: string) => ValueContext;
  /** The shapes that both models have by name. */
  readonly named: NamedPair;
}

/** Where shapes are compared, and how those that stand inside of them are. */
export interface ShapeContext {
  readonly context: ValueContext;
  readonly compareShapes: (before: JsonShape, after: JsonShape, context: ValueContext) => void;
}

/** The shapes that two models call by name, and which pairs of them have been compared. */
export interface NamedPair {
  readonly before: (name: string) => JsonShape;
  readonly after: (name: string) => JsonShape;
  /** True the first time that it is asked for a pair, on one side. */
  readonly isNew: (side: Side, before: string, after: string) => boolean;
}

/** What a feature's changes are noted with. */
export interface FeatureContext {
  readonly side: Side;
  readonly operation: string;
  readonly feature: string;
  readonly named: NamedPair;
  readonly add: (change: Change) => void;
}

/** The context of a feature's value. */
export function valueContext(feature: FeatureContext, path: string = ""): ValueContext {
  const { side, operation, named, add } = feature;
  const name = `feature ${quoted(feature.feature)}`;
  const at = path === "" ? name : `${quoted(path)} of ${name}`;
  const note = (kind: ChangeKind, message: string): void =>
    add({ kind, side, operation, feature: feature.feature, ...(path === "" ? {} : { path }), message });
  return {
    side,
    at,
    note,
    values: (effect, message) => note(kindOf(effect, side), message),
    within: (step) => valueContext(feature, path === "" ? step.replace(/^\./, "") : `${path}${step}`),
    named,
  };
}

/** Pairs the named shapes of two models. */
export function pairNamed(before: DeploymentModel, after: DeploymentModel): NamedPair {
  const seen = new Set<string>();
  return {
    before: namesOf(before),
    after: namesOf(after),
    isNew: (...pair) => {
      const key = JSON.stringify(pair);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
  };
}

function namesOf({ shapes = [] }: DeploymentModel): (name: string) => JsonShape {
  const byName = new Map(shapes.map(({ name, shape }) => [name, shape]));
  return (name) => byName.get(name) ?? { type: "any" };
}

/** A name as messages have it; long ones are cut. */
export function quoted(name: unknown): string {
  const text = JSON.stringify(name) ?? "undefined";
  return text.length > 100 ? `${text.slice(0, 98)}…"` : text;
}
