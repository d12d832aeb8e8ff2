import type { JsonShape } from "@gen-deploy/runtime";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { printType, printTypes, printValue } from "../printed.js";
import type { DeploymentModel } from "../../src/model/deployment-model.js";
import type { Edit } from "../../src/plan/package-plan.js";
import { methodNames } from "../../src/plan/service-names.js";
import { planService, templateTypes } from "../../src/plan/service-plan.js";
import { planServiceReadme } from "../../src/plan/service-readme.js";
import { shapeValueTypes } from "../../src/plan/shape-types.js";
import { feature, namedShape, operation, service, type OperationGiven } from "./service-model.js";

const text: JsonShape = { type: "text" };
const to = (name: string): JsonShape => ({ type: "named", name });

function names(...given: readonly OperationGiven[]): readonly string[] {
  return methodNames(given.map(operation));
}

describe("the names of methods", () => {
  test.each<{ name: string; given: readonly OperationGiven[]; want: readonly string[] }>([
    { name: "are operation ids in camel case", given: [{ id: "Predict_views" }], want: ["predictViews"] },
    { name: "begin with small letters", given: [{ id: "URLOf" }, { id: "ID" }], want: ["urlOf", "id"] },
    {
      name: "leave out what FastAPI adds",
      given: [{ id: "predict_views_predict_post", path: "/predict" }],
      want: ["predictViews"],
    },
    {
      name: "leave out what FastAPI adds for a path with parameters",
      given: [{ id: "read_item_items__id__get", method: "GET", path: "/items/{id}" }],
      want: ["readItem"],
    },
    {
      name: "keep what only looks like that",
      given: [{ id: "predict_views_predict_post", path: "/views" }],
      want: ["predictViewsPredictPost"],
    },
    {
      name: "keep what tells operations apart",
      given: [
        { id: "run_a_post", path: "/a" },
        { id: "run_b_post", path: "/b" },
      ],
      want: ["runAPost", "runBPost"],
    },
    {
      name: "are method and path where there is no id",
      given: [
        { id: "GET /items/{id}/tags", method: "GET", path: "/items/{id}/tags" },
        { id: "POST /", path: "/" },
      ],
      want: ["getItemsByIdTags", "postRoot"],
    },
    {
      name: "say which of two streams",
      given: [
        { id: "generate_generate_post", path: "/generate" },
        { id: "generate_generate_post stream", path: "/generate", stream: true },
      ],
      want: ["generate", "generateStream"],
    },
    {
      name: "may be reserved words, but nothing that objects or clients have",
      given: [{ id: "delete" }, { id: "then" }, { id: "deployment" }, { id: "constructor" }],
      want: ["delete", "then_2", "deployment_2", "constructor_2"],
    },
    {
      name: "are each there once",
      given: [{ id: "a-b" }, { id: "a b" }, { id: "A_b" }],
      want: ["aB", "aB_2", "aB_3"],
    },
    {
      name: "are never empty",
      given: [{ id: "日本" }, { id: "" }, { id: "1st" }],
      want: ["unnamed", "unnamed_2", "_1st"],
    },
  ])("$name", ({ given, want }) => {
    expect(names(...given)).toEqual(want);
  });
});

interface Planned {
  readonly types: string;
  readonly operations: Readonly<Record<string, string>>;
  readonly removed: readonly string[];
  readonly deployment: string;
}

function planned(model: DeploymentModel): Planned {
  const { edits } = planService(model);
  const at = (target: string): readonly Edit[] =>
    edits.filter((edit) => edit.kind !== "set-module" && edit.target === target);
  const added = at("Operations").flatMap((edit) => (edit.kind === "add-types" ? edit.types : []));
  const operations = at("Operations").flatMap((edit) => (edit.kind === "set-members" ? edit.members : []));
  const values = at("deployment").flatMap((edit) => (edit.kind === "set-value" ? [edit.value] : []));
  return {
    types: printTypes(added),
    operations: Object.fromEntries(operations.map(({ name, type }) => [name, printType(type)])),
    removed: edits.flatMap((edit) => (edit.kind === "remove" ? [edit.target] : [])),
    deployment: values.map(printValue).join(),
  };
}

const request = namedShape("Request", { type: "object", members: { prompt: { shape: text } } });

describe("the argument of a method", () => {
  test.each<{ name: string; given: Omit<OperationGiven, "id">; want: string; takes?: string }>([
    { name: "is nothing", given: {}, want: "", takes: "void" },
    {
      name: "is its parameters",
      given: { parameters: [feature("x y", text, false, "Spaced.")] },
      want: 'export interface Input {\n  /** Spaced. */\n  "x y"?: string;\n}\n',
    },
    { name: "is its body", given: { body: to("Request") }, want: "export type Input = Request;\n" },
    {
      name: "is its body, or nothing",
      given: { body: to("Request"), bodyOptional: true },
      want: "export type Input = Request | undefined;\n",
    },
    {
      name: "is its body with its parameters",
      given: { body: to("Request"), at: "rest", parameters: [feature("q", text)] },
      want: "export interface Input extends Request {\n  q: string;\n}\n",
    },
    {
      name: "is its body, or a part of it, with its parameters",
      given: { body: to("Request"), at: "rest", parameters: [feature("q", text)], bodyOptional: true },
      want: "export interface Input extends Partial<Request> {\n  q: string;\n}\n",
    },
    {
      name: "is what is no object with its parameters",
      given: { body: { type: "record", values: text }, at: "rest", parameters: [feature("q", text)] },
      want: "export type Input = { q: string } & Record<string, string>;\n",
    },
    {
      name: "has its body beside its parameters",
      given: { body: text, at: "member", parameters: [feature("q", text)] },
      want: "export interface Input {\n  q: string;\n  body: string;\n}\n",
    },
  ])("$name", ({ given, want, takes = "Input" }) => {
    const { types, operations } = planned(service([operation({ id: "run", ...given })], [request]));
    const doc = want === "" ? "" : "/** What `run` takes. */\n";
    expect(types.startsWith(`${doc}${want}`)).toBe(true);
    expect(operations).toEqual({ run: `ServiceOperation<${takes}, Output>` });
  });
});

describe("the types of a service", () => {
  test("have failures by status", () => {
    const errors = { 422: to("Request"), 413: to("Request"), "4XX": text, default: { type: "any" } } as const;
    const { operations } = planned(service([operation({ id: "run", errors })], [request]));
    expect(operations["run"]).toBe(
      'ServiceOperation<void, Output, Record<413 | 422, Request> & Record<"4XX", string> & Record<"default", unknown>>',
    );
  });

  test("are called after their methods, past those of the runtime", () => {
    const all = ["run", "classify", "file", "watch"].map((id) =>
      operation({ id, body: text, stream: id === "watch" }),
    );
    expect(planned(service(all)).operations).toEqual({
      run: "ServiceOperation<Input, Output>",
      classify: "ServiceOperation<ClassifyInput, ClassifyOutput>",
      file: "ServiceOperation<FileCallInput, FileCallOutput>",
      watch: "StreamOperation<WatchInput, WatchOutput>",
    });
  });

  test("are those of shapes that are called so already", () => {
    const all = [operation({ id: "a" }), operation({ id: "classify", body: to("ClassifyInput") })];
    const stated = namedShape("ClassifyInput", request.shape, { doc: "Stated." });
    const { types } = planned(service(all, [namedShape("classify-input", text), stated]));
    expect(types).toContain("/** Stated. */\nexport interface ClassifyInput {");
    expect(types).toContain("export type ClassifyInput_2 = string;");
    expect(types.match(/ClassifyInput\b/g)).toHaveLength(1);
  });

  test("bring only what they use", () => {
    const { removed } = planned(service([operation({ id: "run", body: { type: "file", form: "binary" } })]));
    expect(removed).toEqual(expect.arrayContaining(["Open", "RemoteFile", "StreamOperation", "Known"]));
    expect(removed).not.toContain("FileInput");
  });

  test("hold members to the description where it has types for them", () => {
    const wireType = ["components", "schemas", "Request"];
    const checked = planService(service([operation({ id: "a" })], [{ ...request, wireType }]));
    expect(checked.hasWireTypes).toBe(true);
    expect(planService(service([operation({ id: "a" })], [request])).hasWireTypes).toBe(false);
  });

  test("are never called what the template has for itself", () => {
    const template = readFileSync(new URL("../../templates/client/src/service.ts", import.meta.url), "utf8");
    const file = ts.createSourceFile("service.ts", template, ts.ScriptTarget.ES2022);
    const own = file.statements.flatMap(declaredNames).filter((name) => /^[A-Z]/.test(name));
    expect(own.length).toBeGreaterThan(20);
    const replaced = ["Input", "Output", "Failure"];
    const known = [...templateTypes, ...shapeValueTypes, "Labels", ...replaced];
    expect(own.filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** What a statement declares, imports or exports. */
function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [statement.name.text];
  const bindings = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined;
  return bindings !== undefined && "elements" in bindings
    ? bindings.elements.map(({ name }) => name.text)
    : [];
}

describe("the descriptor of a service", () => {
  test("has all that the model says", () => {
    const model = service(
      [
        operation({
          id: "run",
          body: to("Request"),
          at: "rest",
          parameters: [feature("q", { type: "enum", values: ["a", "b"] }, false)],
          output: { type: "enum", values: ["c", "d"] },
        }),
      ],
      [request],
    );
    expect(planned(model).deployment).toBe(
      [
        '{ title: "A service", url: null, auth: [],',
        'shapes: { Request: { type: "object", members: { prompt: { shape: { type: "text" } } } } },',
        'operations: { run: { method: "POST", path: "/predict", stream: false,',
        'parameters: { q: { shape: { type: "enum", values: labels.q },',
        'place: { in: "query", name: "q", style: "form", explode: true }, optional: true } },',
        'body: { mediaType: "application/json", form: "json", at: "rest", shape: { type: "named", name: "Request" } },',
        'replies: [{ status: "200", form: "json", mediaType: "application/json",',
        'shape: { type: "enum", values: labels.Output } }] } } }',
      ].join(" "),
    );
  });
});

describe("the front page of a service", () => {
  test.each<{ name: string; given: Omit<OperationGiven, "id">; want: string }>([
    { name: "nothing", given: {}, want: "" },
    {
      name: "parameters",
      given: { parameters: [feature("q", text), feature("r", text, false)] },
      want: '{ q: "some text" }',
    },
    { name: "a body", given: { body: text }, want: '"some text"' },
    {
      name: "a body with parameters",
      given: { body: to("Request"), at: "rest", parameters: [feature("q", text)] },
      want: '{ q: "some text", prompt: "some text" }',
    },
    {
      name: "a body beside parameters",
      given: { body: { type: "boolean" }, at: "member", parameters: [feature("q", text)] },
      want: '{ q: "some text", body: true }',
    },
  ])("calls its main method with $name", ({ given, want }) => {
    const model = service([operation({ id: "run", ...given })], [request]);
    const [main] = model.operations;
    if (main === undefined) throw new Error("no operation");
    const { example, tables } = planServiceReadme({ model, main, packageName: "a-service" });
    expect(example.method).toBe("run");
    expect(example.arguments.map(printValue).join()).toBe(want);
    expect(tables.at(-1)?.rows.map((cells) => cells.map((cell) => cell.text))).toEqual([
      ["run", "POST /predict", ""],
    ]);
  });

  test("shows the members of a body that is the argument itself, and of what comes back", () => {
    const documented = { ...request, docs: { prompt: "What to say." } };
    const kinds = namedShape("Kind", { type: "enum", values: ["a", "b"] });
    const pets = namedShape("Pet", {
      type: "object",
      members: { kind: { shape: to("Kind"), optional: true } },
    });
    const output: JsonShape = { type: "list", items: to("Pet") };
    const model = service([operation({ id: "run", body: to("Request"), output })], [documented, pets, kinds]);
    const [main] = model.operations;
    if (main === undefined) throw new Error("no operation");
    const { tables } = planServiceReadme({ model, main, packageName: "a-service" });
    expect(tables[0]?.rows.map((cells) => cells.map((cell) => cell.text))).toEqual([
      ["prompt", "text", "What to say."],
    ]);
    expect(tables[1]?.rows.map((cells) => cells.map((cell) => cell.text))).toEqual([
      ["[].kind", '"a" or "b", optional', ""],
    ]);
  });
});
