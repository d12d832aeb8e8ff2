import type { CompileOptions } from "../compile-options.js";
import type { Bump } from "./bump-version.js";
import { readLabels } from "../disk/read-labels.js";
import { UsageError } from "./exit-status.js";

/** The command line, understood. */
export interface Settings {
  /** The description that a command is about; of several the first. */
  readonly spec: string;
  /** All that were given: paths, patterns, addresses. */
  readonly specs: readonly string[];
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly packageVersion: string | undefined;
  readonly dialect: string | undefined;
  readonly operations: readonly string[];
  readonly runtime: "shared" | "inline";
  readonly emit: readonly ("ts" | "js")[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly token: string | undefined;
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly labelsFile: string | undefined;
  /** Where a running server's metadata are, beside a description that lacks dtypes. */
  readonly metadata: string | undefined;
  /** What a config adds to `package.json`. */
  readonly packageFields: Readonly<Record<string, unknown>> | undefined;
  /** The config to run where no description is given; default: that of the folder. */
  readonly config: string | undefined;
  /** Which of a config's deployments are meant; none: all. */
  readonly filters: readonly string[];
  readonly allowRemoteRefs: boolean;
  /** How the version of a package that stands is bumped when its deployment has changed. */
  readonly bump: Bump;
  readonly force: boolean;
  /** Whether to go on whenever something changes. */
  readonly watch: boolean;
  /** Seconds between two looks at descriptions on the network. */
  readonly interval: number;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/** What the generator is told; equal command lines give equal options, as `check` needs. */
export async function toCompileOptions(
  settings: Settings,
  metadata: CompileOptions["metadata"] | undefined,
): Promise<CompileOptions> {
  const { name, packageVersion, dialect, operations, runtime, emit, labelsFile, packageFields } = settings;
  const stated =
    labelsFile === undefined ? new Map<string, readonly string[]>() : await readLabels(labelsFile);
  return {
    ...(name === undefined ? {} : { name }),
    ...(packageVersion === undefined ? {} : { packageVersion }),
    ...(dialect === undefined ? {} : { dialect }),
    operations,
    labels: new Map([...stated, ...settings.labels]),
    ...(metadata === undefined ? {} : { metadata }),
    runtime,
    emit,
    ...(packageFields === undefined ? {} : { packageFields }),
  };
}

/** What must be shown nowhere: credentials, and what stands in addresses besides the place. */
export function secretsIn({ specs, metadata = "", token, headers }: Settings): readonly string[] {
  const inUrls = [...specs, metadata].flatMap((location) => {
    const url = URL.canParse(location) ? new URL(location) : undefined;
    return url === undefined ? [] : [url.username, url.password, ...url.searchParams.values()];
  });
  return [token ?? "", ...headers.map(([, value]) => value), ...inUrls];
}

/** `K: V` as a header's name and value (RFC 9110 §5.1); a complaint shows neither, for it may be a secret. */
export function parseHeader(text: string): readonly [name: string, value: string] {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/s.exec(text);
  const [, name, value] = match ?? [];
  if (name !== undefined && value !== undefined && !/[\r\n\0]/.test(value))
    return [name.toLowerCase(), value.trimEnd()];
  throw new UsageError(
    "A --header is not of the form 'Name: value'.",
    "For example: --header 'X-Api-Key: …'",
  );
}

/** `FEATURE=a,b,c` as a feature with its labels. */
export function parseLabels(text: string): readonly [feature: string, labels: readonly string[]] {
  const at = text.indexOf("=");
  const labels = text.slice(at + 1).split(",");
  if (at > 0 && labels.every((label) => label !== "")) return [text.slice(0, at), labels];
  throw new UsageError(
    `--labels ${JSON.stringify(text.slice(0, 100))} is not of the form FEATURE=a,b,c.`,
    "Labels with commas, and features with =, go into a file for --labels-file.",
  );
}

/** A number of seconds, at least a tenth of one. */
export function parseInterval(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.1 && seconds <= 86_400) return seconds;
  throw new UsageError(
    `--interval ${JSON.stringify(text.slice(0, 100))} is no number of seconds from 0.1 to 86400.`,
  );
}

/** `ts`, `js` or both, in that order. */
export function parseEmit(text: string): readonly ("ts" | "js")[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.every((word) => word === "ts" || word === "js"))
    return (["ts", "js"] as const).filter((kind) => words.includes(kind));
  throw new UsageError(`--emit ${JSON.stringify(text.slice(0, 100))} is none of ts, js and ts,js.`);
}
