import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { readAddress } from "./tf-serving-addresses.js";
import type { Target } from "./tf-serving-addresses.js";
import { checkVerb, mergedExamples, readExamplesRequest } from "./tf-serving-examples.js";
import { writeClassifyReply, writeRegressReply } from "./tf-serving-examples.js";
import { ServingFailure, invalid } from "./tf-serving-failure.js";
import { loadedVersion, metadataBody, signatureOf, statusBody } from "./tf-serving-model.js";
import type { ServedModel } from "./tf-serving-model.js";
import { readPredictRequest, writePredictReply } from "./tf-serving-predict.js";
import { errorBody } from "./tf-serving-print.js";

/*
 * TensorFlow Serving's REST interface on loopback, in code of its own: nothing of the client's is used here. It
 * refuses what the real server refuses, in its words, and computes what it answers.
 */

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query as they stood in the request. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server answers with. */
export interface ServedReply {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is served, and what stands before it. */
export interface ServingOptions {
  readonly models: readonly ServedModel[];
  /** Deployments of a Gradient front door: each id stands for a model. */
  readonly gradient?: ReadonlyMap<string, string>;
  /** The front door's user and password; every request needs them. */
  readonly basic?: { readonly username: string; readonly password: string };
  /** Answers in the server's place, as a proxy would. */
  readonly intercept?: (request: SeenRequest) => ServedReply | undefined;
}

/** A running server. */
export interface TfServing {
  readonly origin: string;
  /** Every request so far, also those that were refused. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startTfServing(options: ServingOptions): Promise<TfServing> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((seen) => {
      requests.push(seen);
      send(response, answer(seen, options));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { method = "", url = "", headers } = request;
  return { method, url, headers, body: inflated(Buffer.concat(chunks), headers) };
}

/** A body that does not inflate reads as empty. */
function inflated(bytes: Buffer, headers: IncomingHttpHeaders): string {
  if (!headers["content-encoding"]?.includes("gzip")) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: 100 * 2 ** 20 }).toString("utf8");
  } catch {
    return "";
  }
}

function send(response: ServerResponse, { status, body, contentType, headers }: ServedReply): void {
  const type = contentType ?? "application/json";
  response.writeHead(status, { ...(body === "" ? {} : { "content-type": type }), ...headers });
  response.end(body);
}

function answer(request: SeenRequest, options: ServingOptions): ServedReply {
  const { basic, intercept, gradient } = options;
  const instead = intercept?.(request);
  if (instead !== undefined) return instead;
  if (basic !== undefined) {
    const due = Buffer.from(`${basic.username}:${basic.password}`).toString("base64");
    if (request.headers.authorization !== `Basic ${due}`) return html(401, "Unauthorized");
  }
  return gradient === undefined ? serve(request, options.models) : behindGradient(request, options, gradient);
}

/** Gradient's address of a deployment stands for the model's. */
function behindGradient(
  request: SeenRequest,
  { models }: ServingOptions,
  gradient: ReadonlyMap<string, string>,
): ServedReply {
  const [, id = "", rest = ""] = /^\/model-serving\/([^/:?]+)(.*)$/.exec(request.url) ?? [];
  const model = gradient.get(id);
  if (model === undefined) return html(404, "Not Found");
  return serve({ ...request, url: `/v1/models/${encodeURIComponent(model)}${rest}` }, models);
}

/** What the server answers, apart from what stands before it. */
function serve(request: SeenRequest, models: readonly ServedModel[]): ServedReply {
  const { method, url, body } = request;
  if (method === "OPTIONS") {
    const known = /^https?:/.test(request.headers.origin ?? "");
    return { status: known ? 200 : 400, body: "" };
  }
  const call = readAddress(method, url);
  try {
    switch (call.kind) {
      case "outside":
        return html(404, "Not Found");
      case "malformed":
        throw invalid(`Malformed request: ${method} ${url}`);
      case "no-model":
        throw invalid("Missing model name in request.");
      case "version-overflow":
        return { status: 400, body: "" };
      case "status":
        return { status: 200, body: statusBody(models, call) };
      case "metadata":
        return { status: 200, body: metadataBody(models, call) };
      case "predict":
        return { status: 200, body: predict(body, call, models) };
      case "classify":
      case "regress":
        return { status: 200, body: callOnExamples(call.kind, body, { target: call, models }) };
    }
  } catch (error) {
    if (error instanceof ServingFailure) return { status: error.status, body: errorBody(error.message) };
    return { status: 500, body: errorBody(String(error)) };
  }
}

function predict(body: string, target: Target, models: readonly ServedModel[]): string {
  const { signatureName, format, inputs } = readPredictRequest(body, (name) => {
    return signatureOf(loadedVersion(models, target).model, name).inputs;
  });
  const { model, version } = loadedVersion(models, target);
  const { run } = signatureOf(model, signatureName);
  if (run === undefined) throw invalid("Could not parse example input");
  return writePredictReply(run(inputs, version), format);
}

function callOnExamples(
  verb: "classify" | "regress",
  body: string,
  { target, models }: { target: Target; models: readonly ServedModel[] },
): string {
  const request = readExamplesRequest(body);
  const { model, version } = loadedVersion(models, target);
  const signature = signatureOf(model, request.signatureName);
  checkVerb(verb, signature.inputs, signature.outputs);
  if (signature.runExamples === undefined) throw invalid("Expected the input to be serialized examples");
  const examples = mergedExamples(request);
  const outputs = signature.runExamples(examples, version);
  return verb === "classify" ? writeClassifyReply(outputs, examples.length) : writeRegressReply(outputs);
}

function html(status: number, title: string): ServedReply {
  const head = `<HTML><HEAD>\n<TITLE>${status} ${title}</TITLE>\n</HEAD>`;
  const body = `${head}<BODY>\n<H1>${title}</H1>\n</BODY></HTML>\n`;
  return { status, body, contentType: "text/html" };
}
