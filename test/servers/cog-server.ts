import type { ServerResponse } from "node:http";
import { sendEvent, sendJson, startLoopback } from "./cog-http.js";
import type { LoopbackServer, SeenRequest } from "./cog-http.js";
import { startJob } from "./cog-job.js";
import type { FakeModel, Job } from "./cog-job.js";

/*
 * A Cog server on loopback, by docs/http.md of replicate/cog: one slot for predictions, idempotent creation, cancelling,
 * and server-sent events for a model that has been told to stream.
 */

/** How the server is to be. */
export interface CogServerOptions {
  /** The input that must be there; default `prompt`. */
  readonly needs?: string;
  /** Without `PUT /predictions/{id}`, as servers were until 2022. */
  readonly old?: boolean;
  /** Whether the model has been told to stream. */
  readonly streams?: boolean;
  /** Connections that break after the prediction has begun. */
  readonly breaks?: number;
}

/** A running server, with what it was asked to cancel. */
export interface CogServer extends LoopbackServer {
  readonly cancelled: string[];
}

/** Starts a server of a model. */
export async function startCogServer(model: FakeModel, options: CogServerOptions = {}): Promise<CogServer> {
  const jobs = new Map<string, Job>();
  const cancelled: string[] = [];
  const needs = options.needs ?? "prompt";
  let breaks = options.breaks ?? 0;

  const predict = async (id: string, request: SeenRequest, response: ServerResponse): Promise<void> => {
    const { input }: { input: Record<string, unknown> } = JSON.parse(request.text);
    if (!(needs in input)) {
      const detail = [{ loc: ["body", "input", needs], msg: "field required", type: "value_error.missing" }];
      return sendJson(response, 422, { detail });
    }
    const events = request.headers.accept === "text/event-stream";
    if (events && options.streams !== true)
      return sendJson(response, 406, { detail: "not a streaming model" });
    const running = jobs.get(id);
    if (running !== undefined && !events) return sendJson(response, 202, running.state());
    if (running === undefined && jobs.size > 0) {
      return sendJson(response, 409, { detail: "Already running a prediction" });
    }
    const job = running ?? startJob(model, id, input);
    jobs.set(id, job);
    void job.done.finally(() => jobs.delete(id));
    if (breaks > 0) {
      breaks -= 1;
      response.destroy();
    } else if (events) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      sendEvent(response, "start", JSON.stringify({ id, status: "processing" }));
      sendEvent(response, "log", JSON.stringify({ source: "stdout", data: "loading" }));
      job.onItem((chunk, index) => sendEvent(response, "output", JSON.stringify({ chunk, index })));
      await job.done;
      sendEvent(response, "completed", JSON.stringify(job.state()));
      response.end();
    } else {
      await job.done;
      sendJson(response, 200, job.state());
    }
  };

  const server = await startLoopback(async (request, response) => {
    const [, root, id, verb] = request.url.split("/");
    if (root !== "predictions") return sendJson(response, 404, { detail: "Not Found" });
    if (request.method === "POST" && id === undefined)
      return await predict("of-the-server", request, response);
    if (id === undefined || options.old === true) return sendJson(response, 404, { detail: "Not Found" });
    if (request.method === "PUT" && verb === undefined) return await predict(id, request, response);
    if (request.method !== "POST" || verb !== "cancel")
      return sendJson(response, 405, { detail: "Not Allowed" });
    cancelled.push(id);
    jobs.get(id)?.cancel();
    sendJson(response, 200, {});
  });
  return { ...server, cancelled };
}
