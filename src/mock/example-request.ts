import { memoryTransport, type MemoryRequest } from "@gen-deploy/runtime";
import type { BoundDeployment } from "../bind/bound-deployment.js";
import { exampleCall } from "../bind/example-call.js";
import { openClient } from "../bind/open-client.js";
import type { DeploymentModel } from "../model/deployment-model.js";

/** What a shell's line can hold. */
const longest = 1500;

/**
 * What a client of a deployment at `url` sends for the call on its package's front page; undefined where that is no
 * short text.
 */
export async function exampleRequest(
  model: DeploymentModel,
  bound: BoundDeployment,
  url: string,
): Promise<MemoryRequest | undefined> {
  const transport = memoryTransport(() => ({ status: 404 }));
  try {
    const call = exampleCall(model);
    if (call === undefined) return undefined;
    const { method, given } = call;
    const isOfExamples = method === "classify" || method === "regress";
    const [only] = given;
    const [row]: readonly unknown[] = isOfExamples && Array.isArray(only) ? only : given;
    const operation = bound.system === "tf-serving" ? method : undefined;
    await openClient(bound, { url, transport, retry: false, operation }).predict(row);
  } catch {
    // What was sent is all that is asked for.
  }
  const [sent] = transport.calls;
  return sent !== undefined && isShortText(sent) ? sent : undefined;
}

function isShortText({ headers, bytes }: MemoryRequest): boolean {
  const body = bytes();
  if (headers["content-type"]?.startsWith("multipart/") === true || body.length > longest) return false;
  return Buffer.from(body).equals(Buffer.from(new TextDecoder().decode(body)));
}
