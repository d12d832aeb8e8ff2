import { createRequire } from "node:module";

const loadYaml: (name: "yaml") => typeof import("yaml") = createRequire(import.meta.url);
const loadJsonc: (name: "jsonc-parser") => typeof import("jsonc-parser") = createRequire(import.meta.url);

/** The YAML parser, loaded at the first call: most descriptions are JSON and need not pay for it. */
export function yamlLibrary(): typeof import("yaml") {
  return loadYaml("yaml");
}

/** The JSON parser that knows positions, loaded at the first call: only complaints need it. */
export function jsoncLibrary(): typeof import("jsonc-parser") {
  return loadJsonc("jsonc-parser");
}
