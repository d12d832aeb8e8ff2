import { GenDeployError, type TextPosition } from "../gen-deploy-error.js";
import { appendPointer } from "../spec/pointer.js";

/** A config as it was loaded: nothing is known of `value` yet. */
export interface LoadedConfig {
  /** The file as messages name it. */
  readonly file: string;
  readonly value: unknown;
  /** Where a JSON pointer leads in the file's text, for formats that tell. */
  readonly position?: (pointer: string) => TextPosition | undefined;
}

/** A place within a config, from the outermost key inwards. */
export type ConfigPath = readonly (string | number)[];

/** A complaint about one place of a config: `what` follows the place, as in "is no text". */
export function configFault(
  config: LoadedConfig,
  path: ConfigPath,
  { what, hint }: { readonly what: string; readonly hint: string },
): GenDeployError {
  const pointer = path.reduce((base: string, key) => appendPointer(base, String(key)), "");
  const place = path.length === 0 ? "the config" : pathText(path);
  return new GenDeployError("config/bad", `${config.file}: ${place} ${what}.`, {
    hint,
    position: config.position?.(pointer),
  });
}

/** A path as one would write it: `deployments[2].labels["Image Feature"]`. */
export function pathText(path: ConfigPath): string {
  return path.reduce((text: string, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** What a value is, in a few words: secrets may stand where they do not belong, so texts are not repeated. */
export function kindText(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value === "") return "an empty text";
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  return typeof value === "string" ? "a text" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
