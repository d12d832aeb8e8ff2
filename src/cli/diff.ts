import type { StatedOptions } from "../compile-options.js";
import type { SpecText } from "../spec/spec-types.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import { readPackageDescription } from "../disk/package-description.js";
import { createExternalLoader } from "../disk/external-loader.js";
import { readSpec } from "../disk/read-spec.js";
import { changeTable, changeText } from "./change-text.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import type { Session } from "./session.js";
import { toCompileOptions } from "./settings.js";

/** One of two descriptions; one that stood in a package does not know where it came from. */
interface Side {
  readonly text: SpecText;
  readonly metadata: SpecText | undefined;
  /** What was said of one that stood in a package when that was made. */
  readonly packaged: StatedOptions | undefined;
}

/** `gen-deploy diff <old> <new>`: what changed for callers between two descriptions or generated packages. */
export async function diff(session: Session): Promise<ExitStatus> {
  const { settings, terminal } = session;
  const [before = "", after = ""] = settings.specs;
  if (before === "-" && after === "-") throw new UsageError("Only one of two can be standard input.");
  refuseForeignHosts(session);
  const old = await open(session, before);
  const now = await open(session, after);
  const { compareModels } = await import("../compare/compare-models.js");
  const comparison = compareModels(
    await describeSide(session, old, now),
    await describeSide(session, now, old),
  );
  if (settings.json) terminal.printJson({ ok: comparison.verdict === "none", ...comparison });
  else if (!settings.quiet)
    terminal.print(settings.markdown ? changeTable(comparison) : changeText(comparison));
  return comparison.verdict === "none" ? exitStatus.done : exitStatus.fault;
}

async function open({ settings, stdin, signal }: Session, location: string): Promise<Side> {
  const standing = /^(?:-$|https?:)/i.test(location) ? undefined : await readPackageDescription(location);
  if (standing !== undefined) return { ...standing, packaged: standing.options };
  const { headers, token } = settings;
  const credentials = /^https?:/i.test(location) ? { headers, token } : {};
  const text = await readSpec(location, { ...credentials, stdin, signal });
  return { text, metadata: undefined, packaged: undefined };
}

async function describeSide(
  { settings, signal }: Session,
  { text, metadata, packaged }: Side,
  other: Side,
): Promise<DeploymentModel> {
  const { describe } = await import("../compile.js");
  const options = { ...(await toCompileOptions(settings, metadata)), ...packaged };
  // Else a package and the address that it was made from would differ in the address.
  const placed = packaged !== undefined ? { ...text, url: other.text.url } : text;
  const loadExternal = createExternalLoader(text, { allowRemote: settings.allowRemoteRefs, signal });
  return (await describe(placed, options, { loadExternal })).model;
}

function refuseForeignHosts({ settings: { specs, token, headers } }: Session): void {
  if (token === undefined && headers.length === 0) return;
  const hosts = specs.flatMap((spec) =>
    /^https?:/i.test(spec) && URL.canParse(spec) ? [new URL(spec).origin] : [],
  );
  if (new Set(hosts).size < 2) return;
  throw new UsageError(
    "Credentials were given, and the descriptions are on more than one host.",
    "Save one of them to a file: credentials go to one host alone.",
  );
}
