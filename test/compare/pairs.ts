import { compareModels } from "../../src/compare/compare-models.js";
import type { Change, Comparison } from "../../src/compare/change.js";
import { compile } from "../../src/compile.js";
import type { CompileOptions } from "../../src/compile-options.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";

/** Two descriptions of one deployment, and code of its callers. */
export interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly options?: CompileOptions;
  /** Bodies of functions by name, which have `client`, of either package. */
  readonly code: Readonly<Record<string, string>>;
  /** Statements beside the functions, which have the types of both packages as `Before` and `After`. */
  readonly types?: string;
}

/** What a comparison says, and the compiler. */
export interface Judged {
  readonly comparison: Comparison;
  /** What the compiler has to say of a piece of code. */
  readonly complaints: (which: "before" | "after" | "types", code: string) => readonly string[];
}

/** Compiles the packages of both descriptions of each pair, and all code against them, in one program. */
export async function judge(pairs: readonly Pair[]): Promise<readonly Judged[]> {
  const program = new Map<string, string>();
  const comparisons: Comparison[] = [];
  for (const [index, pair] of pairs.entries()) {
    const models = [];
    for (const which of ["before", "after"] as const) {
      const text = { name: `${which}.json`, url: null, text: pair[which] };
      const options: CompileOptions = { name: "pair", emit: ["ts"], ...pair.options };
      const { model, files } = await compile(text, options, { templates });
      models.push(model);
      for (const file of files)
        if (file.path.endsWith(".ts")) program.set(`compare-${index}/${which}/${file.path}`, file.text);
      for (const [name, body] of Object.entries(pair.code))
        program.set(`compare-${index}/${which}-${name}.ts`, caller(which, body));
    }
    program.set(`compare-${index}/types-all.ts`, `${bothTypes}${pair.types ?? ""}`);
    const [before, after] = models;
    if (before === undefined || after === undefined) throw new Error("a model is missing");
    comparisons.push(compareModels(before, after));
  }
  const complaints = typeCheck(program, { noUnusedLocals: false, skipLibCheck: true });
  return comparisons.map((comparison, index) => ({
    comparison,
    complaints: (which, code) =>
      complaints.filter((text) => text.includes(`/compare-${index}/${which}-${code}.ts:`)),
  }));
}

/** The kind of the gravest of these changes. */
export function gravest(changes: readonly Change[]): string {
  const kinds: ReadonlySet<string> = new Set(changes.map(({ kind }) => kind));
  return ["breaking", "additive", "documentation"].find((kind) => kinds.has(kind)) ?? "none";
}

const bothTypes = [
  'import type * as Before from "./before/src/index.js";',
  'import type * as After from "./after/src/index.js";',
  "export type Both = [Before.Client, After.Client];",
  "",
].join("\n");

function caller(which: string, body: string): string {
  return [
    `import * as pack from "./${which}/src/index.js";`,
    "const client = pack.createClient();",
    "declare function use<T>(value: T): void;",
    "declare const files: { blob: Blob; bytes: Uint8Array; link: URL };",
    `export async function call(): Promise<void> {\n${body}\n}`,
    "interface Mine { a: string }",
    "declare function make<T>(): T;",
    "export type Own = Mine;",
    "void use; void files; void make; void client;",
    "",
  ].join("\n");
}
