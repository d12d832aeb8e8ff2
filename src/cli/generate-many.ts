import { shownLocation, type Expansion, type SpecLocation } from "../disk/expand-locations.js";
import { UsageError, type ExitStatus } from "./exit-status.js";
import { generateTasks } from "./generate-tasks.js";
import type { Task } from "./prepare-tasks.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/**
 * Writes a package for each of `locations`, into a folder of its name below `--out`. Throws `UsageError` where an option
 * fits one description alone, and what only the command line can be at fault for.
 */
export async function generateMany(
  session: Session,
  locations: readonly SpecLocation[],
): Promise<ExitStatus> {
  return await generateTasks(session, toTasks(session, { several: true, locations }));
}

/** The tasks that descriptions on the command line ask for; throws as above. */
export function toTasks({ settings }: Session, { several, locations }: Expansion): readonly Task[] {
  if (several) refuseWrongUse(settings, locations);
  const { name, out = "." } = settings;
  const where = several ? { parent: out } : { folder: settings.out ?? name, parent: "." };
  return locations.map(({ location, fault }) => ({
    location: shownLocation(location),
    settings: { ...settings, spec: location },
    ...where,
    fault,
  }));
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
