/*
 * Source text in, JavaScript and declarations out: by one TypeScript, from syntax alone, with no type-check and no
 * look at other files.
 */

/** Turns a source into what it is published as. */
export interface SourceBuilder {
  readonly js: (path: string, text: string) => string;
  readonly dts: (path: string, text: string) => string;
}

/** Loads TypeScript and gives what builds sources. */
export async function createSourceBuilder(): Promise<SourceBuilder> {
  const { default: ts } = await import("typescript");
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    newLine: ts.NewLineKind.LineFeed,
    verbatimModuleSyntax: true,
    strict: true,
  };
  const checked = (path: string, output: import("typescript").TranspileOutput): string => {
    const [problem] = output.diagnostics ?? [];
    if (problem === undefined) return output.outputText;
    throw new Error(`${path} does not build: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
  };
  const options = (fileName: string) => ({ compilerOptions, fileName, reportDiagnostics: true });
  const declaring = { isolatedDeclarations: true, declaration: true };
  return {
    js: (path, text) => checked(path, ts.transpileModule(text, options(path))),
    dts: (path, text) =>
      checked(
        path,
        ts.transpileDeclaration(text, {
          ...options(path),
          compilerOptions: { ...compilerOptions, ...declaring },
        }),
      ),
  };
}
