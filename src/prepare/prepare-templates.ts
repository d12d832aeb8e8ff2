/*
 * Run when gen-deploy is built: writes `dist/templates.json`, all that a run needs of the templates.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareTemplate } from "./prepare-template.js";

const sources = fileURLToPath(new URL("../../templates/client/src/", import.meta.url));
const target = fileURLToPath(new URL("../templates.json", import.meta.url));

// The types that openapi-typescript makes stand in for themselves there.
const names = (await readdir(sources)).filter((name) => name.endsWith(".ts") && name !== "wire.ts").sort();
const prepared = await Promise.all(
  names.map(async (name) => {
    const text = await readFile(join(sources, name), "utf8");
    return [`client/src/${name}`, await prepareTemplate(name, text)] as const;
  }),
);
await writeFile(target, JSON.stringify(Object.fromEntries(prepared)));
