import { readdirSync, readFileSync } from "node:fs";
import { prepareTemplate } from "../src/prepare/prepare-template.js";

const folder = new URL("../templates/client/src/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "wire.ts");

/** The templates, as the build prepares them for the command. */
export const templates = new Map(
  await Promise.all(
    names.map(async (name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      return [`client/src/${name}`, await prepareTemplate(name, text)] as const;
    }),
  ),
);
