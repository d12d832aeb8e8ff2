import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import { describe as understand } from "../../src/compile.js";
import { readPackageDescription } from "../../src/disk/package-description.js";
import type { DeploymentModel } from "../../src/model/deployment-model.js";
import type { Edit, Value } from "../../src/plan/package-plan.js";
import { planClient } from "../../src/plan/plan-client.js";
import { fixtures } from "../dialects/descriptions.js";

const samples = fileURLToPath(new URL("../../generated-samples/", import.meta.url));

/** What the user said beside a description when its sample was made. */
const labels = new Map([["severity", ["mild", "moderate", "severe"]]]);

describe("a bound model", () => {
  test.each(readdirSync(samples))("is what the package %s exports", async (sample) => {
    const described = await readPackageDescription(`${samples}${sample}`);
    if (described === undefined) throw new Error(`${sample} has no description`);
    const { text, metadata } = described;
    const options = { ...(metadata === undefined ? {} : { metadata }) };
    const stated = sample === "peltarion-categorical" ? { ...options, labels } : options;
    const { model } = await understand(text, stated);
    const module: unknown = await import(`${samples}${sample}/src/index.ts`);
    expect(bindModel(model).deployment).toStrictEqual(Reflect.get(Object(module), "deployment"));
  });

  test.each(fixtures().map(({ dialect, name, folder }) => ({ dialect, name, folder })))(
    "is what a package of $dialect/$name would export",
    ({ folder }) => {
      const { model }: { readonly model: DeploymentModel } = JSON.parse(
        readFileSync(`${folder}/model.json`, "utf8"),
      );
      expect(bindModel(model).deployment).toStrictEqual(exported(model));
    },
  );
});

/** The descriptor that the plan writes, worked out. */
function exported(model: DeploymentModel): unknown {
  const [main] = model.operations;
  if (main === undefined) throw new Error("no operation");
  const { edits } = planClient({ model, main, packageName: "any" }).source;
  const sets = valueOf(edits, "labels");
  const known = sets === undefined ? {} : Object(worth(sets, {}));
  return worth(valueOf(edits, "deployment"), known);
}

function valueOf(edits: readonly Edit[], target: string): Value | undefined {
  return edits.flatMap((edit) =>
    edit.kind === "set-value" && edit.target === target ? [edit.value] : [],
  )[0];
}

/** What an expression is worth; `labels` are the sets that it refers to. */
function worth(value: Value | undefined, labels: object): unknown {
  if (value === undefined) throw new Error("no value");
  switch (value.kind) {
    case "literal":
      return value.value;
    case "list":
      return value.items.map((item) => worth(item, labels));
    case "object":
      return Object.fromEntries(value.members.map(([name, member]) => [name, worth(member, labels)]));
    case "reference":
      return Reflect.get(labels, value.path.at(-1) ?? "");
    default:
      throw new Error(`no part of a descriptor: ${value.kind}`);
  }
}
