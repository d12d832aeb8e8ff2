import type { ReadmeCell, ReadmeExample, ReadmePlan, ReadmeTable } from "../plan/package-plan.js";
import { builders } from "prettier/doc";
import { argumentsDoc, valueDoc } from "./layout-values.js";
import { bracketed, layOut, textWidth, type Doc } from "./layout.js";
import { markdownCode, markdownText, memberName, stringLiteral } from "./safe-text.js";

const { hardline, ifBreak, indent, join, line } = builders;

/** The front page of a package as Markdown. Its example is a program that compiles. */
export function printReadme(readme: ReadmePlan): string {
  const { packageName, title, doc, paragraphs, tables } = readme;
  const { method, arguments: given } = readme.example;
  const example = { ...readme.example, call: [`client.${method}`, argumentsDoc(given)] };
  return [
    `# ${markdownText(packageName)}`,
    `A typed client for **${markdownText(title) || "a deployment"}**, written by gen-deploy.`,
    ...doc.split(/\n{2,}/).map(markdownText),
    ["```ts", ...exampleLines(packageName, example), "```"].join("\n"),
    ...paragraphs,
    printTesting(packageName, example),
    ...tables.filter(({ rows }) => rows.length > 0).map(printTable),
    "_Generated: edit the description and run gen-deploy again, not these files._",
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

/** An example, and the call in it. */
interface Example extends ReadmeExample {
  readonly call: Doc;
}

/** What the package exports for the sake of values. */
const callees = ["ndarray"];

const testingParagraph =
  "`mockTransport` answers in memory as the deployment would, so that tests need no server: it refuses what the deployment refuses, and gives each row an answer that follows from the row and the `seed`, or what your own `answers` make of it. `failures` has it fail, `token` has it ask for a credential, and `transport.calls` is what it was asked.";

/** How the package's user tests against it: a test that compiles. */
function printTesting(packageName: string, example: Example): string {
  return ["## Testing", "", testingParagraph, "", "```ts", ...testLines(packageName, example), "```"].join(
    "\n",
  );
}

function testLines(packageName: string, example: Example): readonly string[] {
  const body: Doc[] = [
    "const transport = mockTransport({ seed: 1 });",
    ["const client = createClient(", memberList([...optionDocs(example), ["transport", "transport"]]), ");"],
    example.each
      ? ["for await (const item of ", example.call, ") expect(item).toBeDefined();"]
      : ["const prediction = await ", example.call, ";"],
    ...(example.each ? [] : ["expect(prediction).toBeDefined();"]),
    "expect(transport.calls).toHaveLength(1);",
  ];
  const text = layOut([
    'test("the deployment is asked once", async () => {',
    indent([hardline, join(hardline, body)]),
    hardline,
    "});",
  ]);
  return [
    `import { expect, test } from "vitest";`,
    ...importLines(packageName, text),
    `import { mockTransport } from ${stringLiteral(`${packageName}/testing`)};`,
    "",
    text,
  ];
}

/** What a client is made with, beside its token. */
function optionDocs({ options }: ReadmeExample): readonly (readonly [string, Doc])[] {
  return options.map(([name, value]) => [memberName(name), valueDoc(value)] as const);
}

function memberList(given: readonly (readonly [string, Doc])[]): Doc {
  const members = given.map(([name, doc]) => (name === doc ? name : [name, ": ", doc]));
  if (members.length === 0) return "";
  return bracketed(["{", "}"], [join([",", line], members), ifBreak(",")], { spaced: true });
}

/** What `text` uses of the package. */
function importLines(packageName: string, text: string): readonly string[] {
  const imports = ["createClient", ...callees.filter((name) => text.includes(`${name}(`))];
  return [
    `import { ${imports.join(", ")} } from ${stringLiteral(packageName)};`,
    ...(text.includes("fromFile(")
      ? [`import { fromFile } from ${stringLiteral(`${packageName}/node`)};`]
      : []),
  ];
}

function exampleLines(packageName: string, example: Example): readonly string[] {
  const token: readonly (readonly [string, Doc])[] = example.needsToken
    ? [["token", 'process.env["DEPLOYMENT_TOKEN"] ?? ""']]
    : [];
  const lines = example.each
    ? [layOut(["for await (const item of ", example.call, ") console.log(item);"])]
    : [layOut(["const prediction = await ", example.call, ";"]), "console.log(prediction);"];
  return [
    ...importLines(packageName, lines[0] ?? ""),
    "",
    layOut(["const client = createClient(", memberList([...optionDocs(example), ...token]), ");"]),
    ...lines,
  ];
}

/** Columns one below the other, as wide as their widest cell. */
function printTable({ heading, columns, rows }: ReadmeTable): string {
  const cells = [columns, ...rows.map((row) => row.map(printCell))];
  const taken = cells.map((row) => row.map(textWidth));
  const widths = columns.map((_, column) =>
    taken.reduce((widest, row) => Math.max(widest, row[column] ?? 0), 3),
  );
  const lines = cells.map((row, index) => {
    const padded = widths.map(
      (width, column) => `${row[column] ?? ""}${" ".repeat(width - (taken[index]?.[column] ?? 0))}`,
    );
    return `| ${padded.join(" | ")} |`;
  });
  const [head = "", ...body] = lines;
  const ruler = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [`## ${heading}`, "", head, ruler, ...body].join("\n");
}

function printCell({ kind, text }: ReadmeCell): string {
  return kind === "code" ? markdownCode(text) : markdownText(text);
}
