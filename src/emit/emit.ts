import type { PackagePlan, PlannedFile, Value } from "../plan/package-plan.js";
import type { JsonObject } from "../spec/spec-types.js";
import { checkEdits, editTemplate } from "./edit-template.js";
import type { PlacedTemplate } from "./placed-template.js";
import { printReadme } from "./readme.js";

/** One file of a package: its path with `/`, and all of its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What printing needs beside the plan. */
export interface EmitInputs {
  /** By path, such as `client/src/index.ts`. */
  readonly templates: ReadonlyMap<string, PlacedTemplate>;
  /** The description with local references only: openapi-typescript reads it, nothing else here does. */
  readonly root: JsonObject;
}

/** Plan in, laid-out files out, in the plan's order. It decides nothing and touches no disk. */
export async function emit(plan: PackagePlan, inputs: EmitInputs): Promise<readonly SourceText[]> {
  const files: SourceText[] = [];
  for (const file of plan.files) {
    if (file.kind === "template" && !file.written) continue;
    files.push({ path: file.path, text: await print(file, plan, inputs) });
  }
  return files;
}

async function print(file: PlannedFile, plan: PackagePlan, inputs: EmitInputs): Promise<string> {
  switch (file.kind) {
    case "template": {
      const { source } = templateOf(file, inputs);
      checkEdits(source, file.edits);
      return editTemplate(source, file.edits);
    }
    case "built": {
      const source = plan.files.find(({ path }) => path === file.source);
      if (source?.kind !== "template") throw new Error(`no source ${file.source}`);
      return editTemplate(templateOf(source, inputs)[file.as], source.edits);
    }
    case "wire-types": {
      const { wireTypes } = await import("./wire-types.js");
      return await wireTypes(inputs.root);
    }
    case "readme":
      return printReadme(file.readme);
    case "json":
      return `${JSON.stringify(toJson(file.value), null, 2)}\n`;
    case "text":
      return file.text;
  }
}

function templateOf(
  { template }: Extract<PlannedFile, { readonly kind: "template" }>,
  { templates }: EmitInputs,
): PlacedTemplate {
  const found = templates.get(template);
  if (found === undefined) throw new Error(`no template ${template}`);
  return found;
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
