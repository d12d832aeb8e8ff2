/*
 * Which operations of a description become methods, and which of them is the main one: the first that looks like a
 * prediction.
 */
import type { OperationModel } from "../model/deployment-model.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { isNamed, operationName } from "../spec/openapi-operations.js";
import { ownText } from "../spec/openapi-tree.js";
import { baseAddress } from "../spec/openapi-servers.js";
import type { ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import { hasBody } from "./plain-body.js";

/** An operation that a client can call. */
export interface Callable extends SpecOperation {
  readonly verb: OperationModel["method"];
}

/** The operations that a client can call, the main one first. Throws where there are none, or where one is not known. */
export function chooseOperations(
  spec: ResolvedSpec,
  wanted: readonly string[],
  diagnostics: Diagnostic[],
): readonly [Callable, ...Callable[]] {
  refuseProtocol(spec);
  const callable = spec.operations.flatMap((operation) => toCallable(operation, diagnostics));
  const names = callable.map(operationName);
  const unknown = wanted.find((name) => !callable.some((operation) => isNamed(operation, name)));
  if (unknown !== undefined) {
    throw faultAt(spec, "/paths", {
      code: "openapi/unknown-operation",
      message: `No operation is called ${quoted(unknown)}; the description has ${listed(names)}.`,
      hint: "Name one of these with --operation, or METHOD /path.",
    });
  }
  const kept =
    wanted.length === 0
      ? callable
      : callable.filter((operation) => wanted.some((name) => isNamed(operation, name)));
  const ranked = kept.map((operation) => ({ operation, rank: rankOf(spec, operation) }));
  const best = ranked.reduce((most, { rank }) => Math.max(most, rank), 0);
  const main = ranked.find(({ rank }) => rank === best)?.operation;
  if (main === undefined) throw noOperation(spec);
  const others = kept.filter(
    (operation) => operation !== main && isAtHome(spec, { operation, main, diagnostics }),
  );
  return [main, ...others];
}

function toCallable(operation: SpecOperation, diagnostics: Diagnostic[]): readonly Callable[] {
  const verb = verbs.find((known) => known.toLowerCase() === operation.method);
  if (verb !== undefined) return [{ ...operation, verb }];
  diagnostics.push({
    code: "openapi/no-method",
    severity: "info",
    pointer: operation.operation.pointer,
    message: `${operation.method.toUpperCase()} ${operation.path} is left out: it answers without a value.`,
    hint: "Call it with fetch where you need it.",
  });
  return [];
}

const verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** One client has one address: what stands elsewhere is for another. */
function isAtHome(
  spec: ResolvedSpec,
  {
    operation,
    main,
    diagnostics,
  }: { readonly operation: SpecOperation; readonly main: SpecOperation; readonly diagnostics: Diagnostic[] },
): boolean {
  const home = baseAddress(spec, main);
  const address = baseAddress(spec, operation);
  if (home === null || address === null || home === address) return true;
  diagnostics.push({
    code: "openapi/other-server",
    severity: "warning",
    pointer: operation.operation.pointer,
    message: `${quoted(operationName(operation))} is left out: it has a server of its own, ${quoted(address)}.`,
    hint: "Make a package of its own for it with --operation.",
  });
  return false;
}

/** How much an operation looks like a prediction. */
function rankOf(spec: ResolvedSpec, operation: SpecOperation): number {
  const steps = operation.path.split("/").filter((step) => step !== "" && !step.includes("{"));
  const last = wordsOf(steps.at(-1) ?? "");
  if (last.some((word) => infrastructure.has(word))) return 0;
  const named = [...last, ...wordsOf(ownText(operation.operation.value, "operationId"))];
  const isPrediction = named.some((word) => prediction.test(word));
  if (operation.method !== "post" || !hasBody(spec, operation)) return isPrediction ? 2 : 1;
  return isPrediction ? 4 : 3;
}

const infrastructure = new Set(
  (
    "health healthz healthcheck live livez liveness ready readyz readiness alive ping metrics docs redoc openapi " +
    "swagger metadata info version versions status favicon stats schema cancel feedback webhook webhooks login logout " +
    "token auth train training"
  ).split(" "),
);

const prediction =
  /^(?:predict|infer|scor|invok|invoc|generat|embed|classif|detect|transcri|translat|summar|complet|chat|rerank|regress|forecast|recogni|segment|estimat|recommend|analy[sz]|caption|answer|speech)/;

/** The words of a name, in lower case: `getModelInfo` is get, model and info. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** The Open Inference Protocol's document is the same for every model: it says nothing of this one. */
function refuseProtocol(spec: ResolvedSpec): void {
  const infer = spec.operations.find(({ path }) =>
    /\/v2\/models\/[^/]+(?:\/versions\/[^/]+)?\/infer$/.test(path),
  );
  if (infer === undefined) return;
  throw faultAt(spec, infer.pathItem.pointer, {
    code: "openapi/no-model",
    message:
      "The description is of the Open Inference Protocol, which is the same for every model, and tells nothing of the inputs and outputs of yours.",
    hint: "The protocol's own metadata, GET /v2/models/NAME, is not understood yet: give an OpenAPI document that describes the one model, with its inputs and outputs by name.",
  });
}

function noOperation(spec: ResolvedSpec): Error {
  return faultAt(spec, "/paths", {
    code: "openapi/no-operation",
    message: "The description has no operation that a client could call.",
    hint: "Give the OpenAPI document that the service serves, usually at /openapi.json.",
  });
}
