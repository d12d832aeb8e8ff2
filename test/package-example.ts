import type { SourceText } from "../src/emit/emit.js";

/** What stands for vitest where a test is compiled alone. */
const testers = [
  "declare const test: (name: string, body: () => Promise<void>) => void;",
  "declare const expect: (value: unknown) => { toBeDefined(): void; toHaveLength(length: number): void };",
].join("\n");

/** The program of a package's front page, as a user would paste it beside the package, and the test below it. */
export function exampleOf(files: readonly SourceText[]): string {
  const readme = files.find(({ path }) => path === "README.md")?.text ?? "";
  const [, program = "", tests = ""] = /```ts\n(.*?)\n```.*?```ts\n(.*?)\n```/s.exec(readme) ?? [];
  const imported = program
    .replace(/from "[^"]*\/node"/, 'from "./src/node.js"')
    .replace(/from "[^"./]*"/, 'from "./src/index.js"');
  // The test imports what the program does, and the stand-in.
  const body = tests.slice(tests.indexOf("\ntest("));
  return [imported, 'import { mockTransport } from "./src/testing.js";', testers, body].join("\n");
}
