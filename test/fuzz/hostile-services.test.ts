import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleOf } from "../package-example.js";
import { servicePackage } from "../plan/service-model.js";
import { typeCheck } from "../type-check.js";
import { hostileService } from "./hostile-service.js";

/** Another seed tries other models: `FUZZ_SEED=7 npx vitest run test/fuzz`. */
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

test(`services of hostile text and shapes compile, sources, built files and example alike, seed ${seed}`, async () => {
  const program = new Map<string, string>();
  for (const [index, model] of fc.sample(hostileService, { seed, numRuns: 60 }).entries()) {
    const files = await servicePackage(model);
    for (const { path, text } of files) program.set(`fuzz-service-${index}/${path}`, text);
    program.set(`fuzz-service-${index}/example.ts`, exampleOf(files));
  }
  expect(typeCheck(program)).toEqual([]);
}, 240_000);
