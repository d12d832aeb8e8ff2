import type { FeatureModel } from "../model/deployment-model.js";
import {
  literal,
  object,
  type ReadmeCell,
  type ReadmePlan,
  type ReadmeTable,
  type Value,
} from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { code, memberRows, shapeRow, words } from "./readme-tables.js";
import { listMethods } from "./service-plan.js";
import { bodyOf, parametersOf, shapeOf, type ServiceMethodPlan } from "./service-types.js";
import { createShapeBook, type ShapeBook } from "./shape-book.js";
import { createShapeExamples, isShown, type ShapeExamples } from "./shape-example.js";

/** The front page of a package whose deployment is a service with operations of its own. */
export function planServiceReadme({ model, packageName }: ClientJob): ReadmePlan {
  const methods = listMethods(model);
  const [main] = methods;
  if (main === undefined) throw new Error("no operation");
  const book = createShapeBook(model.shapes);
  const examples = createShapeExamples(book);
  const given = argumentOf(main, examples);
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    example: {
      options: model.url === null ? [["url", literal("https://example.com")]] : [],
      needsToken: model.auth.length > 0,
      method: main.name,
      arguments: given === undefined ? [] : [given],
      each: main.operation.output.stream,
    },
    paragraphs: [failureParagraph, ...(methods.some(isStream) ? [streamParagraph] : [])],
    tables: [inputTable(main, book), outputTable(main, book), methodsTable(methods)],
  };
}

/** Undefined where the method takes nothing. */
function argumentOf(method: ServiceMethodPlan, examples: ShapeExamples): Value | undefined {
  const body = bodyOf(method);
  const parameters = parametersOf(method)
    .filter(({ wireName, required }) => isShown(wireName, required))
    .map((feature) => [feature.wireName, examples(shapeOf(feature))] as const);
  if (body === undefined || method.framing.body === null)
    return parametersOf(method).length === 0 ? undefined : object(parameters);
  const value = examples(shapeOf(body));
  switch (method.framing.body.at) {
    case "member":
      return object([...parameters, ...(body.required ? [[body.wireName, value] as const] : [])]);
    case "whole":
      return value;
    case "rest":
      return value.kind === "object" ? object([...parameters, ...value.members]) : value;
  }
}

function isStream({ operation }: ServiceMethodPlan): boolean {
  return operation.output.stream;
}

/** The parameters, and the body or, where it is the argument itself, its members. */
function inputTable(method: ServiceMethodPlan, book: ShapeBook): ReadmeTable {
  const rowOf = (feature: FeatureModel): readonly ReadmeCell[] =>
    shapeRow(book, { ...feature, name: feature.wireName, shape: shapeOf(feature) });
  const body = bodyOf(method);
  const isOwn = body !== undefined && method.framing.body?.at === "member";
  const members =
    body === undefined || isOwn || shapeOf(body).type === "list" ? [] : memberRows(book, shapeOf(body), "");
  const others = body === undefined || members.length > 0 ? members : [rowOf(body)];
  return {
    heading: "Input",
    columns: ["name", "type", ""],
    rows: [...parametersOf(method).map(rowOf), ...others],
  };
}

/** What the objects hold that a method gives; no rows where it gives none. */
function outputTable({ operation }: ServiceMethodPlan, book: ShapeBook): ReadmeTable {
  const rows = operation.output.features.flatMap((feature) => memberRows(book, shapeOf(feature), ""));
  return { heading: "Output", columns: ["name", "type", ""], rows };
}

function methodsTable(methods: readonly ServiceMethodPlan[]): ReadmeTable {
  const row = ({ name, operation }: ServiceMethodPlan): readonly ReadmeCell[] => [
    code(name),
    code(`${operation.method} ${operation.path}`),
    words(operation.doc),
  ];
  return { heading: "Methods", columns: ["method", "operation", ""], rows: methods.map(row) };
}

const failureParagraph =
  "Every failure is a `DeploymentError` with a closed `code`; `isErrorReply(error, method, status)` tells the documented replies to failures, whose contents are then `error.reply`. What goes out is checked before it is sent, and what comes back before it is handed out.";

const streamParagraph =
  "A method that answers with one item after another is read by `for await`; leaving the loop closes the connection.";
