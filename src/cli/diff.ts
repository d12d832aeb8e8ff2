import type { CompileOptions, StatedOptions } from "../compile-options.js";
import { GenDeployError } from "../gen-deploy-error.js";
import type { SpecText } from "../spec/spec-types.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import { readPackageDescription } from "../disk/package-description.js";
import { readSpec } from "../disk/read-spec.js";
import { changeTable, changeText } from "./change-text.js";
import { exitStatus, UsageError, type ExitStatus } from "./exit-status.js";
import { modelOf } from "./model-of.js";
import { openMetadata, type Session } from "./session.js";
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
  return { text, metadata: await openMetadata(settings, { signal }), packaged: undefined };
}

async function describeSide(session: Session, side: Side, other: Side): Promise<DeploymentModel> {
  const { text, metadata, packaged } = side;
  const own = await toCompileOptions(session.settings, metadata);
  // Else a package and the address that it was made from would differ in the address.
  if (packaged !== undefined)
    return await modelOf(session, { ...text, url: other.text.url }, { ...own, ...packaged });
  try {
    return await modelOf(session, text, rememberedWith(own, other));
  } catch (error) {
    // What was said of the one need not fit the other.
    if (!(error instanceof GenDeployError) || other.packaged === undefined) throw error;
    return await modelOf(session, text, own);
  }
}

/** What a package remembers holds for the description beside it too, but for what the command says. */
function rememberedWith(own: CompileOptions, { packaged = {}, metadata }: Side): CompileOptions {
  const { operations = [], labels = new Map() } = own;
  return {
    ...packaged,
    ...(metadata === undefined ? {} : { metadata }),
    ...own,
    operations: operations.length > 0 ? operations : (packaged.operations ?? []),
    labels: new Map([...(packaged.labels ?? []), ...labels]),
  };
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
