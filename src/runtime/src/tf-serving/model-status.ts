import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";
import type { VersionChoice } from "./model-url.js";

/** Where a version is on its way: `END` is unloaded, or failed to load if it has an error code. */
export type ModelState = "UNKNOWN" | "START" | "LOADING" | "AVAILABLE" | "UNLOADING" | "END";

/** What the server says of one version. */
export interface ModelVersionStatus {
  /** Decimal digits: an int64. */
  readonly version: string;
  readonly state: ModelState;
  /** `OK`, or the canonical code of what went wrong. */
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** What the server says of the model's versions, newest first. */
export interface ModelStatus {
  readonly versions: readonly ModelVersionStatus[];
}

const states: readonly ModelState[] = ["UNKNOWN", "START", "LOADING", "AVAILABLE", "UNLOADING", "END"];

/** The status that a reply's JSON states; `bad-reply` where it states none. Members left out have their defaults. */
export function parseModelStatus(root: unknown): ModelStatus {
  const listed = isRecord(root) ? either(root, "model_version_status", "modelVersionStatus") : undefined;
  if (!Array.isArray(listed)) {
    throw new DeploymentError(
      "bad-reply",
      `The reply to a request for the status is ${shown(root)}, not a status.`,
    );
  }
  return { versions: listed.map(parseVersion) };
}

/** What the status says of the version that is asked for, or of all where none is; labels are none of its business. */
export function versionsOf(
  { versions }: ModelStatus,
  choice: VersionChoice | undefined,
): readonly ModelVersionStatus[] {
  if (choice?.kind !== "version") return versions;
  return versions.filter(({ version }) => BigInt(version) === BigInt(choice.version));
}

function parseVersion(value: unknown): ModelVersionStatus {
  if (!isRecord(value)) {
    throw new DeploymentError("bad-reply", `The status has ${shown(value)} for a version, not an object.`);
  }
  const status = ownMember(value, "status");
  const details = isRecord(status) ? status : {};
  const state = ownMember(value, "state");
  return {
    version: versionText(ownMember(value, "version")),
    state: states.find((known) => known === state) ?? "UNKNOWN",
    errorCode: textOr(either(details, "error_code", "errorCode"), "OK"),
    errorMessage: textOr(either(details, "error_message", "errorMessage"), ""),
  };
}

/** Tools that turn gRPC into JSON write names in camel case. */
function either(object: Readonly<Record<string, unknown>>, snake: string, camel: string): unknown {
  return ownMember(object, snake) ?? ownMember(object, camel);
}

function versionText(value: unknown): string {
  if (typeof value === "string" && /^\d+$/.test(value)) return value;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value);
  throw new DeploymentError("bad-reply", `The status has ${shown(value)} for the number of a version.`);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
