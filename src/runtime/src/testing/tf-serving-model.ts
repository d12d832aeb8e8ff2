/*
 * A model on TensorFlow Serving that answers from memory. It refuses what the real server refuses, in its words: those
 * of tensorflow/serving's `http_rest_api_handler.cc`, `json_tensor.cc`, `classifier.cc` and `regressor.cc` and of their
 * tests, and where a graph would refuse a value, TensorFlow's own.
 */
import { optionError } from "../errors.js";
import type { MemoryReply, MemoryRequest } from "../http/memory-transport.js";
import type { MainSignatures, TfServingDeployment } from "../tf-serving/client-types.js";
import type { SignatureDescriptor } from "../tf-serving/signature-types.js";
import { hashValue } from "./seed.js";
import type { MockedSystem } from "./mock-types.js";
import { printMetadata, printStatus } from "./tf-serving-about.js";
import { readCall } from "./tf-serving-address.js";
import type { CallTarget, KnownModel, ServingCall } from "./tf-serving-address.js";
import { readAnswers } from "./tf-serving-answers.js";
import { readPredictBody, readRoot } from "./tf-serving-body.js";
import { parsedExample, readExamples } from "./tf-serving-examples.js";
import { ServingFailure, errorReply, failureReply, invalid, jsonReply } from "./tf-serving-failure.js";
import { readBody } from "./tf-serving-inflate.js";
import { predict } from "./tf-serving-predict.js";
import { callWithExamples } from "./tf-serving-results.js";
import type { AnswerSource } from "./tf-serving-predict.js";
import { checkVerb, toServedSignatures } from "./tf-serving-signature.js";
import type { ServedSignature } from "./tf-serving-signature.js";
import type { UntypedOptions } from "./tf-serving-types.js";

/** A description whose types only its package knows. */
export type UntypedDeployment = TfServingDeployment<
  Readonly<Record<string, SignatureDescriptor>>,
  MainSignatures
>;

/** What is served. */
interface Served {
  readonly known: KnownModel;
  /** The only name that is right, or undefined where any is. */
  readonly only: string | undefined;
  readonly version: bigint;
  readonly labels: ReadonlyMap<string, bigint>;
  readonly signatures: ReadonlyMap<string, ServedSignature>;
  readonly source: AnswerSource;
}

/** A model as a system that can be mocked; throws `bad-options` for options that cannot be. */
export function createModelSystem(deployment: UntypedDeployment, options: UntypedOptions): MockedSystem {
  const served = toServed(deployment, options);
  return {
    auth: deployment.auth,
    answer: (request) => answerCall(request, served, true),
    starting: (request) => answerCall(request, served, false),
    refusal: errorReply,
  };
}

function toServed(
  { url, title, main, signatures }: UntypedDeployment,
  { seed = 0, version = 1, labels = {}, model, answers }: UntypedOptions,
): Served {
  const path = url === null ? null : new URL(url).pathname.replace(/\/+$/, "");
  const stated = path === null ? undefined : /\/v1\/models\/([^/:]+)/i.exec(path)?.[1];
  if (model !== undefined && (typeof model !== "string" || model === ""))
    throw optionError("model", "the name of a model", model);
  const keys = new Set(Object.keys(signatures));
  return {
    known: { name: model ?? (stated === undefined ? title : decodeURIComponent(stated)), path },
    only: model,
    version: toVersion("version", version),
    labels: new Map(
      Object.entries(labels).map(([label, each]) => [label, toVersion(`labels.${label}`, each)]),
    ),
    signatures: toServedSignatures(signatures),
    source: { seed: hashValue(seed, "tf-serving"), find: readAnswers(answers, { keys, main: main.predict }) },
  };
}

function toVersion(name: string, value: unknown): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw optionError(name, "a whole number from 0 on", value);
}

async function answerCall(request: MemoryRequest, served: Served, isReady: boolean): Promise<MemoryReply> {
  const { method, url, headers } = request;
  if (method === "OPTIONS") {
    // CORS is off unless the server is told otherwise.
    return { status: /^https?:/.test(headers["origin"] ?? "") ? 200 : 400 };
  }
  try {
    return await answerRead(readCall(method, url, served.known), request, { served, isReady });
  } catch (error) {
    if (error instanceof ServingFailure) return failureReply(error);
    throw error;
  }
}

async function answerRead(
  call: ServingCall,
  request: MemoryRequest,
  { served, isReady }: { readonly served: Served; readonly isReady: boolean },
): Promise<MemoryReply> {
  const find = (name: string, target: CallTarget): ServedSignature => {
    checkLoaded(target, served, isReady);
    return findSignature(name, served);
  };
  switch (call.kind) {
    case "outside":
      return notFoundPage();
    case "malformed":
      throw invalid(`Malformed request: ${request.method} ${call.path}`);
    case "no-model":
      throw invalid("Missing model name in request.");
    case "version-overflow":
      return { status: 400 };
    case "status":
      checkKnown(call, served);
      return jsonReply(printStatus(served.version, isReady));
    case "metadata":
      checkLoaded(call, served, isReady);
      return jsonReply(printMetadata(call.model, served.version, served.signatures));
    case "predict": {
      const body = readPredictBody(await readBody(request), (name) => find(name, call));
      return jsonReply(await predict(body, served.source));
    }
    case "classify":
    case "regress": {
      const { root, signatureName } = readRoot(await readBody(request));
      const examples = readExamples(root);
      checkLoaded(call, served, isReady);
      const signature = served.signatures.get(signatureName || "serving_default");
      if (signature === undefined)
        throw invalid(`No signature was found with the name: ${signatureName || "serving_default"}`);
      checkVerb(call.kind, signature);
      const parsed = examples.map((example, index) => parsedExample(example, index, signature));
      return jsonReply(await callWithExamples(call.kind, parsed, { signature, source: served.source }));
    }
  }
}

/** libevent's page. */
function notFoundPage(): MemoryReply {
  const head = "<HTML><HEAD>\n<TITLE>404 Not Found</TITLE>\n</HEAD>";
  const body = `${head}<BODY>\n<H1>Not Found</H1>\n</BODY></HTML>\n`;
  return { status: 404, headers: { "content-type": "text/html" }, body };
}

/** Holds a request for the status to what is served: labels are not looked at. */
function checkKnown({ model, version }: CallTarget, { only, version: own }: Served): void {
  if (only !== undefined && model !== only)
    throw new ServingFailure("NOT_FOUND", `Could not find any versions of model ${model}`);
  if (version !== null && version !== own)
    throw new ServingFailure("NOT_FOUND", `Could not find version ${version} of model ${model}`);
}

/** Holds any other request to what is served, once it is loaded. */
function checkLoaded(
  { model, version, label }: CallTarget,
  { only, version: own, labels }: Served,
  isReady: boolean,
): void {
  const isKnown = only === undefined || model === only;
  const labelled = label === null || !isKnown ? undefined : labels.get(label);
  if (label !== null && labelled === undefined)
    throw invalid(`Unrecognized servable version label: ${label}`);
  const asked = labelled ?? version;
  if (isKnown && isReady && (asked === null || asked === own)) return;
  const request = asked === null ? `Latest(${model})` : `Specific(${model}, ${asked})`;
  throw new ServingFailure("NOT_FOUND", `Servable not found for request: ${request}`);
}

function findSignature(name: string, { signatures }: Served): ServedSignature {
  const wanted = name || "serving_default";
  const signature = signatures.get(wanted);
  if (signature !== undefined) return signature;
  throw invalid(`Serving signature name: "${wanted}" not found in signature def`);
}
