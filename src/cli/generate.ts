import { expandLocations } from "../disk/expand-locations.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions } from "./settings.js";
import {
  countText,
  planText,
  writeDescription,
  writtenJson,
  type WrittenPackage,
} from "./write-description.js";

/** `gen-deploy <spec..>`: writes the client package, or one for each of several descriptions. */
export async function generate(session: Session): Promise<ExitStatus> {
  const { settings, terminal, signal } = session;
  const { several, locations } = await expandLocations(settings.specs, { signal });
  if (several) return await (await import("./generate-many.js")).generateMany(session, locations);
  const { text, loadExternal, metadata } = await openSpec(session);
  const options = await toCompileOptions(settings, metadata);
  const { describe } = await import("../compile.js");
  const description = await describe(text, options, { loadExternal });
  const folder = settings.out ?? description.packageName;
  const written = await writeDescription(session, { description, options, folder });
  if (settings.json) terminal.printJson({ ok: true, ...writtenJson(written, settings.dryRun) });
  else if (!settings.quiet) terminal.print(settings.dryRun ? planText(written) : reportText(written));
  return exitStatus.done;
}

function reportText({ compilation: { packageName }, folder, report }: WrittenPackage): string {
  const count = countText(report);
  if (count === undefined) return `${packageName} in ${folder} is up to date.`;
  return `Wrote ${packageName} to ${folder}: ${count}.`;
}
