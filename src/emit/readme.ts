import type { ReadmeFeature, ReadmePlan, ReadmeSignature } from "../plan/package-plan.js";
import { printValue } from "./print.js";
import { markdownCode, markdownText, stringLiteral } from "./safe-text.js";

/** The front page of a package as Markdown. Its example is a program that compiles. */
export function printReadme(readme: ReadmePlan): string {
  const name = readme.packageName;
  const has = (wanted: string): boolean => readme.signatures.some(({ verbs }) => verbs.includes(wanted));
  return [
    `# ${markdownText(name)}`,
    `A typed client for **${markdownText(readme.title) || "a deployment"}**, written by gen-deploy.`,
    ...readme.doc.split(/\n{2,}/).map(markdownText),
    ["```ts", ...exampleLines(readme), "```"].join("\n"),
    readme.signatures.length === 0 ? rowsParagraph : modelParagraph,
    ...(has("predict") ? [predictParagraph] : []),
    ...(has("classify") || has("regress") ? [examplesParagraph] : []),
    ...(readme.inputs.length === 0 ? [] : ["## Input", table(readme.inputs)]),
    ...(readme.outputs.length === 0 ? [] : ["## Output", table(readme.outputs)]),
    ...(readme.signatures.length < 2 ? [] : ["## Signatures", signatureTable(readme.signatures)]),
    "_Generated: edit the description and run gen-deploy again, not these files._",
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

const rowsParagraph =
  "`client.predictMany(rows)` takes any number of rows, and `client.predictStream(source)` an endless source of them. Every failure is a `DeploymentError` with a closed `code`. `client.verify()` rejects when the live deployment is no longer the one that is described here.";

const modelParagraph =
  "`client.status()` and `client.metadata()` tell of the model, `client.waitUntilReady()` waits until it is loaded, and `client.verify()` rejects when the live signatures are no longer those that are described here. `version` or `label` chooses among its versions, for a client or a call. `client.signatures` has each signature by name. Every failure is a `DeploymentError` with a closed `code`.";

const predictParagraph =
  '`predictMany(rows)` takes any number of rows, `predictStream(source)` an endless source of them, and `predictColumns(columns)` whole tensors. Tensors go out and come in by name and column; `{ framing: "row" }` asks for rows instead.';

const examplesParagraph =
  "`classify` and `regress` take examples, objects of features, and any features that all of them share as `context`: `client.classify(examples, { context })`. A feature whose kind the description does not state says it: `{ age: { float: 1 } }`, `{ int64: … }` or `{ bytes: … }`.";

function exampleLines(readme: ReadmePlan): readonly string[] {
  const options = [
    ...(readme.exampleUrl === null ? [] : [`url: ${stringLiteral(readme.exampleUrl)}`]),
    ...(readme.needsToken ? [`token: process.env["DEPLOYMENT_TOKEN"] ?? ""`] : []),
  ];
  const example = printValue(readme.example);
  const imports = ["createClient", ...(example.includes("ndarray(") ? ["ndarray"] : [])];
  return [
    `import { ${imports.join(", ")} } from ${stringLiteral(readme.packageName)};`,
    ...(readme.readsFile ? [`import { fromFile } from ${stringLiteral(`${readme.packageName}/node`)};`] : []),
    "",
    `const client = createClient(${options.length === 0 ? "" : `{ ${options.join(", ")} }`});`,
    `const prediction = await client.${readme.method}(${example});`,
    "console.log(prediction);",
  ];
}

function signatureTable(signatures: readonly ReadmeSignature[]): string {
  const rows = signatures.map(({ name, verbs, doc }) => {
    return `| ${markdownCode(name)} | ${verbs.join(", ")} | ${markdownText(doc)} |`;
  });
  return ["| signature | verbs | |", "| --- | --- | --- |", ...rows].join("\n");
}

function table(features: readonly ReadmeFeature[]): string {
  const rows = features.map(({ name, type, doc }) => {
    return `| ${markdownCode(name)} | ${markdownText(type)} | ${markdownText(doc)} |`;
  });
  return ["| feature | type | |", "| --- | --- | --- |", ...rows].join("\n");
}
