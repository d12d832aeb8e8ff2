import type { DeploymentModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { ResolvedSpec, SpecText } from "../spec/spec-types.js";

/** What the user says that the description does not. */
export interface InterpretOptions {
  /** Label sets by feature name. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Keep only these operations, by `operationId` or `METHOD /path`; empty keeps all. */
  readonly operations: readonly string[];
  /** What a running server says of the model, for dialects that take it. */
  readonly metadata?: SpecText | undefined;
}

/** What a dialect makes of a description. */
export interface Interpretation {
  readonly model: DeploymentModel;
  readonly diagnostics: readonly Diagnostic[];
  /** What the description is, which names its file in the package; default what `SpecDocument.kind` says. */
  readonly document?: "openapi" | "metadata";
}

/** One system's way of describing a deployment. A plain object: no state, no disk. */
export interface Dialect {
  /** As `--dialect` takes it. */
  readonly id: string;
  /** Whether the description is certainly of this system. Never throws. */
  readonly recognises: (spec: ResolvedSpec) => boolean;
  /** Throws a `GenDeployError` where the description lacks what a client needs. */
  readonly interpret: (spec: ResolvedSpec, options: InterpretOptions) => Interpretation;
  /** Whether it takes only what no other dialect recognises; default false. */
  readonly fallback?: boolean;
  /** Whether `metadata` means anything to it; default false. */
  readonly takesMetadata?: boolean;
}
