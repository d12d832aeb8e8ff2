import type { ReadmeCell, ReadmeExample, ReadmePlan, ReadmeTable } from "../plan/package-plan.js";
import { builders } from "prettier/doc";
import { argumentsDoc, valueDoc } from "./layout-values.js";
import { bracketed, layOut, textWidth, type Doc } from "./layout.js";
import { markdownCode, markdownText, memberName, stringLiteral } from "./safe-text.js";

const { ifBreak, join, line } = builders;

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
  const options: readonly (readonly [string, Doc])[] = [
    ...example.options.map(([name, value]) => [memberName(name), valueDoc(value)] as const),
    ...(example.needsToken ? [["token", 'process.env["DEPLOYMENT_TOKEN"] ?? ""'] as const] : []),
  ];
  const call: Doc = [`client.${example.method}`, argumentsDoc(example.arguments)];
  const lines = example.each
    ? [layOut(["for await (const item of ", call, ") console.log(item);"])]
    : [layOut(["const prediction = await ", call, ";"]), "console.log(prediction);"];
  const used = (name: string): boolean => lines[0]?.includes(`${name}(`) === true;
  const imports = ["createClient", ...callees.filter(used)];
  const members = options.map(([name, doc]) => [name, ": ", doc]);
  const given =
    members.length === 0
      ? ""
      : bracketed(["{", "}"], [join([",", line], members), ifBreak(",")], { spaced: true });
  return [
    `import { ${imports.join(", ")} } from ${stringLiteral(packageName)};`,
    ...(used("fromFile") ? [`import { fromFile } from ${stringLiteral(`${packageName}/node`)};`] : []),
    "",
    layOut(["const client = createClient(", given, ");"]),
    ...lines,
  ];
}

/** Columns one below the other, as wide as their widest cell. */
function printTable({ heading, columns, rows }: ReadmeTable): string {
  const cells = [columns, ...rows.map((row) => row.map(printCell))];
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((row) => textWidth(row[column] ?? ""))));
  const printRow = (row: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = row[column] ?? "";
      return cell + " ".repeat(width - textWidth(cell));
    });
    return `| ${padded.join(" | ")} |`;
  };
  const [head = [], ...body] = cells;
  const ruler = widths.map((width) => "-".repeat(width));
  return [`## ${heading}`, "", ...[head, ruler, ...body].map(printRow)].join("\n");
}

function printCell({ kind, text }: ReadmeCell): string {
  return kind === "code" ? markdownCode(text) : markdownText(text);
}
