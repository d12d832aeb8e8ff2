import {
  literal,
  object,
  type ReadmeCell,
  type ReadmePlan,
  type ReadmeTable,
  type Value,
} from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { code, words } from "./readme-tables.js";
import { inWords } from "./readme-words.js";
import { listMethods } from "./service-plan.js";
import { bodyOf, parametersOf, shapeOf, type ServiceMethodPlan } from "./service-types.js";
import { createShapeBook } from "./shape-book.js";
import { createShapeExamples, type ShapeExamples } from "./shape-example.js";

/** The front page of a package whose deployment is a service with operations of its own. */
export function planServiceReadme({ model, packageName }: ClientJob): ReadmePlan {
  const methods = listMethods(model);
  const [main] = methods;
  if (main === undefined) throw new Error("no operation");
  const examples = createShapeExamples(createShapeBook(model.shapes));
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
    tables: [inputTable(main), methodsTable(methods)],
  };
}

/** Undefined where the method takes nothing. */
function argumentOf(method: ServiceMethodPlan, examples: ShapeExamples): Value | undefined {
  const body = bodyOf(method);
  const parameters = parametersOf(method)
    .filter(({ required }) => required)
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

function inputTable({ operation }: ServiceMethodPlan): ReadmeTable {
  return {
    heading: "Input",
    columns: ["name", "type", ""],
    rows: operation.input.features.map((feature) => {
      const type = inWords(feature.codec, false);
      return [
        code(feature.wireName),
        words(feature.required ? type : `${type}, optional`),
        words(feature.doc),
      ];
    }),
  };
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
