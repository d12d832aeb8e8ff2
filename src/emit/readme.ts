import type { ReadmeFeature, ReadmePlan } from "../plan/package-plan.js";
import { printValue } from "./print.js";
import { markdownCode, markdownText, stringLiteral } from "./safe-text.js";

/** The front page of a package as Markdown. Its example is a program that compiles. */
export function printReadme(readme: ReadmePlan): string {
  const name = readme.packageName;
  return [
    `# ${markdownText(name)}`,
    `A typed client for **${markdownText(readme.title) || "a deployment"}**, written by gen-deploy.`,
    ...readme.doc.split(/\n{2,}/).map(markdownText),
    ["```ts", ...exampleLines(readme), "```"].join("\n"),
    `\`client.predictMany(rows)\` takes any number of rows, and \`client.predictStream(source)\` an endless source of them. Every failure is a \`DeploymentError\` with a closed \`code\`. \`client.verify()\` rejects when the live deployment is no longer the one that is described here.`,
    "## Input",
    table(readme.inputs),
    "## Output",
    table(readme.outputs),
    "_Generated: edit the description and run gen-deploy again, not these files._",
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

function exampleLines(readme: ReadmePlan): readonly string[] {
  const options = [
    ...(readme.needsUrl ? [`url: "https://example.com/deployment/forward"`] : []),
    ...(readme.needsToken ? [`token: process.env["DEPLOYMENT_TOKEN"] ?? ""`] : []),
  ];
  const example = printValue(readme.example);
  const imports = ["createClient", ...(example.includes("ndarray(") ? ["ndarray"] : [])];
  return [
    `import { ${imports.join(", ")} } from ${stringLiteral(readme.packageName)};`,
    ...(readme.readsFile ? [`import { fromFile } from ${stringLiteral(`${readme.packageName}/node`)};`] : []),
    "",
    `const client = createClient(${options.length === 0 ? "" : `{ ${options.join(", ")} }`});`,
    `const prediction = await client.predict(${example});`,
    "console.log(prediction);",
  ];
}

function table(features: readonly ReadmeFeature[]): string {
  const rows = features.map(({ name, type, doc }) => {
    return `| ${markdownCode(name)} | ${markdownText(type)} | ${markdownText(doc)} |`;
  });
  return ["| feature | type | |", "| --- | --- | --- |", ...rows].join("\n");
}
