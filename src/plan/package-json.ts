import { generatedFields } from "../package-fields.js";
import { runtimeRange } from "../version.js";
import { json } from "./descriptor.js";
import { object, type Value } from "./package-plan.js";

/** What a package's `package.json` is made of. */
export interface PackageJsonOptions {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly emit: readonly ("ts" | "js")[];
  readonly runtime: "shared" | "inline";
  /** The descriptions' file names in the package. */
  readonly specFiles: readonly string[];
  /** The `package.json` that stands in the output folder, or null. */
  readonly previous: Readonly<Record<string, unknown>> | null;
}

const number = String.raw`(?:0|[1-9]\d*)`;
const word = String.raw`(?:${number}|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const build = "[0-9a-zA-Z-]+";
const version = new RegExp(
  String.raw`^${number}\.${number}\.${number}(?:-${word}(?:\.${word})*)?(?:\+${build}(?:\.${build})*)?$`,
);

/** Whether npm would take `text` for a package's version (Semantic Versioning 2.0.0 §2, §9, §10). */
export function isVersion(text: string): boolean {
  return text.length <= 256 && version.test(text);
}

/** A publishable `package.json`; licence and fields that gen-deploy does not write are kept from the previous one. */
export function planPackageJson(options: PackageJsonOptions): Value {
  const built = options.emit.includes("js");
  const entry = (name: string): Value =>
    built ? json({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` }) : json(`./src/${name}.ts`);
  const kept = Object.entries(options.previous ?? {}).filter(
    ([field]) => !generatedFields.has(field) && field !== "version" && field !== "license",
  );
  const license = options.previous?.["license"];
  return object([
    ["name", json(options.name)],
    ["version", json(options.version)],
    ["description", json(options.description)],
    ["license", json(typeof license === "string" ? license : "UNLICENSED")],
    ...kept.map(([field, value]) => [field, json(value)] as const),
    ["type", json("module")],
    ["sideEffects", json(false)],
    ["engines", json({ node: ">=20.19" })],
    [
      "exports",
      object([
        [".", entry("index")],
        ["./node", entry("node")],
        ["./testing", entry("testing")],
        ...options.specFiles.map((file) => [`./${file}`, json(`./${file}`)] as const),
        ["./package.json", json("./package.json")],
      ]),
    ],
    [
      "imports",
      options.runtime === "inline" ? json({ "#transport": "./runtime/http/transport-fetch.js" }) : undefined,
    ],
    ["files", json(folders(options))],
    [
      "dependencies",
      options.runtime === "shared" ? json({ "@gen-deploy/runtime": runtimeRange }) : undefined,
    ],
  ]);
}

function folders({ emit, runtime, specFiles }: PackageJsonOptions): readonly string[] {
  return [
    // Nothing leads an installed package's users from what was built to its sources.
    emit.includes("js") ? "dist" : "src",
    ...(runtime === "inline" ? ["runtime"] : []),
    ...specFiles,
    "gen-deploy.json",
    // It is there from the first change of the model on.
    "CHANGELOG.md",
  ];
}
