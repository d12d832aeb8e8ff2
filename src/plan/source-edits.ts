import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { named, type Edit, type TypeTree } from "./package-plan.js";

/** The first comment of a package's entry. */
export function headline(model: DeploymentModel): string {
  return model.doc === "" ? `${model.title}.` : `${model.title}.\n\n${model.doc}`;
}

/** Edits that take out the names, of those that a template imports, that a package does not use. */
export function unusedImports(names: readonly string[], used: ReadonlySet<string>): readonly Edit[] {
  return names.filter((name) => !used.has(name)).map((target) => ({ kind: "remove", target }));
}

/** Holds the feature names to the types of the description where there are such types. */
export function wireEdits({ input, output }: OperationModel): readonly Edit[] {
  if (input.wireType === null || output.wireType === null) {
    return [
      ...unusedImports(["WireNames", ...wireRoots], new Set()),
      { kind: "set-type", target: "InputName", type: { kind: "keyof", name: "Input" } },
      { kind: "set-type", target: "OutputName", type: { kind: "keyof", name: "Output" } },
    ];
  }
  const roots = [input.wireType, output.wireType].map(([root = "components"]) => root);
  return [
    ...unusedImports(wireRoots, new Set(roots)),
    { kind: "set-type", target: "InputName", type: wireNames(input.wireType) },
    { kind: "set-type", target: "OutputName", type: wireNames(output.wireType) },
  ];
}

/** What the templates import of the types that openapi-typescript makes. */
const wireRoots: readonly string[] = ["components", "paths"];

function wireNames([root = "components", ...path]: readonly string[]): TypeTree {
  const keys = path.map((value) => ({ kind: "literal", value }) as const);
  return named("WireNames", named(root), { kind: "tuple", items: keys });
}
