import { expect, test, describe } from "vitest";
import { createAuthorizer } from "../../src/runtime/src/http/auth.js";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import type { MemoryHandler, MemoryReply } from "../../src/runtime/src/http/memory-transport.js";
import type { ReceivedReply } from "../../src/runtime/src/protocol.js";
import { defaultRetry } from "../../src/runtime/src/http/retry.js";
import { createSecrets } from "../../src/runtime/src/http/secrets.js";
import { send } from "../../src/runtime/src/http/send.js";

/** What one attempt fails with, and how often the transport was asked. */
async function failureOf(
  handler: MemoryHandler,
  failure: (reply: ReceivedReply) => DeploymentError | undefined,
): Promise<{ error: unknown; requests: number }> {
  const transport = memoryTransport(handler);
  const call = { method: "GET", url: "https://host.test/p?q=1", headers: {}, body: null, repeatable: true };
  const error = await send(call, {
    transport,
    authorizer: createAuthorizer(undefined, []),
    secrets: createSecrets(),
    signals: [],
    timeout: 60_000,
    retry: { ...defaultRetry, retries: 0 },
    failure,
  }).catch((reason: unknown) => reason);
  return { error, requests: transport.calls.length };
}

describe("failing replies", () => {
  const failure = ({ bytes }: ReceivedReply): DeploymentError | undefined =>
    bytes.length === 3
      ? new DeploymentError("deployment-error", "Its own words.", { serverCode: "E1" })
      : undefined;
  const cases: { name: string; given: MemoryReply; want: object }[] = [
    {
      name: "400",
      given: { status: 400, body: "no\n good" },
      want: { code: "rejected", status: 400, message: expect.stringContaining('said "no good".') },
    },
    {
      name: "403",
      given: { status: 403 },
      want: { code: "forbidden", message: expect.stringContaining("said nothing.") },
    },
    { name: "404", given: { status: 404 }, want: { code: "not-found" } },
    { name: "413", given: { status: 413 }, want: { code: "too-large" } },
    { name: "422", given: { status: 422 }, want: { code: "rejected" } },
    {
      name: "a page",
      given: { status: 501, body: "<!DOCTYPE html><style>b{}</style><h1>Not <b>here</b></h1>" },
      want: { code: "server-error", message: expect.stringContaining('said "Not here".') },
    },
    {
      name: "a long text",
      given: { status: 400, body: "x".repeat(1e6) },
      want: { message: expect.stringMatching(/^.{100,300}$/) },
    },
    {
      name: "its own words",
      given: { status: 400, body: "own" },
      want: { code: "deployment-error", serverCode: "E1", status: 400, message: "Its own words." },
    },
    {
      name: "its own words, and a status that says more",
      given: { status: 404, body: "own" },
      want: { code: "not-found", serverCode: "E1", message: "Its own words." },
    },
    {
      name: "a redirect",
      given: { status: 307, headers: { location: "https://u:p@else.test/x?key=1" } },
      want: { code: "redirected", status: 307, message: expect.stringMatching(/"https:\/\/else\.test\/x"/) },
    },
    { name: "a hidden redirect", given: { status: 0 }, want: { code: "redirected", status: undefined } },
  ];
  test.each(cases)("$name", async ({ given, want }) => {
    const { error, requests } = await failureOf(() => given, failure);
    expect(error).toMatchObject(want);
    expect(requests).toBe(1);
  });

  const refused = (): never => {
    throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  };
  test("a connection's error names the host and no query, and has the platform's as its cause", async () => {
    const { error } = await failureOf(refused, failure);
    expect(error).toMatchObject({
      message: "No complete reply came from https://host.test/p (ECONNREFUSED).",
      cause: { code: "ECONNREFUSED" },
    });
  });
});
