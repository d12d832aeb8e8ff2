import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { peltarion } from "../../src/dialects/peltarion.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";
import type { ResolvedSpec, SpecText } from "../../src/spec/spec-types.js";

/** One folder of `test/dialects/<dialect>/`: a description with what must come of it. */
export interface Fixture {
  readonly dialect: string;
  readonly name: string;
  readonly folder: string;
  readonly spec: string;
  /** What a running server says besides, where the fixture has it. */
  readonly metadata: SpecText | undefined;
  readonly wire: readonly string[];
}

const here = fileURLToPath(new URL(".", import.meta.url));

/** Every fixture of every dialect. */
export function fixtures(): readonly Fixture[] {
  return foldersIn(here).flatMap((dialect) =>
    foldersIn(`${here}${dialect}`).map((name): Fixture => {
      const folder = `${here}${dialect}/${name}`;
      const spec = readdirSync(folder).find((file) => file.startsWith("spec."));
      if (spec === undefined) throw new Error(`${folder} has no description`);
      const wire = readdirSync(`${folder}/wire`).map((file) => `${folder}/wire/${file}`);
      return { dialect, name, folder, spec: `${folder}/${spec}`, metadata: metadataIn(folder), wire };
    }),
  );
}

function metadataIn(folder: string): SpecText | undefined {
  const path = `${folder}/metadata.json`;
  if (!existsSync(path)) return undefined;
  return { name: "metadata.json", url: null, text: readFileSync(path, "utf8") };
}

/** A fixture's description, read and resolved. */
export async function readFixture({ spec }: Fixture): Promise<ResolvedSpec> {
  const name = spec.slice(spec.lastIndexOf("/") + 1);
  return resolve(parse({ name, url: null, text: readFileSync(spec, "utf8") }));
}

/** How a test says what a description holds; the rest is as small as it can be. */
export interface Sketch {
  readonly inputs?: object;
  readonly outputs?: object;
  readonly paths?: object;
  readonly more?: object;
}

/** The text of a small Peltarion description. */
export function sketch({ inputs, outputs, paths, more }: Sketch = {}): string {
  const number = { n: { "x-peltarion": { type: "numeric", shape: [1] } } };
  return JSON.stringify({
    paths: paths ?? { "/deployment/{id}/forward": { "x-peltarion-tensorjson": true, post: {} } },
    components: {
      schemas: {
        "input-row": { properties: inputs ?? number },
        "output-row-batch": { properties: { rows: { properties: outputs ?? number } } },
      },
    },
    ...more,
  });
}

/** What the user says beside the description. */
export interface Said {
  readonly url?: string;
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  readonly operations?: readonly string[];
}

/** What the dialect makes of a description's text. */
export async function interpret(text: string, said: Said = {}): Promise<Interpretation> {
  const spec = await resolve(parse({ name: "spec.json", url: said.url ?? null, text }));
  return peltarion.interpret(spec, {
    labels: new Map(Object.entries(said.labels ?? {})),
    operations: said.operations ?? [],
  });
}

/** The error that the dialect refuses a description with. */
export async function refusal(text: string, said: Said = {}): Promise<GenDeployError> {
  try {
    await interpret(text, said);
  } catch (error) {
    if (error instanceof GenDeployError) return error;
    throw error;
  }
  throw new Error("the description was accepted");
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
