import type { ReadmeCell, ReadmeExample, ReadmePlan, ReadmeTable } from "../plan/package-plan.js";
import { printValue } from "./print.js";
import { markdownCode, markdownText, memberName, stringLiteral } from "./safe-text.js";

/** The front page of a package as Markdown. Its example is a program that compiles. */
export function printReadme(readme: ReadmePlan): string {
  const { packageName, title, doc, example, paragraphs, tables } = readme;
  return [
    `# ${markdownText(packageName)}`,
    `A typed client for **${markdownText(title) || "a deployment"}**, written by gen-deploy.`,
    ...doc.split(/\n{2,}/).map(markdownText),
    ["```ts", ...exampleLines(packageName, example), "```"].join("\n"),
    ...paragraphs,
    ...tables.filter(({ rows }) => rows.length > 0).map(printTable),
    "_Generated: edit the description and run gen-deploy again, not these files._",
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

/** What the package exports for the sake of values. */
const callees = ["ndarray"];

function exampleLines(packageName: string, example: ReadmeExample): readonly string[] {
  const options = [
    ...example.options.map(([name, value]) => `${memberName(name)}: ${printValue(value)}`),
    ...(example.needsToken ? [`token: process.env["DEPLOYMENT_TOKEN"] ?? ""`] : []),
  ];
  const given = example.arguments.map(printValue).join(", ");
  const used = (name: string): boolean => given.includes(`${name}(`);
  const imports = ["createClient", ...callees.filter(used)];
  const call = `client.${example.method}(${given})`;
  return [
    `import { ${imports.join(", ")} } from ${stringLiteral(packageName)};`,
    ...(used("fromFile") ? [`import { fromFile } from ${stringLiteral(`${packageName}/node`)};`] : []),
    "",
    `const client = createClient(${options.length === 0 ? "" : `{ ${options.join(", ")} }`});`,
    ...(example.each
      ? [`for await (const item of ${call}) console.log(item);`]
      : [`const prediction = await ${call};`, "console.log(prediction);"]),
  ];
}

function printTable({ heading, columns, rows }: ReadmeTable): string {
  const lines = rows.map((cells) => `| ${cells.map(printCell).join(" | ")} |`);
  const head = [`| ${columns.join(" | ")} |`, `| ${columns.map(() => "---").join(" | ")} |`];
  return [`## ${heading}`, "", ...head, ...lines].join("\n");
}

function printCell({ kind, text }: ReadmeCell): string {
  return kind === "code" ? markdownCode(text) : markdownText(text);
}
