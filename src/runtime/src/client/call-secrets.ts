import type { Authorizer } from "../http/auth.js";
import { createSecrets } from "../http/secrets.js";
import type { Secrets } from "../http/secrets.js";

/** The secrets of a call, as far as they are known before its credentials are asked for. */
export function callSecrets(
  { secrets }: Pick<Authorizer, "secrets">,
  headers: Readonly<Record<string, string>>,
): Secrets {
  return createSecrets([...secrets, ...headerSecrets(headers)]);
}

/** The values of headers whose names say that they prove who is calling. */
export function headerSecrets(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => /auth|key|token|secret|cookie|password|signature/.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s;=]+/).filter((part) => part.length >= 8)]);
}
