import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../templates/client/src/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "wire.ts");

/** The templates, as the command hands them to the compiler. */
export const templates: ReadonlyMap<string, string> = new Map(
  names.map((name) => [`client/src/${name}`, readFileSync(new URL(name, folder), "utf8")]),
);
