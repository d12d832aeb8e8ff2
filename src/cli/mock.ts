import { bindModel } from "../bind/bind-model.js";
import type { Description } from "../compile.js";
import { openLineFile, readLineFile } from "../disk/transcript-file.js";
import { GenDeployError } from "../gen-deploy-error.js";
import { countRows } from "../mock/count-rows.js";
import { createDescriptionReply, type DescriptionFile } from "../mock/description-reply.js";
import { exampleRequest } from "../mock/example-request.js";
import { createLatencies } from "../mock/latency.js";
import { createMockHandler } from "../mock/mock-handler.js";
import { mockPath } from "../mock/mock-path.js";
import { createReplay, type Replay } from "../mock/replay.js";
import { serveMock, type MockServerOptions } from "../mock/serve-mock.js";
import { parseTranscript, printExchange } from "../mock/transcript.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import type { MockChoices } from "./mock-settings.js";
import { callText, startText, type RunningMock } from "./mock-text.js";
import { reportDiagnostics } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions } from "./settings.js";

/** The port that is tried first where none is asked for. */
const usualPort = 8080;

/** How long calls in flight may take when the server ends, beside what they wait by themselves; milliseconds. */
const patience = 5000;

/** `gen-deploy mock <spec>`: a server that answers as the deployment would, until it is interrupted. */
export async function mock(session: Session, choices: MockChoices): Promise<ExitStatus> {
  const { settings, terminal } = session;
  const { text, loadExternal, metadata } = await openSpec(session);
  const options = await toCompileOptions(settings, metadata);
  const { describe } = await import("../compile.js");
  const description = await describe(text, options, { loadExternal });
  if (!settings.quiet && !settings.json)
    reportDiagnostics(terminal, description.diagnostics, description.spec.document);
  return await session.guarded(async () => await serve(session, choices, description));
}

async function serve(session: Session, choices: MockChoices, description: Description): Promise<ExitStatus> {
  const { terminal, settings, signal, impatience } = session;
  const { model } = description;
  const bound = bindModel(model);
  const { auth } = bound.deployment;
  const { seed, token, failures, coldStart, latency } = choices;
  const handler = await createMockHandler(bound, {
    seed,
    ...(token === undefined ? {} : { token }),
    askCredentials: true,
    failures,
    coldStart,
  });
  const replay = await openReplay(choices);
  const record = choices.record === undefined ? undefined : openLineFile(choices.record);
  const files = descriptionFiles(description);
  const tally = { calls: 0 };
  const onCall: MockServerOptions["onCall"] = (call, { headers, body }) => {
    tally.calls += 1;
    if (settings.quiet) return;
    const rows = countRows(bound.system, headers["content-type"], body);
    const whole = { ...call, rows };
    terminal.print(settings.json ? JSON.stringify(whole) : callText(whole));
  };
  const server = await serveMock({
    place: { host: choices.host, port: choices.port ?? usualPort, orNext: choices.port === undefined },
    handler,
    description: createDescriptionReply(files),
    secretNames: auth.flatMap((each) => (each.kind === "api-key" && each.in === "query" ? [each.name] : [])),
    latency: createLatencies(latency, seed),
    replay,
    answersOthers: replay === undefined || record !== undefined,
    record: record === undefined ? undefined : (exchange) => record.append(printExchange(exchange)),
    onCall,
  });
  const url = `${server.origin}${mockPath(bound)}`;
  const example = settings.quiet || settings.json ? undefined : await exampleRequest(model, bound, url);
  announce(session, choices, {
    title: model.title,
    dialect: model.dialect,
    url,
    description: files[0] === undefined ? null : `${server.origin}/${files[0].name}`,
    auth: token !== undefined ? (auth[0] ?? { kind: "bearer" }) : auth[0],
    example,
  });
  await interrupted(signal);
  await server.close({ milliseconds: latency.most + patience, signal: impatience });
  record?.close();
  if (!settings.quiet && !settings.json)
    terminal.print(`ended after ${tally.calls} ${tally.calls === 1 ? "call" : "calls"}`);
  return exitStatus.done;
}

function announce({ terminal, settings }: Session, choices: MockChoices, running: RunningMock): void {
  if (settings.quiet) return;
  const { title, dialect, url, description } = running;
  if (settings.json)
    terminal.print(JSON.stringify({ ok: true, title, dialect, url, description, seed: choices.seed }));
  else terminal.print(startText(running, choices));
}

/** What was recorded; of a file that is to be recorded into as well, nothing may be there yet. */
async function openReplay({ replay, record }: MockChoices): Promise<Replay | undefined> {
  if (replay === undefined) return undefined;
  const text = await readLineFile(replay);
  if (text === undefined && replay !== record)
    throw new GenDeployError("mock/no-transcript", `${replay} does not exist.`, {
      hint: "Record one first: --record FILE; both together answer what is recorded and record the rest.",
    });
  return createReplay(parseTranscript(replay, text ?? ""));
}

/** The description as its server serves it: under the name of its kind, and as OpenAPI in JSON. */
function descriptionFiles({ spec, document, model }: Description): readonly DescriptionFile[] {
  const { root, whole } = spec;
  const { kind } = spec.document;
  const own = { name: `${document ?? kind}.${whole.format}`, text: whole.text };
  if (document !== undefined) return [own];
  const openapi = own.name === "openapi.json" ? own : { name: "openapi.json", text: JSON.stringify(root) };
  const live = model.live?.url.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
  return [
    ...(kind === "model" ? [] : [own]),
    ...(own === openapi ? [] : [openapi]),
    ...(live === "" || live === own.name || live === openapi.name ? [] : [{ ...openapi, name: live }]),
  ];
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
