import type { CompileEnvironment, CompileOptions } from "./compile-options.js";
import type { Interpretation } from "./dialects/dialect.js";
import { dialects as allDialects } from "./dialects/index.js";
import { recognise } from "./dialects/recognise.js";
import type { SourceText } from "./emit/emit.js";
import { GenDeployError } from "./gen-deploy-error.js";
import { inputHash, manifestPath, printManifest } from "./manifest.js";
import { parsePackage } from "./package-fields.js";
import { packageName, planPackage, type PlanOptions } from "./plan/plan-package.js";
import { parse } from "./spec/parse.js";
import { resolve } from "./spec/resolve.js";
import type { ResolvedSpec, SpecText } from "./spec/spec-types.js";

/*
 * The pipeline: a description's text in, a package's files out. Pure: no disk, no network, no clock.
 */

/** A description, understood. */
export interface Description extends Interpretation {
  readonly spec: ResolvedSpec;
  /** The name of the package that would be made of it. */
  readonly packageName: string;
}

/** A package, whole. */
export interface Compilation extends Description {
  /** Every file of the package, its manifest last. */
  readonly files: readonly SourceText[];
}

/** Understands a description; loads neither compiler nor formatter. Rejects with a `GenDeployError`. */
export async function describe(
  text: SpecText,
  options: CompileOptions = {},
  environment: Pick<CompileEnvironment, "dialects" | "loadExternal"> = {},
): Promise<Description> {
  const spec = await resolve(parse(text), environment.loadExternal);
  const dialect = recognise(spec, environment.dialects ?? allDialects, options.dialect);
  const { labels = new Map<string, readonly string[]>(), operations = [], metadata } = options;
  if (metadata !== undefined && dialect.takesMetadata !== true) throw takesNoMetadata(dialect.id);
  const interpretation = inUsersTerms(spec, dialect.interpret(spec, { labels, operations, metadata }));
  return {
    spec,
    ...interpretation,
    packageName: packageName(interpretation.model, { name: options.name, file: text.name }),
  };
}

/** What a dialect says of the tree, said of the user's text where that is another. */
function inUsersTerms({ document }: ResolvedSpec, interpretation: Interpretation): Interpretation {
  const { model } = interpretation;
  const diagnostics = interpretation.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    pointer: document.origin(diagnostic.pointer),
  }));
  // What a service serves is compared with the tree, place by place: of another tree nothing can be said.
  const live = document.kind === "openapi" ? model.live : null;
  return { ...interpretation, model: { ...model, live }, diagnostics };
}

/** Turns a description into a package. Rejects with a `GenDeployError` where the description is at fault. */
export async function compile(
  text: SpecText,
  options: CompileOptions,
  environment: CompileEnvironment,
): Promise<Compilation> {
  return await compileDescription(await describe(text, options, environment), options, environment);
}

/** The same for a description that is understood already, by the same options. */
export async function compileDescription(
  description: Description,
  options: CompileOptions,
  environment: Pick<CompileEnvironment, "templates" | "runtimeFiles">,
): Promise<Compilation> {
  const { spec, model } = description;
  const text = spec.document.source;
  const plan = planPackage(model, {
    name: description.packageName,
    packageVersion: options.packageVersion,
    runtime: options.runtime ?? "shared",
    emit: options.emit ?? ["ts", "js"],
    specs: descriptionFiles(description, options.metadata),
    previous: withFields(parsePackage(options.previous), options.packageFields),
    runtimeFiles: environment.runtimeFiles ?? new Map<string, string>(),
  });
  const { emit } = await import("./emit/emit.js");
  const files = await emit(plan, { templates: environment.templates, root: spec.root });
  const manifest = {
    path: manifestPath,
    text: printManifest({ inputs: inputHash(text, options), options, files }),
  };
  return { ...description, files: [...files, manifest] };
}

/** The descriptions under the names by which the package holds them. */
function descriptionFiles(
  { spec, document }: Description,
  metadata: SpecText | undefined,
): PlanOptions["specs"] {
  const { format, text } = spec.whole;
  const own = { file: `${document ?? spec.document.kind}.${format}`, text };
  return metadata === undefined
    ? [own]
    : [own, { file: `metadata.${parse(metadata).format}`, text: metadata.text }];
}

function takesNoMetadata(dialect: string): GenDeployError {
  return new GenDeployError("dialect/no-metadata", `The dialect ${dialect} takes no metadata of a server.`, {
    hint: "Leave --metadata out.",
  });
}

/** Fields that the user sets elsewhere go before what stands in the file. */
function withFields(
  previous: Readonly<Record<string, unknown>> | null,
  fields: CompileOptions["packageFields"],
): Readonly<Record<string, unknown>> | null {
  return fields === undefined ? previous : { ...previous, ...fields };
}
