/*
 * Addresses as TensorFlow Serving and Gradient match them: BASE [/versions/V | /labels/L] [/metadata | :verb], never
 * with a query string or a slash at the end.
 */
import { resolveUrl } from "../http/client-url.js";
import { DeploymentError, optionError, shown } from "../errors.js";
import type { VersionOptions } from "./client-types.js";

/** Which version is asked; undefined for the latest. */
export type VersionChoice =
  { readonly kind: "version"; readonly version: string } | { readonly kind: "label"; readonly label: string };

/** The address of a model, and the version that it names by itself. */
export interface ModelAddress {
  /** Without a slash at the end. */
  readonly base: string;
  readonly choice: VersionChoice | undefined;
}

/** What is asked of a model. */
export type ModelRequest = "status" | "metadata" | "predict" | "classify" | "regress";

/** The largest version: an int64. */
const largestVersion = 2n ** 63n - 1n;

/**
 * The address to call: the one given, or else the description's. What the pages of servers print behind it is
 * understood: a verb, `/metadata`, a version or a label. Throws `bad-options`, a query string included.
 */
export function resolveModelAddress(given: string | undefined, described: string | null): ModelAddress {
  const url = new URL(resolveUrl(given, described));
  if (url.search !== "" || url.href.endsWith("?")) {
    const message =
      "The address of a model on TensorFlow Serving can have no query string: the server would not know the model.";
    throw new DeploymentError("bad-options", message);
  }
  const path = url.pathname
    .replace(/\/+$/, "")
    .replace(/:(?:predict|classify|regress)$/, "")
    .replace(/\/metadata$/, "");
  const [, before = path, version, label] = /^(.*)\/(?:versions\/(\d+)|labels\/([^/:]+))$/.exec(path) ?? [];
  if (/^\/*$/.test(before)) {
    const message = `The address ${shown(url.href)} names no model; one of a model is expected, as http://host:8501/v1/models/NAME is.`;
    throw new DeploymentError("bad-options", message);
  }
  url.pathname = before;
  const base = url.href.replace(/\/+$/, "");
  if (version !== undefined) return { base, choice: checkVersion(version) };
  if (label !== undefined) return { base, choice: checkLabel(decoded(label)) };
  return { base, choice: undefined };
}

/** The version or label that `options` ask for, or else `otherwise`; `bad-options` where they ask for both. */
export function chooseVersion(
  options: VersionOptions | undefined,
  otherwise: VersionChoice | undefined,
): VersionChoice | undefined {
  const { version, label } = options ?? {};
  if (version !== undefined && label !== undefined) {
    throw new DeploymentError(
      "bad-options",
      "The options version and label exclude each other; give one of them.",
    );
  }
  if (version !== undefined) return checkVersion(version);
  return label === undefined ? otherwise : checkLabel(label);
}

/** The address for `request`, with `choice` in it. */
export function requestUrl(base: string, request: ModelRequest, choice: VersionChoice | undefined): string {
  const chosen =
    choice === undefined
      ? ""
      : choice.kind === "version"
        ? `/versions/${choice.version}`
        : `/labels/${encoded(choice.label)}`;
  const end = request === "status" ? "" : request === "metadata" ? "/metadata" : `:${request}`;
  return `${base}${chosen}${end}`;
}

/** The choice for use in a message. */
export function shownChoice(choice: VersionChoice | undefined): string {
  if (choice === undefined) return "any version";
  return choice.kind === "version" ? `version ${choice.version}` : `the label ${shown(choice.label)}`;
}

function checkVersion(given: unknown): VersionChoice {
  const isWhole = typeof given === "bigint" || Number.isSafeInteger(given);
  const text = isWhole || typeof given === "string" ? String(given) : "";
  if (/^\d{1,40}$/.test(text) && BigInt(text) <= largestVersion) return { kind: "version", version: text };
  throw optionError("version", `a whole number from 0 to ${largestVersion}`, given);
}

function checkLabel(given: unknown): VersionChoice {
  const fits = typeof given === "string" && given !== "" && !/^\.\.?$/.test(given);
  // What has half of a surrogate pair cannot be written in UTF-8, and so in no address.
  if (fits && !/[\ud800-\udfff]/u.test(given)) return { kind: "label", label: given };
  throw optionError("label", "the text of a label", given);
}

/** RFC 3986 §2.2: every reserved character, also those that `encodeURIComponent` leaves as they are. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
