/*
 * A config's deployments come in; tasks go out: patterns are expanded, paths led from the config's folder, and what
 * stands in the environment is read.
 */
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Deployment } from "../config/parse-config.js";
import { configFault, type LoadedConfig } from "../config/config-fault.js";
import {
  expandLocations,
  shownLocation,
  type Expansion,
  type SpecLocation,
} from "../disk/expand-locations.js";
import type { Task } from "./prepare-tasks.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/** A task, and the words by which `--filter` finds it. */
export interface ConfigTask extends Task {
  readonly names: readonly string[];
}

interface Expanded extends Expansion {
  readonly deployment: Deployment;
}

/** The tasks of a config, in its order. A description that an entry names is left to it by the patterns of others. */
export async function toTasks(
  session: Session,
  config: LoadedConfig,
  deployments: readonly Deployment[],
): Promise<readonly ConfigTask[]> {
  const folder = dirname(config.file);
  const { signal } = session;
  const expanded: Expanded[] = [];
  for (const deployment of deployments)
    expanded.push({ deployment, ...(await expandLocations([deployment.spec], { signal, folder })) });
  const keyOf = ({ location }: SpecLocation): string => resolve(folder, location);
  const named = new Set(expanded.flatMap(({ several, locations }) => (several ? [] : locations.map(keyOf))));
  return expanded.flatMap(({ deployment, several, locations }) => {
    if (several && deployment.name !== undefined) {
      throw configFault(config, ["deployments", deployment.index, "name"], {
        what: "is for one description, and spec is a pattern",
        hint: "Leave the name out, or write an entry of its own for that description.",
      });
    }
    const own = several ? locations.filter((one) => !named.has(keyOf(one))) : locations;
    return own.map((one) => toTask(session, config, { deployment, several, one }));
  });
}

interface TaskParts {
  readonly deployment: Deployment;
  readonly several: boolean;
  readonly one: SpecLocation;
}

function toTask({ settings, environment }: Session, config: LoadedConfig, parts: TaskParts): ConfigTask {
  const { deployment, several, one } = parts;
  const { name, out, metadata, labelsFile } = deployment;
  const at = (path: string): string => placeOf(dirname(config.file), path);
  const parent = at((several ? out : undefined) ?? deployment.parent ?? ".");
  const folder =
    out !== undefined && !several ? at(out) : name === undefined ? undefined : join(parent, name);
  const spec = at(one.location);
  const headers: (readonly [string, string])[] = [];
  let fault: Error | undefined = one.fault;
  for (const [header, value] of deployment.headers) {
    const read = typeof value === "string" ? value : environment[value.env]?.trim();
    if (read !== undefined && read !== "") headers.push([header, read]);
    else fault ??= noVariable(config, deployment, header);
  }
  const own: Settings = {
    ...settings,
    spec,
    specs: [spec],
    out: folder,
    name,
    dialect: deployment.dialect,
    operations: deployment.operations ?? [],
    runtime: deployment.runtime ?? "shared",
    emit: deployment.emit ?? ["ts", "js"],
    headers,
    // A token of the environment is for a description on the command line: here every entry names its own.
    token: undefined,
    labels: deployment.labels,
    labelsFile: labelsFile === undefined ? undefined : at(labelsFile),
    metadata: metadata === undefined ? undefined : at(metadata),
    packageFields:
      deployment.packageFields.size === 0 ? undefined : Object.fromEntries(deployment.packageFields),
    allowRemoteRefs: deployment.allowRemoteRefs ?? false,
  };
  const shown = shownLocation(one.location);
  const names = [name, shown, shownLocation(spec), out, folder === undefined ? undefined : basename(folder)];
  return {
    location: shownLocation(spec),
    settings: own,
    folder,
    parent,
    fault,
    names: names.filter((word) => word !== undefined),
  };
}

function noVariable(config: LoadedConfig, { index, headers }: Deployment, header: string): Error {
  const value = headers.get(header);
  const variable = typeof value === "object" ? value.env : "";
  return configFault(config, ["deployments", index, "headers", header], {
    what: `is not in the environment: ${JSON.stringify(variable)} is not set`,
    hint: "Set the variable where gen-deploy runs.",
  });
}

/** Where a config's path leads, seen from where gen-deploy runs; addresses stay as they are. */
export function placeOf(folder: string, path: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path) || /^https?:/i.test(path) || isAbsolute(path)) return path;
  return join(folder, path);
}

/** The tasks that one of `filters` finds, and the filters that find none. */
export function filterTasks(
  tasks: readonly ConfigTask[],
  filters: readonly string[],
): { readonly found: readonly ConfigTask[]; readonly idle: readonly string[] } {
  if (filters.length === 0) return { found: tasks, idle: [] };
  const tests = filters.map((filter) => ({ filter, fits: toTest(filter) }));
  return {
    found: tasks.filter(({ names }) => tests.some(({ fits }) => names.some(fits))),
    idle: tests
      .filter(({ fits }) => !tasks.some(({ names }) => names.some(fits)))
      .map(({ filter }) => filter),
  };
}

/** A pattern of names: `*` stands for anything but `/`, `**` for anything, `?` for one character. */
function toTest(filter: string): (name: string) => boolean {
  const source = filter.replace(/\*\*|[*?]|[^*?]+/g, (part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : part.replace(/[\\^$.|+()[\]{}]/g, String.raw`\$&`);
  });
  const pattern = new RegExp(`^${source}$`, "su");
  return (name) => name === filter || pattern.test(name) || resolve(name) === resolve(filter);
}
