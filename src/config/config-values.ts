/*
 * The values that stand in a config, each read from what is not known: the value comes back typed, or a complaint that
 * names its place is thrown.
 */
import { suggest } from "../spec/suggest.js";
import { configFault, kindText, pathText, type ConfigPath, type LoadedConfig } from "./config-fault.js";

/** A value and its place in a config. */
export interface Placed {
  readonly config: LoadedConfig;
  readonly path: ConfigPath;
  readonly value: unknown;
}

/** Whether a value is an object with keys of its own, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object that may have any key. */
export function readEntries(
  placed: Placed,
  hint: string,
): readonly (readonly [key: string, member: Placed])[] {
  const { value } = placed;
  if (value === undefined) return [];
  if (!isRecord(value)) throw fault(placed, "no object", hint);
  return Object.entries(value).map(([key, member]) => [key, inside(placed, key, member)] as const);
}

/** A member of an object whose keys are `known`; every other key is a complaint, with the nearest known one. */
export function readMembers<Key extends string>(placed: Placed, known: readonly Key[]): (key: Key) => Placed {
  const { config, path, value } = placed;
  const keys = `It is an object with these keys: ${known.join(", ")}.`;
  if (!isRecord(value)) throw fault(placed, "no object", keys);
  const odd = Object.keys(value).find((key) => !known.some((one) => one === key));
  if (odd !== undefined) {
    const near = suggest(odd, known)[0];
    throw configFault(config, [...path, odd], {
      what: "is not known",
      hint:
        near === undefined
          ? `Known here: ${known.join(", ")}.`
          : `Did you mean ${pathText([...path, near])}?`,
    });
  }
  return (key) => inside(placed, key, Object.hasOwn(value, key) ? value[key] : undefined);
}

/** The members of a list. */
export function readList(placed: Placed, hint: string): readonly Placed[] {
  const { value } = placed;
  if (!Array.isArray(value)) throw fault(placed, "no list", hint);
  return value.map((member: unknown, index) => inside(placed, index, member));
}

/** A text that is not empty; throws where there is none. */
export function readText(placed: Placed, hint: string): string {
  const { value } = placed;
  if (typeof value === "string" && value.trim() !== "") return value;
  throw fault(placed, "no text", hint);
}

/** The same, or undefined where nothing stands. */
export function readOptionalText(placed: Placed, hint: string): string | undefined {
  return placed.value === undefined ? undefined : readText(placed, hint);
}

/** A list of texts, or undefined where nothing stands. */
export function readOptionalTexts(placed: Placed, hint: string): readonly string[] | undefined {
  return placed.value === undefined ? undefined : readList(placed, hint).map((one) => readText(one, hint));
}

/** One of a few words, or undefined where nothing stands. */
export function readOptionalChoice<Word extends string>(
  placed: Placed,
  words: readonly Word[],
): Word | undefined {
  const { config, path, value } = placed;
  if (value === undefined) return undefined;
  const chosen = words.find((word) => word === value);
  if (chosen !== undefined) return chosen;
  const near = typeof value === "string" ? suggest(value, words)[0] : undefined;
  const list = words.map((word) => JSON.stringify(word)).join(" or ");
  throw configFault(config, path, {
    what: `is not ${list}`,
    hint: near === undefined ? `Write ${list}.` : `Did you mean ${JSON.stringify(near)}?`,
  });
}

/** Yes or no, or undefined where nothing stands. */
export function readOptionalFlag(placed: Placed): boolean | undefined {
  const { value } = placed;
  if (value === undefined || typeof value === "boolean") return value;
  throw fault(placed, "neither true nor false", "Write true or false, without quotes.");
}

/** The complaint that `placed` is `what`. */
export function fault({ config, path, value }: Placed, what: string, hint: string): Error {
  const is = value === undefined ? "is missing" : `is ${what}: it is ${kindText(value)}`;
  return configFault(config, path, { what: is, hint });
}

function inside({ config, path }: Placed, key: string | number, value: unknown): Placed {
  return { config, path: [...path, key], value };
}
