import { callSecrets } from "./call-secrets.js";
import type { CallSettings } from "./client-options.js";
import type { CompiledOperation, Encoding, Protocol } from "../protocol.js";
import { DeploymentError } from "../errors.js";
import { send } from "../http/send.js";
import type { SendContext } from "../http/send.js";
import { throwIfAborted } from "../http/send-limits.js";

/** Where an operation's rows go, and how. */
export interface RowRoute extends Pick<SendContext, "transport" | "authorizer"> {
  readonly protocol: Protocol;
  readonly operation: CompiledOperation;
  readonly method: string;
  readonly url: string;
}

/** What holds for one batch. */
export interface RowCall {
  readonly settings: CallSettings;
  readonly encoding: Encoding;
  /** Aborts this batch, beside the caller's own signals. */
  readonly signal?: AbortSignal;
}

/** The decoded rows that a deployment answers `rows` with. What it throws holds no secret. */
export async function sendRows(
  route: RowRoute,
  rows: readonly unknown[],
  call: RowCall,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { protocol, operation, authorizer, transport, method, url } = route;
  const { headers, timeout, retry, signals } = withSignal(call);
  throwIfAborted(signals);
  const secrets = callSecrets(authorizer, headers);
  try {
    const awaited = operation.inputs.filter(({ coder }) => coder.prepare !== undefined);
    // The coders that need it bring the code for it; without them no turn is lost.
    const prepare = awaited[0]?.coder.prepare;
    const ready = prepare === undefined ? rows : await prepare.rows(rows, awaited);
    const isForm = call.encoding === "multipart";
    const body = isForm ? await protocol.form(ready, operation) : protocol.frame(ready, operation);
    const request = { method, url, headers, body, repeatable: true };
    const failure = protocol.failure.bind(protocol);
    const reply = await send(request, { transport, authorizer, secrets, signals, timeout, retry, failure });
    const decoded = protocol.unframe(reply, operation, { rows: rows.length, encoding: call.encoding });
    if (decoded.length === rows.length) return decoded;
    throw new DeploymentError(
      "bad-reply",
      `The reply has ${decoded.length} rows, but ${rows.length} were sent.`,
    );
  } catch (error) {
    throw await secrets.redact(error);
  }
}

function withSignal({ settings, signal }: RowCall): CallSettings {
  return signal === undefined ? settings : { ...settings, signals: [...settings.signals, signal] };
}
