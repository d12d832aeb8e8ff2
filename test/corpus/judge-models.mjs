/*
 * One share of the corpus: each model's package is generated and written, the example of the model's author is put to
 * the schema itself and to the package's client, both ways, and beside the package a file is written that puts it to
 * `Input`. Started with the place of the models, which share, of how many, and how far apart the models are.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { memoryTransport } from "@gen-deploy/runtime";
import { Ajv } from "ajv";
import ts from "typescript";
import { compile } from "../../dist/index.js";
import { packageFolder, readModels } from "./dataset.mjs";

const [path = "", share = "0", shares = "1", every = "1"] = process.argv.slice(2);
const prepared = await readFile(new URL("../../dist/templates.json", import.meta.url), "utf8");
const environment = { templates: new Map(Object.entries(JSON.parse(prepared))) };

for (const model of await readModels(path)) {
  const turn = model.index / Number(every);
  if (Number.isInteger(turn) && turn % Number(shares) === Number(share)) process.send(await judge(model));
}
process.disconnect();

async function judge({ index, id, schema, example, output }) {
  const { components } = schema;
  const input = Object.hasOwn(components.schemas, "Input") ? "Input" : "input";
  const result = {
    index,
    id,
    schema: schemaFault(components, input, example),
    outputSchema: schemaFault(components, "Output", output),
  };
  const name = `model-${index}`;
  let files;
  try {
    const text = { name: id, url: null, text: JSON.stringify(schema) };
    files = (await compile(text, { name, emit: ["ts"] }, environment)).files;
  } catch (error) {
    return { ...result, generated: reasonOf(error) };
  }
  const folder = packageFolder(index);
  const sources = [...files, { path: "src/example.ts", text: exampleText(example) }];
  for (const file of sources) await write(join(folder, file.path), file.text);
  return { ...result, ...(await clientFaults(folder, example, output)) };
}

/** Why the schema itself refuses a value; undefined where it does not. */
function schemaFault(components, name, value) {
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, logger: false });
  try {
    const validate = ajv.compile({ components, $ref: `#/components/schemas/${name}` });
    if (validate(value)) return undefined;
    const [fault] = validate.errors;
    return `${fault.keyword}: ${fault.message.replace(/'[^']*'/g, "…").replace(/-?\d+(?:\.\d+)?/g, "#")}`;
  } catch (error) {
    return `no schema: ${error.message}`;
  }
}

/** Why the package's client does not send the example, or, where it does, does not read its output. */
async function clientFaults(folder, example, output) {
  for (const file of ["index", "wire"]) await transpile(join(folder, "src", file));
  const { createClient } = await import(pathToFileURL(join(folder, "src/index.js")).href);
  const transport = memoryTransport(() => ({ json: { status: "succeeded", output } }));
  const client = createClient({ url: "http://localhost:5000", transport, retry: false });
  try {
    await client.predict(example);
  } catch (error) {
    return { [transport.calls.length === 0 ? "runTime" : "reading"]: reasonOf(error) };
  }
  return {};
}

async function transpile(file) {
  const text = ts.sys.readFile(`${file}.ts`);
  if (text === undefined) return;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  await write(`${file}.js`, ts.transpileModule(text, { compilerOptions }).outputText);
}

/**
 * A variable of its own, and any further names: so what the type does not know counts as the schema counts it. Without
 * the record, an example that has nothing but such names would be taken for a mistake.
 */
function exampleText(example) {
  const literal = JSON.stringify(example).replaceAll('"__proto__":', '["__proto__"]:');
  return `import type { Input } from "./index.js";\n\nconst given = ${literal} as const;\nexport const input: Input & Readonly<Record<string, unknown>> = given;\n`;
}

async function write(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** An error without what is particular to one model. */
function reasonOf(error) {
  const { code = error.name, message } = error;
  return `${code}: ${String(message)
    .replace(/"(?:[^"\\]|\\.)*"/g, "…")
    .replace(/\d+/g, "#")
    .slice(0, 200)}`;
}
