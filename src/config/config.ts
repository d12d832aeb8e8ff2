/*
 * What users write into gen-deploy.config.ts. Types and an identity: nothing is read, and nothing is checked here.
 */

/** A header's value, or the environment variable that holds it: secrets stand in no file. */
export type HeaderValue = string | { readonly env: string };

/** What deployments may share, and each may say for itself. Paths are relative to the config file. */
export interface DeploymentDefaults {
  /** The folder above the packages, each in one of its own name; default: the config file's own. */
  readonly out?: string;
  /** Sent when a description, or metadata beside it, is read from its host; never printed. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Label sets that descriptions do not state, by feature. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** The same in a JSON or YAML file; what stands under `labels` goes before it. */
  readonly labelsFile?: string;
  /** Overrules the recognition of the system. */
  readonly dialect?: string;
  /** Keeps only these operations, by `operationId` or `METHOD /path`. */
  readonly operations?: readonly string[];
  /** Depend on `@gen-deploy/runtime` (default), or carry a copy: no dependency at all. */
  readonly runtime?: "shared" | "inline";
  /** Sources, built `.js` and `.d.ts`, or both (default). */
  readonly emit?: readonly ("ts" | "js")[];
  /** Follows references to other hosts. */
  readonly allowRemoteRefs?: boolean;
  /** Fields that `package.json` gets besides what follows from the description: `license`, `repository`, `publishConfig`, … */
  readonly package?: Readonly<Record<string, unknown>>;
}

/** One deployment, or with a pattern any number of them. */
export interface DeploymentConfig extends DeploymentDefaults {
  /** The description: a path, a pattern such as `models/*.json`, or an http or https address. */
  readonly spec: string;
  /** The package's folder; where `spec` is a pattern, the folder above the packages. Default: its name below that of the defaults. */
  readonly out?: string;
  /** The package's npm name, scope allowed; default: from the description's title. */
  readonly name?: string;
  /** File or address of a TensorFlow Serving model's metadata, where the description lacks dtypes. */
  readonly metadata?: string;
}

/** What `gen-deploy.config.ts` exports by default. */
export interface GenDeployConfig {
  readonly defaults?: DeploymentDefaults;
  readonly deployments: readonly DeploymentConfig[];
}

/** Returns `config` as it is: editors and the compiler know from this what may stand in it. */
export function defineConfig(config: GenDeployConfig): GenDeployConfig {
  return config;
}
