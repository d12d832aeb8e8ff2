import type { PackagePlan, PlannedFile, Value } from "../plan/package-plan.js";
import type { JsonObject } from "../spec/spec-types.js";
import { createEditApplier } from "./apply-edits.js";
import { createSourceBuilder } from "./build.js";
import { formatFile } from "./format.js";
import { printReadme } from "./readme.js";
import { wireTypes } from "./wire-types.js";

/** One file of a package: its path with `/`, and all of its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What printing needs beside the plan. */
export interface EmitInputs {
  /** Text by path, such as `client/src/index.ts`. */
  readonly templates: ReadonlyMap<string, string>;
  /** The description with local references only: openapi-typescript reads it, nothing else here does. */
  readonly root: JsonObject;
}

/** Plan in, laid-out files out, in the plan's order. It decides nothing and touches no disk. */
export async function emit(plan: PackagePlan, inputs: EmitInputs): Promise<readonly SourceText[]> {
  const sources = await printSources(plan.files, inputs);
  const build = await createSourceBuilder();
  const files: SourceText[] = [];
  for (const file of plan.files) {
    if (file.kind === "template" && !file.written) continue;
    const text =
      file.kind === "built"
        ? build[file.as](file.source, sourceOf(sources, file.source))
        : await printOther(file, sources);
    files.push({ path: file.path, text });
  }
  return files;
}

async function printSources(
  files: readonly PlannedFile[],
  inputs: EmitInputs,
): Promise<ReadonlyMap<string, string>> {
  const apply = await createEditApplier();
  const sources = new Map<string, string>();
  for (const file of files) {
    if (file.kind === "template") {
      const template = inputs.templates.get(file.template);
      if (template === undefined) throw new Error(`no template ${file.template}`);
      sources.set(file.path, await formatFile(file.path, apply(template, file.edits)));
    } else if (file.kind === "wire-types") {
      sources.set(file.path, await formatFile(file.path, await wireTypes(inputs.root)));
    }
  }
  return sources;
}

function sourceOf(sources: ReadonlyMap<string, string>, path: string): string {
  const text = sources.get(path);
  if (text === undefined) throw new Error(`no source ${path}`);
  return text;
}

async function printOther(
  file: Exclude<PlannedFile, { readonly kind: "built" }>,
  sources: ReadonlyMap<string, string>,
): Promise<string> {
  switch (file.kind) {
    case "template":
    case "wire-types":
      return sourceOf(sources, file.path);
    case "readme":
      return formatFile(file.path, printReadme(file.readme));
    case "json":
      return `${JSON.stringify(toJson(file.value), null, 2)}\n`;
    case "text":
      return file.text;
  }
}

function toJson(value: Value): unknown {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "list":
      return value.items.map(toJson);
    case "object":
      return Object.fromEntries(value.members.map(([name, member]) => [name, toJson(member)]));
    default:
      throw new Error(`no JSON: ${value.kind}`);
  }
}
