/*
 * Any service that OpenAPI describes and that no other dialect knows. In comes a resolved description, out goes the
 * model: an operation for each operation, its parameters and its body as inputs, its reply as the one output.
 */
import type { AuthScheme } from "@gen-deploy/runtime";
import type { OperationModel, RowModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { listed } from "../spec/openapi-fault.js";
import { operationDoc, operationName } from "../spec/openapi-operations.js";
import { statedAuth } from "../spec/openapi-security.js";
import { baseAddress } from "../spec/openapi-servers.js";
import { titleAndDoc } from "../spec/openapi-tree.js";
import { createShapeReader } from "../spec/schema-shape.js";
import type { ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import type { Dialect, Interpretation, InterpretOptions } from "./dialect.js";
import { bodyName, hasBody, readBody, type Body } from "./plain-body.js";
import { chooseOperations, type Callable } from "./plain-choice.js";
import { fingerprintOf, type PlainContext } from "./plain-context.js";
import { readParameters, type Parameter } from "./plain-parameters.js";
import { readAnswers, type Answer } from "./plain-replies.js";

/** Services that OpenAPI 3.0, 3.1 or 3.2 describes, whatever answers there. */
export const plain: Dialect = {
  id: "openapi",
  recognises: (spec) => spec.operations.length > 0,
  fallback: true,
  interpret: interpretPlain,
};

function interpretPlain(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const diagnostics: Diagnostic[] = [];
  const operations = chooseOperations(spec, options.operations, diagnostics);
  const reader = createShapeReader(spec);
  const auth = authOf(spec, operations);
  const context: PlainContext = { spec, reader, auth, diagnostics };
  // Inputs first: where the two sides of a shape differ, it is the output that gets another name.
  const inputs = operations.map((operation) => ({ operation, input: readInput(context, operation) }));
  const models = inputs.flatMap(({ operation, input }) =>
    readAnswers(context, operation).map((answer, index) =>
      toModel(context, { operation, input, answer, index }),
    ),
  );
  const { title, doc } = titleAndDoc(spec);
  const shapes = reader.shapes();
  return {
    model: {
      dialect: plain.id,
      title: title || "Service",
      doc,
      url: baseAddress(spec, operations[0]),
      auth,
      live: null,
      operations: models,
      ...(shapes.length === 0 ? {} : { shapes }),
    },
    diagnostics: [...diagnostics, ...reader.notes(), ...unusedLabels(options)],
  };
}

/** A schema states its labels itself, or takes any text. */
function unusedLabels({ labels }: InterpretOptions): readonly Diagnostic[] {
  if (labels.size === 0) return [];
  return [
    {
      code: "openapi/labels-unused",
      severity: "warning",
      pointer: "",
      message: `The labels given for ${listed([...labels.keys()])} are not used: schemas of a plain service state their own.`,
      hint: "State them in the description, as the enum of the schema.",
    },
  ];
}

/** What the operations ask for, the main one first. */
function authOf(spec: ResolvedSpec, operations: readonly SpecOperation[]): readonly AuthScheme[] {
  const stated = operations.flatMap((operation) => statedAuth(spec, operation) ?? []);
  return [...new Map(stated.map((scheme) => [JSON.stringify(scheme), scheme])).values()];
}

interface Input {
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
}

function readInput(context: PlainContext, operation: SpecOperation): Input {
  const parameters = readParameters(context, operation, hasBody(context.spec, operation) ? [bodyName] : []);
  const names = parameters.map(({ feature }) => feature.wireName);
  return { parameters, body: readBody(context, operation, names) };
}

interface Understood {
  readonly operation: Callable;
  readonly input: Input;
  readonly answer: Answer;
  readonly index: number;
}

function toModel(context: PlainContext, { operation, input, answer, index }: Understood): OperationModel {
  const { parameters, body } = input;
  const { pointer } = operation.operation;
  const places = Object.fromEntries(parameters.map(({ feature, place }) => [feature.wireName, place]));
  const result = {
    wireName: "result",
    doc: "",
    required: true,
    codec: { kind: "json", shape: answer.shape },
    fingerprint: fingerprintOf(context, `${pointer}/responses`),
  } as const;
  const output: RowModel = { features: [result], bare: true, stream: answer.stream, pointer, wireType: null };
  return {
    id: index === 0 ? operationName(operation) : `${operationName(operation)} stream`,
    doc: operationDoc(operation),
    method: operation.verb,
    path: operation.path,
    framing: { protocol: "http", places, body: body?.body ?? null, replies: answer.replies },
    input: {
      features: [...parameters.map(({ feature }) => feature), ...(body === undefined ? [] : [body.feature])],
      bare: false,
      stream: false,
      pointer,
      wireType: null,
    },
    output,
  };
}
