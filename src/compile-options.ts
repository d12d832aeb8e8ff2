import type { Dialect } from "./dialects/dialect.js";
import type { PlacedTemplate } from "./emit/placed-template.js";
import type { ExternalLoader } from "./spec/resolve.js";
import type { SpecText } from "./spec/spec-types.js";

/** What the user decides about a package. */
export interface CompileOptions {
  /** The npm name; default from the description's title. */
  readonly name?: string;
  /** Default: the version that stands in the output folder, else 0.1.0. */
  readonly packageVersion?: string;
  /** Overrules recognition. */
  readonly dialect?: string;
  /** Keep only these operations, by `operationId` or `METHOD /path`. */
  readonly operations?: readonly string[];
  /** Label sets that the description does not state, by feature name. */
  readonly labels?: ReadonlyMap<string, readonly string[]>;
  /** What a running server says of the model, for descriptions that do not say it all. */
  readonly metadata?: SpecText;
  /** Depend on `@gen-deploy/runtime`, or carry a copy; default shared. */
  readonly runtime?: "shared" | "inline";
  /** Sources, built files, or both; default both. */
  readonly emit?: readonly ("ts" | "js")[];
  /** Fields that `package.json` gets besides those that follow from the description. */
  readonly packageFields?: Readonly<Record<string, unknown>>;
  /** The `package.json` that stands in the output folder: its version, licence and foreign fields are kept. */
  readonly previous?: string;
}

/** What the user says of the deployment besides its description. */
export type StatedOptions = Pick<CompileOptions, "dialect" | "operations" | "labels">;

/** What a compilation takes from outside, so that it touches no disk itself. */
export interface CompileEnvironment {
  /** As the build prepared them, by path such as `client/src/index.ts`. */
  readonly templates: ReadonlyMap<string, PlacedTemplate>;
  /** Text by path below the built runtime; needed for an inline runtime alone. */
  readonly runtimeFiles?: ReadonlyMap<string, string>;
  /** Default: all dialects that gen-deploy knows. */
  readonly dialects?: readonly Dialect[];
  /** Default: external references are refused. */
  readonly loadExternal?: ExternalLoader;
}
