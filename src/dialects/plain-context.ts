import type { AuthScheme } from "@gen-deploy/runtime";
import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { Diagnostic } from "../model/diagnostic.js";
import { operationName } from "../spec/openapi-operations.js";
import { memberName } from "../spec/schema-names.js";
import type { ShapeReader } from "../spec/schema-shape.js";
import type { ResolvedSpec, SpecOperation } from "../spec/spec-types.js";

/** What the parts of a plain description are read with. */
export interface PlainContext {
  readonly spec: ResolvedSpec;
  readonly reader: ShapeReader;
  readonly auth: readonly AuthScheme[];
  readonly diagnostics: Diagnostic[];
}

/** Says something about a description that could be used all the same. */
export function note(context: PlainContext, about: Omit<Diagnostic, "severity">): void {
  context.diagnostics.push({ ...about, severity: "warning" });
}

/** The fingerprint of what stands at `pointer`, or empty text for what the description does not spell out. */
export function fingerprintOf({ spec }: PlainContext, pointer: string): string {
  return fingerprintAt(spec.root, pointer) ?? "";
}

/** What types of an operation, or of something with a name, are called after. */
export function typeName(named: SpecOperation | { readonly name: string }): string {
  return memberName("", "name" in named ? named.name : shortName(named)) || "Operation";
}

/** FastAPI calls operations `<function>_<path>_<method>`; the function is enough. */
function shortName(operation: SpecOperation): string {
  const name = operationName(operation);
  const ending = `${operation.path.replace(/[^\p{L}\p{N}_]/gu, "_")}_${operation.method}`;
  return name.endsWith(ending) && name.length > ending.length ? name.slice(0, -ending.length) : name;
}
