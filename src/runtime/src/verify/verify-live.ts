import type { Carried } from "../client/carried.js";
import type { CallSettings } from "../client/client-options.js";
import type { Deployment } from "../deployment.js";
import type { Authorizer } from "../http/auth.js";
import type { SendContext } from "../http/send.js";
import { checkDrift, parseDescription } from "./verify.js";

/** Gives no credentials. */
const anonymous: Authorizer = {
  renewable: false,
  secrets: [],
  authorize: () => ({ headers: {}, query: "", cookie: "", secrets: [] }),
};

/** Where the deployment is, and how it is asked. */
export interface VerifyContext extends Pick<SendContext, "transport" | "authorizer"> {
  readonly url: string;
  readonly settings: CallSettings;
  readonly carried: Carried;
}

/**
 * Fetches the live description and throws a `DriftError` where it is not the one that `deployment` was generated
 * from; `bad-options` where the deployment serves none.
 */
export async function verifyDescription<Input, Output>(
  deployment: Deployment<Input, Output>,
  { url, transport, authorizer, settings, carried }: VerifyContext,
): Promise<void> {
  const { description, operations } = deployment;
  const { callSecrets, DeploymentError, send } = carried;
  if (description === null) {
    const message = "The deployment serves no description of itself, so there is nothing to verify.";
    throw new DeploymentError("bad-options", message);
  }
  const place = new URL(description.url, url);
  const isNear = place.origin === new URL(url).origin;
  const { headers, signals, timeout, retry } = settings;
  const secrets = callSecrets(authorizer, headers);
  // Credentials are the deployment's, and nobody else is to see them.
  const asked = isNear ? { headers, authorizer } : { headers: {}, authorizer: anonymous };
  try {
    const call = { method: "GET", url: place.href, headers: asked.headers, body: null, repeatable: true };
    const reply = await send(call, {
      transport,
      authorizer: asked.authorizer,
      secrets,
      signals,
      timeout,
      retry,
    });
    const document = parseDescription(reply, carried);
    compare(document, { description, predict: operations.predict }, carried);
  } catch (error) {
    throw await secrets.redact(error);
  }
}

function compare<Input, Output>(
  document: unknown,
  generated: {
    readonly description: NonNullable<Deployment<Input, Output>["description"]>;
    readonly predict: Deployment<Input, Output>["operations"]["predict"];
  },
  carried: Carried,
): void {
  try {
    checkDrift(document, generated, carried);
  } catch (cause) {
    if (carried.isDeploymentError(cause)) throw cause;
    // A document nested without end exhausts the stack.
    throw new carried.DeploymentError(
      "bad-reply",
      "The live description is nested too deeply to be compared.",
      {
        cause,
      },
    );
  }
}
