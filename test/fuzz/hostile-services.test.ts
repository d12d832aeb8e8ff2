import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import type { SourceText } from "../../src/emit/emit.js";
import { exampleOf } from "../package-example.js";
import { servicePackage } from "../plan/service-model.js";
import { templates } from "../templates.js";
import { typeCheck } from "../type-check.js";
import { hostileOpenApi } from "./hostile-openapi.js";
import { hostileService } from "./hostile-service.js";

/** Another seed tries others: `FUZZ_SEED=7 npx vitest run test/fuzz`. */
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

function add(program: Map<string, string>, folder: string, files: readonly SourceText[]): void {
  for (const { path, text } of files) program.set(`${folder}/${path}`, text);
  program.set(`${folder}/example.ts`, exampleOf(files));
}

test(`models of hostile text and shapes compile, sources, built files and example alike, seed ${seed}`, async () => {
  const program = new Map<string, string>();
  for (const [index, model] of fc.sample(hostileService, { seed, numRuns: 40 }).entries())
    add(program, `fuzz-service-${index}`, await servicePackage(model));
  expect(typeCheck(program)).toEqual([]);
}, 240_000);

test(`OpenAPI of hostile text and schemas compiles likewise, or is refused, seed ${seed}`, async () => {
  const program = new Map<string, string>();
  const descriptions = fc.sample(hostileOpenApi, { seed, numRuns: 40 });
  let generated = 0;
  for (const [index, description] of descriptions.entries()) {
    const text = JSON.stringify(description);
    try {
      const { files } = await compile({ name: "spec.json", url: null, text }, {}, { templates });
      add(program, `fuzz-openapi-${index}`, files);
      generated += 1;
    } catch (error) {
      if (!(error instanceof GenDeployError)) throw error;
    }
  }
  expect(generated).toBeGreaterThan(descriptions.length / 2);
  expect(typeCheck(program)).toEqual([]);
}, 240_000);
