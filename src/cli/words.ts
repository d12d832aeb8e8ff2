import { UsageError } from "./exit-status.js";

/** What yargs makes of the words: an option that is given twice is a list, whatever its type says. */
export type Words = Readonly<Record<string, unknown>>;

/** Stands for `-`, which yargs takes for an option without a name; no argument can hold this character. */
export const standardInput = "\0";

/** The value of an option that is given once at most; throws `UsageError`. */
export function one(words: Words, name: string): string | undefined {
  const value = words[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new UsageError(`--${name} was given more than once.`);
  if (value === "") throw new UsageError(`--${name} is empty.`);
  if (typeof value !== "string") throw new UsageError(`--${name} has no value.`);
  return value === standardInput ? "-" : value;
}

/** Every value of an option that may be given again and again. */
export function all(words: Words, name: string): readonly string[] {
  const value = words[name];
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
}
