import { readFileSync } from "node:fs";

const paths = ["client/src/index.ts", "client/src/tf-serving.ts", "client/src/node.ts"];

/** The templates, as the command hands them to the compiler. */
export const templates: ReadonlyMap<string, string> = new Map(
  paths.map((path) => [path, readFileSync(new URL(`../templates/${path}`, import.meta.url), "utf8")]),
);
