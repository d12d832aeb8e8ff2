import type { MockFailure } from "@gen-deploy/runtime/testing/modelbit";
import type { Latency } from "../mock/latency.js";
import { UsageError } from "./exit-status.js";
import { all, one, type Words } from "./words.js";

/** How a mock is to be served. */
export interface MockChoices {
  readonly host: string;
  /** Undefined where any that is free will do. */
  readonly port: number | undefined;
  readonly seed: string;
  /** The credential that calls must carry; undefined where none is asked for. */
  readonly token: string | undefined;
  readonly latency: Latency;
  readonly failures: readonly MockFailure[];
  /** In milliseconds. */
  readonly coldStart: number;
  readonly record: string | undefined;
  readonly replay: string | undefined;
}

/** What `gen-deploy mock` is told; throws `UsageError`. */
export function mockChoices(words: Words): MockChoices {
  refuseIdleOptions(words);
  const port = one(words, "port");
  return {
    host: one(words, "host") ?? "127.0.0.1",
    port: port === undefined ? undefined : parsePort(port),
    seed: one(words, "seed") ?? "0",
    token: one(words, "token"),
    latency: parseLatency(one(words, "latency") ?? "0"),
    failures: all(words, "fail").map(parseFailure),
    coldStart: parseDuration("cold-start", one(words, "cold-start") ?? "0"),
    record: one(words, "record"),
    replay: one(words, "replay"),
  };
}

/** Where all answers are recorded ones, nobody asks for a credential, fails or starts. */
function refuseIdleOptions(words: Words): void {
  if (words["replay"] === undefined || words["record"] !== undefined) return;
  const idle = (["token", "fail", "cold-start"] as const).find((name) => words[name] !== undefined);
  if (idle === undefined) return;
  throw new UsageError(
    `--${idle} does nothing for recorded answers, and --replay alone has no others.`,
    "Leave it out, or have the mock answer what is not recorded: --replay FILE --record FILE.",
  );
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port <= 65_535) return port;
  throw new UsageError(`--port ${shown(text)} is no number from 0 to 65535.`);
}

/** `20ms`, or `20ms-200ms`. */
function parseLatency(text: string): Latency {
  const [first = "", second = first, ...others] = text.split("-");
  const least = parseDuration("latency", first);
  const most = parseDuration("latency", second);
  if (others.length === 0 && least <= most) return { least, most };
  throw new UsageError(
    `--latency ${shown(text)} is no time, and no range of times.`,
    "As in 20ms, or 20ms-200ms.",
  );
}

/** `503`, `503:0.1`, `429:0.1:2s`, `unreachable:0.05`. */
function parseFailure(text: string): MockFailure {
  const [what = "", share = "1", after, ...others] = text.split(":");
  const status = what === "unreachable" ? what : /^[45]\d\d$/.test(what) ? Number(what) : undefined;
  const rate = /^(?:\d+\.?\d*|\.\d+)$/.test(share) ? Number(share) : Infinity;
  if (
    status === undefined ||
    rate > 1 ||
    others.length > 0 ||
    (after !== undefined && status === "unreachable")
  ) {
    throw new UsageError(
      `--fail ${shown(text)} is not of the form STATUS:SHARE.`,
      "As in 503:0.1 for one call of ten, 429:0.1:2s with a Retry-After, or unreachable:0.05.",
    );
  }
  const usual = status === 503 || status === 429 ? "1s" : undefined;
  const wait = after ?? usual;
  if (wait === undefined) return { status, rate };
  return { status, rate, retryAfter: Math.ceil(parseDuration("fail", wait) / 1000) };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** A time in milliseconds; a day is the longest. */
function parseDuration(option: string, text: string): number {
  const [, count, unit] = /^(\d+\.?\d*|\.\d+)(ms|s|m)$/.exec(text) ?? [];
  const time = text === "0" ? 0 : Number(count) * (units[unit ?? ""] ?? Number.NaN);
  if (time <= 86_400_000) return time;
  throw new UsageError(`--${option} ${shown(text)} is no time.`, "Write it with its unit: 20ms, 1.5s or 2m.");
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
