import { describe, expect, test } from "vitest";
import { json } from "../../src/plan/descriptor.js";
import type { Edit, PackagePlan } from "../../src/plan/package-plan.js";
import { packageName, planPackage, type PlanOptions } from "../../src/plan/plan-package.js";
import { feature, handMadeModel } from "../emit/hand-made-model.js";

const options: PlanOptions = {
  runtime: "shared",
  emit: ["ts", "js"],
  specs: [{ file: "openapi.json", text: "{}" }],
  previous: null,
  runtimeFiles: new Map([
    ["index.js", 'import { a } from "./client/a.js";\nexport { a };\n'],
    ["index.d.ts", 'export type { A } from "./client/types.js";\n'],
    ["client/a.js", 'export const late = () => import("../verify/late.js");\n'],
    ["client/a.d.ts", "export {};\n"],
    ["client/types.d.ts", "export {};\n"],
    ["client/types.js", "export {};\n"],
    ["verify/late.js", 'import { b } from "#transport";\n'],
    ["http/transport-fetch.js", "export const b = 1;\n"],
    ["http/transport-undici.js", 'import "undici";\n'],
    ["testing/rows.js", 'import { c } from "./create-mock.js";\n'],
    ["testing/create-mock.js", "export const c = 1;\n"],
    ["testing/cog.js", "export {};\n"],
    ["tf-serving/index.js", "export {};\n"],
  ]),
};
const number = { kind: "number" } as const;
const animal = handMadeModel([feature("Size", number)], [feature("Weight", number)]);

function paths(plan: PackagePlan): readonly string[] {
  return plan.files.flatMap((file) => (file.kind === "template" && !file.written ? [] : [file.path]));
}

function edits(plan: PackagePlan): readonly Edit[] {
  return plan.files.flatMap((file) =>
    file.kind === "template" && file.path === "src/index.ts" ? file.edits : [],
  );
}

function packageJson(plan: PackagePlan): ReadonlyMap<string, unknown> {
  const file = plan.files.find(({ path }) => path === "package.json");
  return new Map(file?.kind === "json" && file.value.kind === "object" ? file.value.members : []);
}

describe("files", () => {
  const always = ["package.json", "README.md", "openapi.json"];
  const sources = ["src/index.ts", "src/node.ts", "src/testing.ts", "src/wire.ts"];
  const built = ["index", "node", "testing"].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]);
  test.each([
    { name: "both", emit: ["ts", "js"] as const, want: [...always, ...sources, ...built] },
    { name: "sources alone", emit: ["ts"] as const, want: [...always, ...sources] },
    { name: "built files alone", emit: ["js"] as const, want: [...always, ...built] },
  ])("$name", ({ emit, want }) => {
    expect(paths(planPackage(animal, { ...options, emit }))).toEqual(want);
  });

  test.each([
    { name: "built files go in the place of sources", emit: ["ts", "js"] as const, want: "dist" },
    { name: "sources go where nothing is built", emit: ["ts"] as const, want: "src" },
    { name: "built files alone", emit: ["js"] as const, want: "dist" },
  ])("of what is published $name", ({ emit, want }) => {
    const previous = { name: "animal-weight", files: ["dist", "src", "openapi.json"] };
    expect(packageJson(planPackage(animal, { ...options, emit, previous })).get("files")).toEqual(
      json([want, "openapi.json", "gen-deploy.json", "CHANGELOG.md"]),
    );
  });

  test("inline carries what it needs of the runtime and depends on nothing", () => {
    const plan = planPackage(animal, { ...options, runtime: "inline" });
    expect(paths(plan).filter((path) => path.startsWith("runtime/"))).toEqual([
      "runtime/index.js",
      "runtime/index.d.ts",
      "runtime/client/a.js",
      "runtime/client/types.d.ts",
      "runtime/verify/late.js",
      "runtime/http/transport-fetch.js",
      "runtime/testing/rows.js",
      "runtime/testing/create-mock.js",
    ]);
    expect(packageJson(plan).has("dependencies")).toBe(false);
    const moved = {
      kind: "set-module",
      from: "@gen-deploy/runtime",
      to: "../runtime",
      folders: ["tf-serving"],
    };
    expect(edits(plan)).toContainEqual(moved);
  });
});

test("what stands in for the deployment takes it from the package's own entry", () => {
  const testing = planPackage(animal, options).files.find(({ path }) => path === "src/testing.ts");
  expect(testing).toMatchObject({
    template: "client/src/testing-rows.ts",
    edits: [{ kind: "set-module", from: "./index.js", to: "." }],
  });
  expect(JSON.stringify(packageJson(planPackage(animal, options)).get("exports"))).toContain(
    "./dist/testing.d.ts",
  );
});

describe("name", () => {
  test.each([
    { name: "from the title", title: "Animal weight", given: undefined, want: "animal-weight" },
    { name: "as given", title: "Animal weight", given: "@team/x", want: "@team/x" },
    {
      name: "from the dialect where the title gives none",
      title: "動物",
      given: undefined,
      want: "peltarion-client",
    },
  ])("$name", ({ title, given, want }) => {
    expect(planPackage({ ...animal, title }, { ...options, name: given }).name).toBe(want);
  });

  test("a name that npm refuses is refused", () => {
    expect(() => planPackage(animal, { ...options, name: "../up" })).toThrow(/no name for an npm package/);
  });
});

describe("version", () => {
  const version = (packageVersion: string) =>
    packageJson(planPackage(animal, { ...options, packageVersion })).get("version");

  test.each(["1.2.3", "0.0.0", "10.20.30-beta.1+build.05", "1.0.0--x"])("%s is taken", (given) => {
    expect(version(given)).toEqual({ kind: "literal", value: given });
  });

  test.each(["x", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3\n", "latest"])(
    "%j, which npm refuses, is refused",
    (given) => {
      expect(() => version(given)).toThrow(/no version for an npm package/);
    },
  );
});

describe("label sets", () => {
  const labels = { kind: "label", labels: ["cat", "dog"] } as const;
  const probabilities = { kind: "probabilities", labels: ["cat", "dog"], size: 2 } as const;
  const keysOf = (plan: PackagePlan): unknown => {
    const set = edits(plan).find((edit) => edit.kind === "set-value" && edit.target === "labels");
    return set?.kind === "set-value" && set.value.kind === "object"
      ? set.value.members.map(([key]) => key)
      : undefined;
  };
  test.each([
    { name: "a set in and out is one", outputs: [feature("Kind", probabilities)], want: ["Kind"] },
    {
      name: "another set out has a name of its own",
      outputs: [feature("Kind", { ...probabilities, labels: ["cat", "owl"] })],
      want: ["Kind", "KindOutput"],
    },
    { name: "none", outputs: [feature("Kind", { ...probabilities, labels: null })], want: ["Kind"] },
  ])("$name", ({ outputs, want }) => {
    expect(keysOf(planPackage(handMadeModel([feature("Kind", labels)], outputs), options))).toEqual(want);
  });
});

describe("package.json", () => {
  test("keeps version, licence and foreign fields of the one that stands there, and no more", () => {
    const previous = {
      name: "old",
      version: "3.1.4",
      license: "MIT",
      repository: { url: "x" },
      exports: "./old.js",
    };
    const fields = packageJson(planPackage(animal, { ...options, previous }));
    expect(fields.get("version")).toEqual({ kind: "literal", value: "3.1.4" });
    expect(fields.get("license")).toEqual({ kind: "literal", value: "MIT" });
    expect(fields.has("repository")).toBe(true);
    expect(fields.get("name")).toEqual({ kind: "literal", value: "animal-weight" });
    expect(fields.get("exports")).toMatchObject({ kind: "object" });
  });
});

test("a shape costs no more text the larger it is", () => {
  const plan = (side: number) => {
    const codec = { kind: "tensor", dtype: "float32", shape: [side, side, 3], form: "flat" } as const;
    return JSON.stringify(
      edits(
        planPackage(
          handMadeModel([feature("x", codec)], animal.operations[0]?.output.features ?? []),
          options,
        ),
      ),
    );
  };
  expect(plan(999).length).toBeLessThanOrEqual(plan(100).length);
});

describe("packageName", () => {
  const named = (title: string, file: string): string => packageName({ ...animal, title }, { file });

  test.each([
    { name: "the title", title: "Animal weight", file: "/x/other.json", want: "animal-weight" },
    {
      name: "the file, where a framework wrote the title",
      title: "FastAPI",
      file: "a/Leaf_Doctor.yaml",
      want: "leaf-doctor",
    },
    {
      name: "the file, where there is no title",
      title: "…",
      file: String.raw`C:\specs\resnet.json`,
      want: "resnet",
    },
    {
      name: "the title, where the file says nothing either",
      title: "Cog model",
      file: "a/openapi.json",
      want: "cog-model",
    },
    {
      name: "the dialect, where nothing says anything",
      title: "…",
      file: "<stdin>",
      want: "peltarion-client",
    },
  ])("is that of $name", ({ title, file, want }) => {
    expect(named(title, file)).toBe(want);
  });
});
