import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe as suite, expect, test } from "vitest";
import { describe } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";

/*
 * Real descriptions of model deployments, which are not part of this project: where they lie beside it, each is
 * understood by the dialect that its system has, or refused for what it lacks.
 */
const folder = fileURLToPath(new URL("../../../shared/specs/", import.meta.url));
const isHere = existsSync(folder);

const expected: readonly { readonly name: RegExp; readonly want: string }[] = [
  { name: /cog-openapi_schema/, want: "cog" },
  { name: /tf2openapi/, want: "tf-serving" },
  { name: /MLServer__dataplane|open_inference_rest/, want: "openapi/no-model" },
  { name: /fastapi-model|dai-deployment|text-embeddings|azureml-inference-server/, want: "openapi" },
];

suite.skipIf(!isHere)("real descriptions", () => {
  const files = isHere ? readdirSync(folder).filter((file) => /\.(?:json|ya?ml)$/.test(file)) : [];

  test.each(files)("%s", async (file) => {
    const known = expected.filter(({ name }) => name.test(file));
    expect(known).toHaveLength(1);
    expect(await outcome(file)).toBe(known[0]?.want);
  });
});

async function outcome(file: string): Promise<string> {
  try {
    const text = readFileSync(`${folder}${file}`, "utf8");
    return (await describe({ name: file, url: null, text })).model.dialect;
  } catch (error) {
    if (error instanceof GenDeployError) return error.code;
    throw error;
  }
}
