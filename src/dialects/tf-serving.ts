/*
 * TensorFlow Serving's REST API and Paperspace Gradient's, which is the same: an OpenAPI document, as KServe's
 * tf2openapi writes it or with `x-tensor`, or the server's own metadata. In comes a resolved description, out goes the
 * model: an operation for each verb of each signature that can be called.
 */
import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { modelAddress, versionInAddress } from "../spec/model-address.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { statedAuth } from "../spec/openapi-security.js";
import { operationAddress } from "../spec/openapi-servers.js";
import { titleAndDoc } from "../spec/openapi-tree.js";
import { parse } from "../spec/parse.js";
import type { ResolvedSpec, SpecDocument } from "../spec/spec-types.js";
import type { Dialect, Interpretation, InterpretOptions } from "./dialect.js";
import { defaultSignature, hasCalls, listCalls } from "./tf-serving-call.js";
import type { Call } from "./tf-serving-call.js";
import { keyOf, mergeOperations } from "./tf-serving-merge.js";
import { findSignatures, modelName, readSignatures } from "./tf-serving-metadata.js";
import { toOperation } from "./tf-serving-openapi.js";
import { signatureOperations } from "./tf-serving-signature.js";

/** TensorFlow Serving (`tensorflow/serving`), by OpenAPI or by its own metadata. */
export const tfServing: Dialect = {
  id: "tf-serving",
  recognises: (spec) => findSignatures(spec.root) !== undefined || hasCalls(spec),
  interpret: (spec, options) =>
    findSignatures(spec.root) === undefined
      ? interpretOpenApi(spec, options)
      : interpretMetadata(spec, options),
  takesMetadata: true,
};

function interpretMetadata(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  if (options.metadata !== undefined) {
    throw new GenDeployError("tf-serving/two-metadata", "The description itself is the server's metadata.", {
      hint: "Leave --metadata out.",
    });
  }
  const diagnostics: Diagnostic[] = [];
  const operations = metadataOperations(spec.document, options.operations, diagnostics);
  const version = versionInAddress(spec.document.source.url);
  if (version !== undefined) diagnostics.push(oneVersion(version, ""));
  const model: DeploymentModel = {
    dialect: tfServing.id,
    title: modelName(spec.root) || "TensorFlow Serving model",
    doc: "",
    url: modelAddress(spec.document.source.url),
    auth: [],
    live: null,
    operations: mainFirst(operations),
  };
  return { model, diagnostics, document: "metadata" };
}

function interpretOpenApi(spec: ResolvedSpec, options: InterpretOptions): Interpretation {
  const diagnostics: Diagnostic[] = [];
  const calls = listCalls(spec, options.operations);
  const [first] = calls;
  if (first === undefined) {
    throw faultAt(spec, "/paths", {
      code: "tf-serving/no-operation",
      message: "No POST operation has a path that ends in :predict, :classify or :regress, and a JSON body.",
      hint: "Give the OpenAPI document of a TensorFlow Serving model, or the reply of its GET …/metadata.",
    });
  }
  const metadata = options.metadata === undefined ? undefined : parse(options.metadata);
  const described = oneVerb(calls, diagnostics).map((call) => toOperation(spec, call));
  const operations =
    metadata === undefined
      ? described.map(({ operation }) => operation)
      : mergeOperations(described, metadataOperations(metadata, [], diagnostics), diagnostics);
  const assumed = noDtypes(operations);
  if (assumed !== undefined) diagnostics.push(assumed);
  if (first.version !== undefined && /^\d+$/.test(first.version))
    diagnostics.push(oneVersion(first.version, first.operation.pathItem.pointer));

  const { title, doc } = titleAndDoc(spec);
  const path = { ...first.operation, path: first.model };
  const model: DeploymentModel = {
    dialect: tfServing.id,
    // The title of everything that tf2openapi writes says nothing of the model.
    title:
      (title === "TFServing Predict Request API" ? "" : title) || nameIn(first) || "TensorFlow Serving model",
    doc,
    url: operationAddress(spec, path) ?? modelAddress(metadata?.source.url ?? null),
    auth: headerAuth(spec, first, diagnostics),
    live: null,
    operations: mainFirst(operations),
  };
  return { model, diagnostics };
}

function metadataOperations(
  document: SpecDocument,
  wanted: readonly string[],
  diagnostics: Diagnostic[],
): readonly OperationModel[] {
  if (findSignatures(document.root) === undefined) {
    throw new GenDeployError(
      "tf-serving/no-metadata",
      `${document.source.name} holds no metadata of a model.`,
      {
        position: document.position(""),
        hint: "Give what the server answers to GET …/v1/models/NAME/metadata.",
      },
    );
  }
  const signatures = readSignatures(document.root);
  const names = signatures.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new GenDeployError(
      "tf-serving/unknown-operation",
      `No signature is called ${quoted(unknown)}; the metadata have ${listed(names)}.`,
      { hint: "Name one of these with --operation." },
    );
  }
  const kept = signatures.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const operations = signatureOperations(kept, diagnostics);
  if (operations.length > 0) return operations;
  const reasons = diagnostics.map(({ message }) => message.replace(/^The signature | is left out/g, ""));
  throw new GenDeployError(
    "tf-serving/no-signature",
    `No signature can be called over REST${reasons.length === 0 ? "" : `: ${reasons.slice(0, 3).join(" ")}`}`,
    {
      position: document.position(""),
      hint: "Export the model with a signature that has inputs and outputs of types that REST carries.",
    },
  );
}

/** The main one is what the server itself takes for it, or the first that predicts. */
function mainFirst(operations: readonly OperationModel[]): readonly OperationModel[] {
  const main =
    operations.find((operation) => keyOf(operation) === `predict ${defaultSignature}`) ??
    [...operations]
      .filter(({ framing }) => framing.protocol === "tensors")
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))[0];
  return main === undefined ? operations : [main, ...operations.filter((operation) => operation !== main)];
}

/** A signature either classifies or regresses: it cannot have the tensors of both. */
function oneVerb(calls: readonly Call[], diagnostics: Diagnostic[]): readonly Call[] {
  const verbs = new Map<string, string>();
  return calls.filter(({ verb, signature, operation }) => {
    if (verb === "predict") return true;
    const known = verbs.get(signature);
    verbs.set(signature, known ?? verb);
    if (known === undefined) return true;
    diagnostics.push({
      code: "tf-serving/two-verbs",
      severity: "warning",
      pointer: operation.operation.pointer,
      message: `The signature ${quoted(signature)} is described for ${known} and for ${verb}, and no signature has the tensors of both; ${verb} is left out.`,
      hint: "Name the signature of each with x-signature.",
    });
    return false;
  });
}

function nameIn({ model }: Call): string {
  const name = model.slice(model.lastIndexOf("/") + 1);
  if (/[{}]/.test(name)) return "";
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name;
  }
}

/** A query is part of the path to this server, which then finds no model: a key cannot go there. */
function headerAuth(spec: ResolvedSpec, call: Call, diagnostics: Diagnostic[]): DeploymentModel["auth"] {
  const stated = statedAuth(spec, call.operation) ?? [];
  const usable = stated.filter((scheme) => scheme.kind !== "api-key" || scheme.in !== "query");
  if (usable.length < stated.length) {
    diagnostics.push({
      code: "tf-serving/key-in-query",
      severity: "warning",
      pointer: call.operation.operation.pointer,
      message:
        "The description asks for a key in the query, which TensorFlow Serving takes for a part of the path.",
      hint: "Let the proxy take the key in a header.",
    });
  }
  return usable;
}

function noDtypes(operations: readonly OperationModel[]): Diagnostic | undefined {
  const rows = operations.flatMap(({ input, output }) => [input, output]);
  const tensors = rows.flatMap(({ features, pointer }) =>
    features.flatMap(({ wireName, codec }) =>
      codec.kind === "tensor" && codec.form === "nested" && codec.assumed === true
        ? [{ wireName, pointer }]
        : [],
    ),
  );
  const [first] = tensors;
  if (first === undefined) return undefined;
  const names = listed([...new Set(tensors.map(({ wireName }) => wireName))]);
  return {
    code: "tf-serving/no-dtypes",
    severity: "warning",
    pointer: first.pointer,
    message: `The description does not state the dtypes of ${names}: their values are plain numbers, and whole numbers beyond 2^53 are refused.`,
    hint: "Give the server's metadata with --metadata http://host:8501/v1/models/NAME, or a file with its reply.",
  };
}

function oneVersion(version: string, pointer: string): Diagnostic {
  return {
    code: "tf-serving/one-version",
    severity: "info",
    pointer,
    message: `The description is of version ${version}, and a client calls the latest unless it is told.`,
    hint: `Pin it where that matters: createClient({ version: ${version} }).`,
  };
}
