/*
 * A template as it is written comes in; what a run of gen-deploy needs of it goes out: source, JavaScript and
 * declarations, laid out, with the places of edits.
 */
import { format } from "prettier";
import ts from "typescript";
import type { PlacedTemplate, PlacedText } from "../emit/placed-template.js";
import { sourceLayout } from "../emit/source-layout.js";
import { findPlaces } from "./find-places.js";

/** What is made of the template at `path`, which ends in `.ts`. */
export async function prepareTemplate(path: string, text: string): Promise<PlacedTemplate> {
  const source = await format(text, { ...sourceLayout, parser: "typescript" });
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    newLine: ts.NewLineKind.LineFeed,
    verbatimModuleSyntax: true,
    strict: true,
  };
  const options = { compilerOptions, fileName: path, reportDiagnostics: true };
  const declaring = { ...compilerOptions, isolatedDeclarations: true, declaration: true };
  const js = ts.transpileModule(source, options);
  const dts = ts.transpileDeclaration(source, { ...options, compilerOptions: declaring });
  return {
    source: findPlaces(path, source),
    js: await placed(path, js, false),
    dts: await placed(path, dts, true),
  };
}

async function placed(
  path: string,
  { outputText, diagnostics = [] }: ts.TranspileOutput,
  typed: boolean,
): Promise<PlacedText> {
  const [problem] = diagnostics;
  if (problem !== undefined)
    throw new Error(`${path} does not build: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
  return findPlaces(path, await format(outputText, { ...sourceLayout, parser: "typescript" }), typed);
}
