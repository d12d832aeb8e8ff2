import { DeploymentError, DriftError, isDeploymentError } from "../errors.js";
import { toBase64 } from "./auth.js";
import type { Redaction } from "./redaction.js";

/** Shorter texts are no secrets, and would be found everywhere. */
const shortest = 4;

/** What must appear in nothing that a call throws. */
export interface Secrets {
  /** Takes further secrets; texts of fewer than four characters are passed over. */
  add(secrets: readonly string[]): void;
  /** `text` without the secrets in any of the forms in which they travel, nor a beginning of one where text is cut. */
  redactText(text: string): Promise<string>;
  /** `error` itself where nothing that can be seen of it holds a secret; otherwise a copy without them. */
  redact(error: unknown): Promise<unknown>;
}

/** The code that redacts: asked for with the first secret, so that it is there when the network is not. */
let loading: Promise<typeof import("./redaction.js")> | undefined;

function load(): Promise<typeof import("./redaction.js")> {
  if (loading === undefined) {
    loading = import("./redaction.js");
    // It is asked for again where it is needed.
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/** Keeps the secrets of one call. */
export function createSecrets(initial: readonly string[] = []): Secrets {
  const secrets = new Set<string>();
  const redaction = async (): Promise<Redaction> => {
    const { createRedaction } = await load();
    return createRedaction(secrets, { DeploymentError, DriftError, isDeploymentError, toBase64 });
  };
  const add = (further: readonly string[]): void => {
    for (const secret of further) if (secret.length >= shortest) secrets.add(secret);
    if (secrets.size > 0) void load();
  };
  add(initial);
  return {
    add,
    async redactText(text) {
      if (secrets.size === 0) return text;
      return await redaction().then(
        (code) => code.redactText(text),
        () => "[redacted]",
      );
    },
    async redact(error) {
      if (secrets.size === 0) return error;
      return await redaction().then(
        (code) => code.redact(error),
        () => unseen(error),
      );
    },
  };
}

/** All that can be said of an error in which nobody can look for secrets. */
function unseen(error: unknown): DeploymentError {
  const { code, row, status } = isDeploymentError(error) ? error : new DeploymentError("connection", "");
  return new DeploymentError(
    code,
    "The call failed; what it said is not shown, as it may hold a credential.",
    {
      row,
      status,
    },
  );
}
