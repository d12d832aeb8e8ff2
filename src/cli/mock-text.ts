/*
 * What `gen-deploy mock` says of itself when it starts: where it is, and how it is called.
 */
import type { AuthScheme, MemoryRequest } from "@gen-deploy/runtime";
import type { MockCall } from "../mock/mock-call.js";
import type { MockChoices } from "./mock-settings.js";
import { toOneLine } from "./terminal.js";

/** A mock that runs. */
export interface RunningMock {
  readonly title: string;
  readonly dialect: string;
  /** What a client is made with. */
  readonly url: string;
  /** Where the description is served, or null where it is not. */
  readonly description: string | null;
  /** How calls must prove who sends them, or undefined where they need not. */
  readonly auth: AuthScheme | undefined;
  /** A call that is answered, or undefined where there is none that is short. */
  readonly example: MemoryRequest | undefined;
}

/** The lines with which a mock begins. */
export function startText(mock: RunningMock, choices: MockChoices): string {
  const { title, dialect, url, description, auth, example } = mock;
  const token = auth === undefined ? "" : ", token";
  return [
    `${toOneLine(title)} (${dialect}) answers at ${url}`,
    ...(description === null ? [] : [`its description: ${description}`]),
    ...settingLines(choices, auth !== undefined),
    "",
    ...(example === undefined ? [] : [`  ${curlLine(example, auth)}`]),
    `  createClient({ url: ${JSON.stringify(url)}${token} })`,
    "",
    "Ctrl-C ends it.",
  ].join("\n");
}

function settingLines(choices: MockChoices, asksCredential: boolean): readonly string[] {
  const { seed, failures, latency, coldStart, record, replay } = choices;
  const isReplayAlone = replay !== undefined && record === undefined;
  const said = [
    ...(isReplayAlone ? [] : [`seed ${toOneLine(seed)}`]),
    ...(asksCredential && !isReplayAlone
      ? [`calls must carry ${choices.token === undefined ? "a" : "the"} token`]
      : []),
    ...(latency.most > 0 ? [`latency ${rangeText(latency.least, latency.most)}`] : []),
    ...failures.map(({ status, rate = 1 }) => `${Math.round(rate * 1000) / 10} % of the calls: ${status}`),
    ...(coldStart > 0 ? [`starting for ${coldStart} ms`] : []),
    ...(replay === undefined ? [] : [`answers from ${toOneLine(replay)}`]),
    ...(record === undefined ? [] : [`records into ${toOneLine(record)}`]),
  ];
  return [said.join("; ")];
}

function rangeText(least: number, most: number): string {
  return least === most ? `${least} ms` : `${least} to ${most} ms`;
}

/** A request as a command for a POSIX shell, with `$TOKEN` where the credential goes. */
function curlLine({ method, url, headers, bytes }: MemoryRequest, auth: AuthScheme | undefined): string {
  const type = headers["content-type"];
  const body = bytes();
  const own = body.length > 0 ? "POST" : "GET";
  return [
    "curl",
    ...(method === own ? [] : [`-X ${method}`]),
    auth?.kind === "api-key" && auth.in === "query"
      ? `${quoted(`${url}${url.includes("?") ? "&" : "?"}${encodeURIComponent(auth.name)}=`)}"$TOKEN"`
      : quoted(url),
    ...(auth === undefined ? [] : authWords(auth)),
    ...(type === undefined ? [] : [`-H ${quoted(`content-type: ${type}`)}`]),
    ...(body.length === 0 ? [] : [`-d ${quoted(new TextDecoder().decode(body))}`]),
  ].join(" ");
}

function authWords(scheme: AuthScheme): readonly string[] {
  switch (scheme.kind) {
    case "bearer":
      return ['-H "authorization: Bearer $TOKEN"'];
    case "raw":
      return ['-H "authorization: $TOKEN"'];
    case "basic":
      return ['-u "$TOKEN:"'];
    case "api-key":
      if (scheme.in === "query") return [];
      return [
        `${scheme.in === "cookie" ? "-b" : "-H"} ${quoted(`${scheme.name}${scheme.in === "cookie" ? "=" : ": "}`)}"$TOKEN"`,
      ];
  }
}

/** A word that no shell takes apart. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A call on one line, whatever its caller wrote. */
export function callText({ method, path, status, rows, milliseconds, fault }: MockCall): string {
  const took = milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
  return [
    toOneLine(method),
    cut(toOneLine(path)),
    status === null ? "closed" : String(status),
    ...(rows === null ? [] : [rows === 1 ? "1 row" : `${rows} rows`]),
    `${took} ms`,
    ...(fault === undefined ? [] : [`(${cut(toOneLine(fault))})`]),
  ].join("  ");
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
