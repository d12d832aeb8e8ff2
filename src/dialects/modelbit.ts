/*
 * Python functions that Modelbit has deployed: an OpenAPI document of one, or the `metadata.yaml` of its deployment.
 * In comes a resolved description, out goes the model with its one operation.
 */
import type { DeploymentModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { listed, quoted } from "../spec/openapi-fault.js";
import { statedAuth } from "../spec/openapi-security.js";
import { titleAndDoc } from "../spec/openapi-tree.js";
import { createShapeReader } from "../spec/schema-shape.js";
import type { ResolvedSpec } from "../spec/spec-types.js";
import type { Dialect, Interpretation, InterpretOptions } from "./dialect.js";
import { toOperation } from "./modelbit-function.js";
import type { DescribedFunction } from "./modelbit-function.js";
import { deploymentName, mainFunction, readMetadata } from "./modelbit-metadata.js";
import {
  deploymentInPath,
  findCall,
  functionAddress,
  isOfFunction,
  readCall,
  unnamedArguments,
} from "./modelbit-openapi.js";

/** Modelbit (`modelbit` on PyPI is its vendor's client). */
export const modelbit: Dialect = {
  id: "modelbit",
  recognises: (spec) => mainFunction(spec) !== "" || isOfFunction(spec),
  interpret: (spec, options) =>
    mainFunction(spec) === "" ? interpretOpenApi(spec, options) : interpretMetadata(spec, options),
};

function interpretMetadata(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const described = readMetadata(spec);
  const unknown = options.operations.find((name) => name !== described.id);
  if (unknown !== undefined) {
    throw new GenDeployError(
      "modelbit/unknown-operation",
      `No function is called ${quoted(unknown)}; the description is of ${quoted(described.id)}.`,
      { hint: "Leave --operation out." },
    );
  }
  const model: DeploymentModel = {
    dialect: modelbit.id,
    title: deploymentName(spec) || described.id,
    doc: "",
    url: null,
    auth: [{ kind: "raw" }],
    live: null,
    operations: [toOperation(spec, described, options)],
  };
  const diagnostics = [noUrl("/runtimeInfo/mainFunction"), ...untyped(described)];
  return { model, diagnostics, document: "metadata" };
}

function interpretOpenApi(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const call = findCall(spec, options.operations);
  const reader = createShapeReader(spec);
  const described = readCall(spec, call, reader);
  const { title, doc } = titleAndDoc(spec);
  const url = functionAddress(spec, call);
  const operation = toOperation(spec, described, options);
  const shapes = reader.shapes();
  const model: DeploymentModel = {
    dialect: modelbit.id,
    title: title || deploymentInPath(call) || "Modelbit deployment",
    doc: doc || described.doc,
    url,
    auth: statedAuth(spec, call.operation) ?? [{ kind: "raw" }],
    live: null,
    operations: [operation],
    ...(shapes.length === 0 ? {} : { shapes }),
  };
  const diagnostics = [
    ...(url === null ? [noUrl(call.operation.pathItem.pointer)] : []),
    ...unnamedArguments(spec, call).map(unnamed),
    ...reader.notes(),
  ];
  return { model, diagnostics };
}

function noUrl(pointer: string): Diagnostic {
  return {
    code: "modelbit/no-url",
    severity: "info",
    pointer,
    message: "The description does not state the deployment's whole address.",
    hint: 'Give the client its address: createClient({ url: "https://WORKSPACE.REGION.modelbit.com/v1/DEPLOYMENT/latest" }).',
  };
}

/** Whatever nobody states a type for is `unknown` to TypeScript, and goes out unchecked. */
function untyped({ arguments: given, pointer }: DescribedFunction): readonly Diagnostic[] {
  const names = given.filter(({ shape }) => shape.type === "any").map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      code: "modelbit/untyped",
      severity: "info",
      pointer,
      message: `The description does not say what ${listed(names)} may be: any JSON value is taken.`,
      hint: "Describe the function in OpenAPI for types of your own.",
    },
  ];
}

function unnamed(pointer: string): Diagnostic {
  return {
    code: "modelbit/unnamed-argument",
    severity: "warning",
    pointer,
    message: "The schema of an argument has no title, so callers know the argument by its position.",
    hint: "Give each of prefixItems the argument's name as its title.",
  };
}
