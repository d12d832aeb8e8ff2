import type { ServerResponse } from "node:http";
import { sendEvent, sendJson, startLoopback } from "./cog-http.js";
import type { LoopbackServer, SeenRequest } from "./cog-http.js";
import { startJob } from "./cog-job.js";
import type { FakeModel, Job } from "./cog-job.js";

/*
 * Replicate's HTTP API on loopback: predictions are made, asked for, cancelled and streamed; files stand at addresses
 * that take no credentials.
 */

/** The token that the API takes. */
export const token = "r8-a-token-that-nobody-may-see";

/** How the API is to be. */
export interface ReplicateOptions {
  /** The input that must be there; default `prompt`. */
  readonly needs?: string;
  /** Whether predictions have an address to stream them from; `broken` ends after the first item. */
  readonly streams?: boolean | "broken";
  /** Where `urls.get` and the like lead; default the API itself. */
  readonly elsewhere?: string;
  /** Requests to make a prediction that are told to come later. */
  readonly busy?: number;
}

/** A running API, with what it was asked to cancel. */
export interface ReplicateServer extends LoopbackServer {
  readonly cancelled: string[];
}

/** Starts an API of a model. */
export async function startReplicate(
  model: FakeModel,
  options: ReplicateOptions = {},
): Promise<ReplicateServer> {
  const jobs = new Map<string, Job>();
  const cancelled: string[] = [];
  const needs = options.needs ?? "prompt";
  let busy = options.busy ?? 0;
  let origin = "";

  const stateOf = (id: string, job: Job): object => {
    const at = options.elsewhere ?? origin;
    const urls = { get: `${at}/v1/predictions/${id}`, cancel: `${at}/v1/predictions/${id}/cancel` };
    const stream = options.streams === undefined ? {} : { stream: `${at}/stream/${id}` };
    return { ...job.state(), urls: { ...urls, ...stream } };
  };

  const create = async ({ text, headers }: SeenRequest, response: ServerResponse): Promise<void> => {
    if (busy > 0) {
      busy -= 1;
      return sendJson(
        response,
        429,
        { detail: "Request was throttled.", status: 429 },
        { "retry-after": "0" },
      );
    }
    const { input }: { input: Record<string, unknown> } = JSON.parse(text);
    if (!(needs in input)) {
      return sendJson(response, 422, {
        title: "Input validation failed",
        detail: `- input: ${needs} is required\n`,
        status: 422,
        invalid_fields: [{ type: "required", field: `input.${needs}`, description: `${needs} is required` }],
      });
    }
    const id = `p${jobs.size}`;
    const job = startJob(model, id, input);
    jobs.set(id, job);
    const wait = Number(/^wait=(\d+)$/.exec(String(headers["prefer"]))?.[1] ?? 0);
    if (wait > 0) {
      await Promise.race([job.done, new Promise((resolve) => setTimeout(resolve, wait * 1000).unref())]);
    }
    sendJson(response, 201, stateOf(id, job));
  };

  const stream = async (job: Job, response: ServerResponse): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    job.onItem((item) => {
      if (response.writableEnded) return;
      sendEvent(response, "output", typeof item === "string" ? item : JSON.stringify(item));
      if (options.streams === "broken") response.end();
    });
    await job.done;
    const { status } = job.state();
    if (response.writableEnded) return;
    sendEvent(
      response,
      "done",
      JSON.stringify(status === "succeeded" ? {} : { reason: status === "failed" ? "error" : status }),
    );
    response.end();
  };

  const server = await startLoopback(async (request, response) => {
    const { method, url, headers } = request;
    const [, root, kind, id = "", verb] = url.split("/");
    if (root === "files")
      return void response.writeHead(200, { "content-type": "image/png" }).end("the file");
    const streamed = root === "stream" ? jobs.get(kind ?? "") : undefined;
    if (streamed !== undefined) return await stream(streamed, response);
    if (headers.authorization !== `Bearer ${token}`) {
      return sendJson(response, 401, {
        title: "Unauthenticated",
        detail: "You did not pass a valid token",
        status: 401,
      });
    }
    if (method === "POST" && /^\/v1\/((models|deployments)\/[^/]+\/[^/]+\/)?predictions$/.test(url))
      return await create(request, response);
    const job = kind === "predictions" ? jobs.get(id) : undefined;
    if (job === undefined) return sendJson(response, 404, { detail: "Not found.", status: 404 });
    if (method === "POST" && verb === "cancel") {
      cancelled.push(id);
      job.cancel();
    }
    sendJson(response, 200, stateOf(id, job));
  });
  origin = server.origin;
  return { ...server, cancelled };
}
