import type { SourceText } from "../src/emit/emit.js";

/** The program of a package's front page, as a user would paste it beside the package. */
export function exampleOf(files: readonly SourceText[]): string {
  const readme = files.find(({ path }) => path === "README.md")?.text ?? "";
  const [, program = ""] = /```ts\n(.*?)\n```/s.exec(readme) ?? [];
  return program
    .replace(/from "[^"]*\/node"/, 'from "./src/node.js"')
    .replace(/from "[^"./]*"/, 'from "./src/index.js"');
}
