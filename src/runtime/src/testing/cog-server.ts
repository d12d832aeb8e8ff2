/*
 * A Cog server that answers from memory, as docs/http.md of replicate/cog 0.22 and the routes and input validation of
 * its server, coglet, have it. Webhooks are not called; the words of a 406 and of statuses that coglet never gives are
 * our own.
 */
import { isRecord, ownMember } from "../own-member.js";
import type { MemoryReply, MemoryRequest } from "../http/memory-transport.js";
import { eventText } from "./cog-events.js";
import { readInput } from "./cog-input.js";
import { startJob } from "./cog-job.js";
import type { Job, JobState } from "./cog-job.js";
import { resultOf } from "./cog-model.js";
import type { MockedCog } from "./cog-model.js";
import type { Fault } from "./fault.js";
import type { AnswerSource } from "./given-answer.js";
import type { MockedSystem } from "./mock-types.js";

/** What a server is to be, beside its model. */
export interface ServerParts extends AnswerSource {
  /** Predictions at once. */
  readonly slots: number;
}

const version = { coglet: "0.22.0" };

/** The half of a mock that is a Cog server's own. */
export function createCogServer(model: MockedCog, parts: ServerParts): MockedSystem {
  const running = new Map<string, Job>();
  let made = 0;

  async function predict(request: MemoryRequest, pathId: string | undefined): Promise<MemoryReply> {
    const body = readBody(request);
    if ("reply" in body) return body.reply;
    const id = pathId ?? body.id ?? `pred_${(made += 1)}`;
    if (body.id !== undefined && body.id !== id) return wrongId;
    const wantsEvents = (request.headers["accept"] ?? "").includes("text/event-stream");
    if (wantsEvents && !model.framing.streams) return refusal(406, "The model does not stream its outputs.");
    const known = running.get(id);
    if (known !== undefined) return wantsEvents ? await eventsOf(known) : json(202, stateOf(known));
    const input = readInput(body.input, model, "refused");
    if (input.faults !== undefined) return json(422, { detail: input.faults.map(detailOf) });
    const row = input.value;
    if (running.size >= parts.slots) return refusal(409, "");
    const job = startJob(id, async () => await resultOf(row, model, parts));
    running.set(id, job);
    void job.done.then(() => running.delete(id));
    if (wantsEvents) return await eventsOf(job);
    if (request.headers["prefer"] === "respond-async") return json(202, { id, status: "starting" });
    await job.done;
    return json(200, stateOf(job));
  }

  function cancel(id: string): MemoryReply {
    return json(running.get(id)?.cancel() === true ? 200 : 404, {});
  }

  function health(status: "READY" | "STARTING"): MemoryReply {
    const setup = { status: status === "READY" ? "succeeded" : "starting", logs: "" };
    const isBusy = status === "READY" && running.size >= parts.slots;
    return json(200, { status: isBusy ? "BUSY" : status, setup, version });
  }

  return {
    auth: model.auth,
    async answer(request) {
      const { place, id } = routeOf(request.url);
      const { method } = request;
      if (place === "nowhere") return { status: 404 };
      if (place === "health") return method === "GET" ? health("READY") : notAllowed("GET,HEAD");
      if (place === "root") return method === "GET" ? json(200, discovery) : notAllowed("GET,HEAD");
      if (place === "predictions")
        return method === "POST" ? await predict(request, undefined) : notAllowed("POST");
      if (place === "prediction") return method === "PUT" ? await predict(request, id) : notAllowed("PUT");
      return method === "POST" ? cancel(id) : notAllowed("POST");
    },
    refusal,
    starting(request) {
      const { place } = routeOf(request.url);
      if (place === "health") return health("STARTING");
      if (place === "root") return json(200, discovery);
      return place === "nowhere" ? { status: 404 } : refusal(503, "");
    },
  };
}

interface Route {
  readonly place: "nowhere" | "root" | "health" | "predictions" | "prediction" | "cancel";
  readonly id: string;
}

/** Known by the end of the path. */
function routeOf(url: string): Route {
  const { pathname } = new URL(url);
  const path = pathname.replace(/\/$/, "");
  if (path.endsWith("/health-check")) return { place: "health", id: "" };
  if (path.endsWith("/predictions")) return { place: "predictions", id: "" };
  const [, id, verb] = /\/predictions\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
  if (id === undefined) return { place: pathname.endsWith("/") ? "root" : "nowhere", id: "" };
  return { place: verb === undefined ? "prediction" : "cancel", id: decoded(id) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type Body = { readonly id: string | undefined; readonly input: unknown } | { readonly reply: MemoryReply };

/** No body is an empty one. */
function readBody(request: MemoryRequest): Body {
  const type = request.headers["content-type"];
  if (type === undefined) return { id: undefined, input: null };
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    return { reply: plain(415, "Expected request with `Content-Type: application/json`") };
  let value: unknown;
  try {
    value = request.json();
  } catch {
    return { reply: plain(400, "Failed to parse the request body as JSON") };
  }
  const id = isRecord(value) ? (ownMember(value, "id") ?? undefined) : undefined;
  if (!isRecord(value) || (id !== undefined && typeof id !== "string"))
    return { reply: plain(422, "Failed to deserialize the JSON body into the target type") };
  return { id, input: ownMember(value, "input") };
}

const wrongId: MemoryReply = json(422, {
  detail: [
    {
      loc: ["body", "id"],
      msg: "prediction ID must match the ID supplied in the URL",
      type: "value_error",
    },
  ],
});

function detailOf({ type, loc: [field = "__root__", ...steps], msg }: Fault): unknown {
  const loc = ["body", "input", field, ...steps];
  if (type === "missing") return { loc, msg, type: "value_error.missing" };
  if (type === "extra_forbidden" && steps.length === 0)
    return { loc, msg: `Unexpected field '${field}'`, type: "value_error.extra" };
  return { loc, msg, type: "value_error" };
}

/** A prediction as replies and events have it; nobody measures how long a mock takes. */
function stateOf({ id, state }: Job): unknown {
  const { status, output, error } = state();
  return { id, ...shownOutput(status, output), ...(error === null ? {} : { error }), ...measured, status };
}

const measured = { logs: "", metrics: { predict_time: 0.01 } };

function shownOutput(status: JobState["status"], output: unknown): { readonly output?: unknown } {
  return status === "succeeded" ? { output } : {};
}

async function eventsOf(job: Job): Promise<MemoryReply> {
  await job.done;
  const { items } = job.state();
  const events = [
    eventText("start", JSON.stringify({ id: job.id, status: "processing" })),
    ...items.map((chunk, index) => eventText("output", JSON.stringify({ chunk, index }))),
    eventText("completed", JSON.stringify(stateOf(job))),
  ];
  return { headers: { "content-type": "text/event-stream" }, body: events.join("") };
}

const discovery = {
  cog_version: "0.22.0",
  docs_url: "/docs",
  openapi_url: "/openapi.json",
  shutdown_url: "/shutdown",
  healthcheck_url: "/health-check",
  predictions_url: "/predictions",
  predictions_idempotent_url: "/predictions/{prediction_id}",
  predictions_cancel_url: "/predictions/{prediction_id}/cancel",
};

function refusal(status: number, why: string): MemoryReply {
  const words: Readonly<Record<number, string>> = {
    409: "At capacity - all prediction slots busy",
    503: "Predictor not ready",
  };
  return json(status, { error: words[status] ?? why, status: "failed" });
}

function notAllowed(allow: string): MemoryReply {
  return { status: 405, headers: { allow } };
}

function plain(status: number, body: string): MemoryReply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

function json(status: number, value: unknown): MemoryReply {
  return { status, json: value };
}
