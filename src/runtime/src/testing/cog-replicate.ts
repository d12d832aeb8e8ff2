/*
 * Replicate's API that answers from memory: predictions are made, asked for, cancelled and streamed. Statuses and words
 * are those of replicate.com/docs/reference/http and of what the API is known to answer. A model that is starting has
 * its predictions wait.
 */
import { isRecord, ownMember, setOwnMember } from "../own-member.js";
import type { MemoryReply, MemoryRequest } from "../http/memory-transport.js";
import { eventText } from "./cog-events.js";
import { readInput } from "./cog-input.js";
import { startJob } from "./cog-job.js";
import type { Job } from "./cog-job.js";
import { resultOf } from "./cog-model.js";
import type { MockedCog } from "./cog-model.js";
import type { Fault } from "./fault.js";
import type { AnswerSource } from "./given-answer.js";
import { hashValue } from "./hash-value.js";
import type { MockedSystem } from "./mock-types.js";

/** What the API is to be, beside its model. */
export interface ReplicateParts extends AnswerSource {
  /** Whether the model can run by now. */
  readonly isReady: () => boolean;
}

/** An API whose streams take no credentials. */
export interface ReplicateSystem extends MockedSystem {
  /** The events of the prediction whose stream the request asks for, if it does. */
  streamed(request: MemoryRequest): Promise<MemoryReply> | undefined;
}

/** A prediction, with what was said when it was made. */
interface Made {
  readonly id: string;
  readonly createdAt: string;
  readonly input: unknown;
  readonly version: string;
  readonly run: () => Job;
  /** Undefined while the model is starting. */
  job: Job | undefined;
  isCanceled: boolean;
}

/** As many predictions can be asked for; the oldest are forgotten first. */
const mostPredictions = 1_000;

const places =
  /\/v1\/(?:predictions(?:\/|$)|streams\/|(?:models|deployments)\/[^/]+\/[^/]+\/predictions\/?$)/;

/** Whether an address is one of the API's, and not of a server of the model's own. */
export function isReplicate(url: string): boolean {
  return places.test(new URL(url).pathname);
}

/** The half of a mock that is Replicate's own. */
export function createReplicate(model: MockedCog, parts: ReplicateParts): ReplicateSystem {
  const predictions = new Map<string, Made>();
  const { framing } = model;

  async function create(request: MemoryRequest, route: Route): Promise<MemoryReply> {
    const body = readBody(request);
    if (body === undefined) return problem(400, "Bad request", "JSON parse error");
    const version = ownMember(body, "version");
    if (route.kind === "version" && typeof version !== "string")
      return invalid([{ type: "required", field: "version", description: "version is required" }]);
    const wrongVersion = typeof version === "string" && framing.version !== null && !sameVersion(version);
    if (route.kind === "version" && wrongVersion)
      return problem(422, "Invalid version or not permitted", "The specified version does not exist.");
    if (route.kind === "model" && framing.model !== null && route.name !== framing.model) return notFound;
    const given = ownMember(body, "input");
    if (!isRecord(given))
      return invalid([{ type: "required", field: "input", description: "input is required" }]);
    const input = readInput(given, model, "passed over");
    if (input.faults !== undefined) return invalid(input.faults.map(fieldOf));
    const known = Object.keys(model.inputs);
    const row = membersOf(input.value, known);
    const made = make({
      ...{ row, given },
      version: typeof version === "string" ? version : (framing.version ?? ""),
    });
    const wait = /^wait(?:=\d+)?$/.test(request.headers["prefer"] ?? "");
    if (wait && made.job !== undefined) await made.job.done;
    return { status: 201, json: shown(made, request.url, !wait) };
  }

  function sameVersion(version: string): boolean {
    return version === framing.version || version.endsWith(`:${framing.version ?? ""}`);
  }

  function make({ row, given, version }: { row: unknown; given: unknown; version: string }): Made {
    const words = hashValue(parts.seed, [predictions.size, given]);
    const id = words
      .map((word) => (word >>> 0).toString(36))
      .join("")
      .slice(0, 26);
    const run = (): Job => startJob(id, async () => await resultOf(row, model, parts));
    const made: Made = {
      ...{ id, input: given, version, run, createdAt: new Date().toISOString() },
      ...{ job: parts.isReady() ? run() : undefined, isCanceled: false },
    };
    predictions.set(id, made);
    for (const oldest of predictions.keys()) {
      if (predictions.size <= mostPredictions) break;
      predictions.delete(oldest);
    }
    return made;
  }

  /** Runs what was made while the model was starting, and lets it come to its end. */
  async function awaken(made: Made): Promise<void> {
    if (made.job === undefined && !made.isCanceled && parts.isReady()) made.job = made.run();
    await made.job?.done;
  }

  function cancel(made: Made): void {
    if (made.job === undefined) made.isCanceled = true;
    else made.job.cancel();
  }

  /** The prediction as the API tells of it; one that was just made has not begun. */
  function shown(made: Made, url: string, isNew: boolean): unknown {
    const { id, input, version, createdAt, job, isCanceled } = made;
    const at = new URL(`/v1/predictions/${id}`, url).href;
    const stream = framing.output === "value" ? {} : { stream: new URL(`/v1/streams/${id}`, url).href };
    const { status, output, error } = isNew || job === undefined ? waiting : job.state();
    return {
      ...{ id, model: framing.model ?? "", version, input, logs: "", output, data_removed: false, error },
      ...{ status: isCanceled ? "canceled" : status, created_at: createdAt },
      ...(status === "succeeded" ? { metrics: { predict_time: 0.01 } } : {}),
      urls: { get: at, cancel: `${at}/cancel`, ...stream },
    };
  }

  async function eventsOf(made: Made): Promise<MemoryReply> {
    await awaken(made);
    const { status, items } = made.job?.state() ?? waiting;
    const reasons = { failed: "error", canceled: "canceled" } as const;
    const reason = status === "failed" || status === "canceled" ? { reason: reasons[status] } : {};
    const texts = items.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
    const ends = status === "starting" ? [] : [eventText("done", JSON.stringify(reason))];
    const events = [...texts.map((text) => eventText("output", text)), ...ends];
    return { headers: { "content-type": "text/event-stream" }, body: events.join("") };
  }

  return {
    auth: [{ kind: "bearer" }],
    async answer(request) {
      const route = routeOf(request.url);
      if (route === undefined) return notFound;
      if (route.kind !== "prediction")
        return request.method === "POST" ? await create(request, route) : notAllowed(request.method);
      const made = predictions.get(route.id);
      if (made === undefined) return notFound;
      if (request.method !== (route.cancel ? "POST" : "GET")) return notAllowed(request.method);
      if (route.cancel) cancel(made);
      else await awaken(made);
      return { json: shown(made, request.url, false) };
    },
    refusal,
    streamed({ method, url }) {
      const [, id = ""] = /\/v1\/streams\/([^/]+)$/.exec(new URL(url).pathname) ?? [];
      const made = predictions.get(id);
      return method === "GET" && made !== undefined ? eventsOf(made) : undefined;
    },
  };
}

const waiting = { status: "starting", output: null, items: [], error: null } as const;

type Route =
  | { readonly kind: "version" | "deployment" }
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "prediction"; readonly id: string; readonly cancel: boolean };

function routeOf(url: string): Route | undefined {
  const path = new URL(url).pathname.replace(/^.*?\/v1\//, "").replace(/\/$/, "");
  if (path === "predictions") return { kind: "version" };
  const [, owned, name = ""] = /^(models|deployments)\/([^/]+\/[^/]+)\/predictions$/.exec(path) ?? [];
  if (owned !== undefined) return owned === "models" ? { kind: "model", name } : { kind: "deployment" };
  const [, id, verb] = /^predictions\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
  return id === undefined ? undefined : { kind: "prediction", id, cancel: verb !== undefined };
}

function readBody(request: MemoryRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const body = request.json();
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Inputs that the model does not state make no difference to it. */
function membersOf(value: unknown, names: readonly string[]): unknown {
  const row: Record<string, unknown> = {};
  if (!isRecord(value)) return row;
  for (const name of names) {
    const member = ownMember(value, name);
    if (member !== undefined) setOwnMember(row, name, member);
  }
  return row;
}

interface InvalidField {
  readonly type: string;
  readonly field: string;
  readonly description: string;
}

function fieldOf({ type, loc: [name = "input", ...steps], msg }: Fault): InvalidField {
  const field = ["input", name, ...steps].join(".");
  if (type === "missing" && steps.length === 0)
    return { type: "required", field, description: `${name} is required` };
  return { type, field, description: msg };
}

function invalid(fields: readonly InvalidField[]): MemoryReply {
  const detail = fields.map(({ field, description }) => `- ${field}: ${description}\n`).join("");
  const json = { title: "Input validation failed", detail, status: 422, invalid_fields: fields };
  return { status: 422, json };
}

function refusal(status: number, why: string): MemoryReply {
  if (status === 401) return problem(401, "Unauthenticated", "You did not pass a valid authentication token");
  if (status === 429) return problem(429, "Too Many Requests", "Request was throttled.");
  return problem(status, why, why);
}

function problem(status: number, title: string, detail: string): MemoryReply {
  return { status, json: { title, detail, status } };
}

const notFound: MemoryReply = problem(404, "Not found", "The requested resource could not be found.");

function notAllowed(method: string): MemoryReply {
  return problem(405, "Method not allowed", `Method "${method}" not allowed.`);
}
