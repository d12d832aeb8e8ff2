/*
 * A config as it was loaded comes in; its deployments go out, each with what it shares with the others. Paths are still
 * as the user wrote them, and no variable of the environment is read.
 */
import { generatedFields } from "../package-fields.js";
import type { HeaderValue } from "./config.js";
import { configFault, type LoadedConfig } from "./config-fault.js";
import {
  fault,
  isRecord,
  readEntries,
  readList,
  readMembers,
  readOptionalChoice,
  readOptionalFlag,
  readOptionalText,
  readOptionalTexts,
  readText,
  type Placed,
} from "./config-values.js";

/** What a deployment says, or the defaults say for it. */
interface Shared {
  readonly headers: ReadonlyMap<string, HeaderValue>;
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly labelsFile: string | undefined;
  readonly dialect: string | undefined;
  readonly operations: readonly string[] | undefined;
  readonly runtime: "shared" | "inline" | undefined;
  readonly emit: readonly ("ts" | "js")[] | undefined;
  readonly allowRemoteRefs: boolean | undefined;
  readonly packageFields: ReadonlyMap<string, unknown>;
}

/** One deployment of a config, defaults applied. */
export interface Deployment extends Shared {
  /** Where it stands in the config's list. */
  readonly index: number;
  readonly spec: string;
  readonly name: string | undefined;
  readonly metadata: string | undefined;
  /** Its own folder, or where `spec` is a pattern the folder above. */
  readonly out: string | undefined;
  /** The folder above all packages. */
  readonly parent: string | undefined;
}

const sharedKeys = [
  ...(["out", "headers", "labels", "labelsFile", "dialect", "operations"] as const),
  ...(["runtime", "emit", "allowRemoteRefs", "package"] as const),
] as const;
const deploymentKeys = ["spec", "name", "metadata", ...sharedKeys] as const;

/** The deployments of a config; throws `config/bad` at the first place that is not as it should be. */
export function parseConfig(config: LoadedConfig): readonly Deployment[] {
  const member = readMembers({ config, path: [], value: config.value }, ["defaults", "deployments"]);
  const given = member("defaults");
  const defaults = readMembers({ ...given, value: given.value ?? {} }, sharedKeys);
  const parent = readOptionalText(defaults("out"), 'Write a folder: "packages".');
  const shared = readShared(defaults);
  const hint = 'List the deployments: deployments: [{ spec: "models/animal.json" }].';
  const places = readList(member("deployments"), hint);
  const deployments = places.map((place, index) => ({
    ...withDefaults(readDeployment(place, index), shared),
    parent,
  }));
  refuseRivals(config, deployments);
  refuseSharedSecrets(config, deployments, shared);
  return deployments;
}

function readDeployment(place: Placed, index: number): Omit<Deployment, "parent"> {
  const member = readMembers(place, deploymentKeys);
  return {
    index,
    spec: readText(member("spec"), "Write the description's path, a pattern of paths, or its address."),
    name: readOptionalText(member("name"), 'Write an npm name: "animal-weight" or "@team/animal-weight".'),
    metadata: readOptionalText(member("metadata"), "Write the path or the address of the metadata."),
    out: readOptionalText(member("out"), 'Write a folder: "packages/animal".'),
    ...readShared(member),
  };
}

function readShared(member: (key: (typeof sharedKeys)[number]) => Placed): Shared {
  const labelHint = 'Write each feature with its labels: { Type: ["animal", "plant"] }.';
  return {
    headers: new Map(
      readEntries(member("headers"), headerHint).map(([name, value]) => readHeader(name, value)),
    ),
    labels: new Map(
      readEntries(member("labels"), labelHint).map(([feature, value]) => [
        feature,
        readLabels(value, labelHint),
      ]),
    ),
    labelsFile: readOptionalText(member("labelsFile"), "Write the path of a JSON or YAML file."),
    dialect: readOptionalText(member("dialect"), 'Write the name of a system: "peltarion".'),
    operations: readOptionalTexts(member("operations"), 'List operations: ["predict", "POST /forward"].'),
    runtime: readOptionalChoice(member("runtime"), ["shared", "inline"]),
    emit: readEmit(member("emit")),
    allowRemoteRefs: readOptionalFlag(member("allowRemoteRefs")),
    packageFields: new Map(readEntries(member("package"), packageHint).map(readPackageField)),
  };
}

const headerHint = 'Write { "X-Api-Key": { env: "MODEL_API_KEY" } }, and the value into the environment.';

/** RFC 9110 §5.1 for the name; of the value nothing is ever shown. */
function readHeader(name: string, placed: Placed): readonly [string, HeaderValue] {
  const { config, path, value } = placed;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw configFault(config, path, { what: "has a name that HTTP does not allow", hint: headerHint });
  if (isRecord(value)) {
    const variable = readText(readMembers(placed, ["env"])("env"), headerHint);
    return [name.toLowerCase(), { env: variable }];
  }
  const text = readText(placed, headerHint);
  if (/[\r\n\0]/.test(text))
    throw configFault(config, path, { what: "holds a character that HTTP does not allow", hint: headerHint });
  return [name.toLowerCase(), text];
}

function readLabels(placed: Placed, hint: string): readonly string[] {
  const labels = readList(placed, hint).map((label) => readText(label, hint));
  if (labels.length > 0 && new Set(labels).size === labels.length) return labels;
  const what = labels.length === 0 ? "is an empty list" : "names a label twice";
  throw configFault(placed.config, placed.path, { what, hint });
}

function readEmit(placed: Placed): readonly ("ts" | "js")[] | undefined {
  if (placed.value === undefined) return undefined;
  const hint = 'Write ["ts"], ["js"] or ["ts", "js"].';
  const words = readList(placed, hint).map((one) => readOptionalChoice(one, ["ts", "js"] as const));
  if (words.length === 0) throw fault(placed, "no list of ts and js", hint);
  return (["ts", "js"] as const).filter((kind) => words.includes(kind));
}

const packageHint = 'Write fields of package.json: { license: "MIT", publishConfig: { access: "public" } }.';

function readPackageField([field, placed]: readonly [string, Placed]): readonly [string, unknown] {
  const { config, path } = placed;
  if (generatedFields.has(field) || field === "version") {
    throw configFault(config, path, {
      what: "is written by gen-deploy itself",
      hint:
        field === "name"
          ? "Give the name beside spec."
          : field === "version"
            ? "Change it in the package's own package.json: it is kept."
            : "Leave it out: it follows from the description.",
    });
  }
  if (!isJson(placed.value, 20)) throw fault(placed, "no JSON", packageHint);
  return [field, placed.value];
}

function isJson(value: unknown, levels: number): boolean {
  if (levels === 0) return false;
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  return Object.values(value).every((member) => isJson(member, levels - 1));
}

/** What a deployment says goes before what the defaults say; of headers, labels and fields each one by itself. */
function withDefaults<Own extends Shared>(own: Own, defaults: Shared): Own {
  return {
    ...own,
    headers: new Map([...defaults.headers, ...own.headers]),
    labels: new Map([...defaults.labels, ...own.labels]),
    labelsFile: own.labelsFile ?? defaults.labelsFile,
    dialect: own.dialect ?? defaults.dialect,
    operations: own.operations ?? defaults.operations,
    runtime: own.runtime ?? defaults.runtime,
    emit: own.emit ?? defaults.emit,
    allowRemoteRefs: own.allowRemoteRefs ?? defaults.allowRemoteRefs,
    packageFields: new Map([...defaults.packageFields, ...own.packageFields]),
  };
}

function isAddress(location: string): boolean {
  return /^https?:/i.test(location);
}

function refuseRivals(config: LoadedConfig, deployments: readonly Deployment[]): void {
  for (const { index, name } of deployments) {
    const rival = deployments.find((other) => other.index < index && other.name === name);
    if (name === undefined || rival === undefined) continue;
    throw configFault(config, ["deployments", index, "name"], {
      what: `is that of deployments[${rival.index}] too`,
      hint: "Give each package a name of its own.",
    });
  }
}

/** Credentials are for one host: no line of a config may send them to another by accident. */
function refuseSharedSecrets(
  config: LoadedConfig,
  deployments: readonly Deployment[],
  { headers }: Shared,
): void {
  const hosts = deployments.flatMap(({ spec, metadata = "" }) =>
    [spec, metadata].filter((one) => isAddress(one) && URL.canParse(one)).map((one) => new URL(one).origin),
  );
  if (headers.size === 0 || new Set(hosts).size < 2) return;
  throw configFault(config, ["defaults", "headers"], {
    what: "would go to more than one host",
    hint: "Give headers to each deployment that needs them.",
  });
}
