/*
 * Many descriptions in one run: each is understood first, so that packages of one name are noticed before anything is
 * written; then each is written, and what one of them fails by does not stop the others.
 */
import { join } from "node:path";
import type { CompileOptions } from "../compile-options.js";
import type { Description } from "../compile.js";
import { shownLocation, type SpecLocation } from "../disk/expand-locations.js";
import { readTemplates } from "../disk/read-templates.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { CompileJob } from "./compile-into.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import { reportMany, type Outcome } from "./report-many.js";
import { reportError, statusOf } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions, type Settings } from "./settings.js";
import { planText, writeDescription } from "./write-description.js";

/** A description, understood or not. */
type Job =
  | { readonly kind: "understood"; readonly location: string; readonly description: Description }
  | {
      readonly kind: "failed";
      readonly location: string;
      readonly packageName?: string;
      readonly error: unknown;
    };

/**
 * Writes a package for each of `locations`, into a folder of its name below `--out`. Throws `UsageError` where an option
 * fits one description alone, and what only the command line can be at fault for.
 */
export async function generateMany(
  session: Session,
  locations: readonly SpecLocation[],
): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  refuseWrongUse(settings, locations);
  const options = await toCompileOptions(settings, undefined);
  const jobs: Job[] = [];
  for (const one of locations) jobs.push(await understand(session, one, options));
  const templates = await readTemplates(settings.runtime);
  const outcomes: Outcome[] = [];
  for (const job of withoutRivals(jobs)) {
    signal.throwIfAborted();
    const outcome = await carryOut(session, job, { options, templates });
    outcomes.push(outcome);
    if (outcome.kind === "failed" && !settings.json) reportError(terminal, outcome.error, settings);
  }
  await reportMany(terminal, outcomes, settings);
  const statuses = outcomes.map((one) => (one.kind === "failed" ? statusOf(one.error) : exitStatus.done));
  if (statuses.includes(exitStatus.own)) return exitStatus.own;
  return statuses.every((status) => status === exitStatus.done) ? exitStatus.done : exitStatus.fault;
}

async function understand(
  session: Session,
  { location, fault }: SpecLocation,
  options: CompileOptions,
): Promise<Job> {
  const shown = shownLocation(location);
  if (fault !== undefined) return { kind: "failed", location: shown, error: fault };
  return await attempt(session, { location: shown }, async (): Promise<Job> => {
    const settings = { ...session.settings, spec: location };
    const { text, loadExternal } = await openSpec({ ...session, settings });
    const { describe } = await import("../compile.js");
    const description = await describe(text, options, { loadExternal });
    return { kind: "understood", location: shown, description };
  });
}

async function carryOut(
  session: Session,
  job: Job,
  shared: Pick<Required<CompileJob>, "options" | "templates">,
): Promise<Outcome> {
  if (job.kind === "failed") return job;
  const { location, description } = job;
  const { packageName } = description;
  const { settings, terminal } = session;
  const folder = join(settings.out ?? ".", packageName);
  return await attempt(session, { location, packageName }, async (): Promise<Outcome> => {
    const written = await writeDescription(session, { ...shared, description, folder });
    if (settings.dryRun && !settings.json && !settings.quiet) terminal.print(planText(written));
    return { kind: "written", location, written };
  });
}

/** What `work` gives, or its failure: all but those that would be the same for every description. */
async function attempt<Result>(
  { signal }: Session,
  about: { readonly location: string; readonly packageName?: string },
  work: () => Promise<Result>,
): Promise<Result | Extract<Job, { kind: "failed" }>> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || statusOf(error) === exitStatus.usage) throw error;
    return { kind: "failed", ...about, error };
  }
}

/** The same jobs; those whose packages would have one name have failed. */
function withoutRivals(jobs: readonly Job[]): readonly Job[] {
  const byName = new Map<string, string[]>();
  for (const job of jobs) {
    if (job.kind === "failed") continue;
    const { packageName } = job.description;
    const locations = byName.get(packageName);
    if (locations === undefined) byName.set(packageName, [job.location]);
    else locations.push(job.location);
  }
  return jobs.map((job) => {
    if (job.kind === "failed") return job;
    const { location, description } = job;
    const { packageName } = description;
    const rivals = (byName.get(packageName) ?? []).filter((other) => other !== location);
    if (rivals.length === 0) return job;
    return { kind: "failed", location, packageName, error: sameName(location, rivals, packageName) };
  });
}

function sameName(location: string, rivals: readonly string[], packageName: string): GenDeployError {
  const others = rivals.length > 3 ? `${rivals.length} others` : rivals.join(", ");
  return new GenDeployError(
    "generate/same-name",
    `The package of ${location} would be called ${packageName}, like that of ${others}.`,
    { hint: "Generate each of them by itself, with a name of its own: --name." },
  );
}

function refuseWrongUse(settings: Settings, locations: readonly SpecLocation[]): void {
  const { name, metadata, token, headers } = settings;
  const alone = "Run gen-deploy for that description by itself.";
  if (name !== undefined)
    throw new UsageError("--name is for one description, and there may be several.", alone);
  if (metadata !== undefined)
    throw new UsageError("--metadata is of one model, and there may be several descriptions.", alone);
  if (locations.some(({ location }) => location === "-"))
    throw new UsageError("Standard input cannot be one of several descriptions.", alone);
  if (token === undefined && headers.length === 0) return;
  const hosts = locations.flatMap(({ location }) =>
    /^https?:/i.test(location) && URL.canParse(location) ? [new URL(location).origin] : [],
  );
  if (new Set(hosts).size > 1)
    throw new UsageError(
      "Credentials were given, and the descriptions are on more than one host.",
      "Run gen-deploy for each host by itself: credentials go to one host alone.",
    );
}
