import { describe, expect, test } from "vitest";
import type { HttpReply } from "../../src/runtime/src/deployment.js";
import { mockHandler } from "../../src/runtime/src/testing/service.js";
import { sendRaw, serveMock } from "./serve-mock.js";

describe("what the description documents of refusals goes before", () => {
  const ok: HttpReply = {
    status: "200",
    form: "json",
    mediaType: "application/json",
    shape: { type: "text" },
  };
  const problem = {
    type: "object",
    members: {
      message: { shape: { type: "text" } },
      code: { shape: { type: "enum", values: ["E_INPUT"] } },
      retry: { shape: { type: "boolean" } },
    },
  } as const;
  const json = { form: "json", mediaType: "application/json" } as const;
  const said = "body: Input should be a valid integer, unable to parse string as an integer";
  const cases: readonly { name: string; replies: readonly HttpReply[]; want: readonly unknown[] }[] = [
    {
      name: "nothing",
      replies: [],
      want: [422, { detail: [expect.objectContaining({ type: "int_parsing" })] }],
    },
    {
      name: "a problem of its own",
      replies: [{ ...json, status: "400", shape: problem }],
      want: [400, { message: said, code: "E_INPUT", retry: expect.any(Boolean) }],
    },
    {
      name: "anything at all",
      replies: [{ ...json, status: "4XX", shape: { type: "any" } }],
      want: [400, { detail: [expect.objectContaining({ type: "int_parsing" })] }],
    },
    {
      name: "all but success",
      replies: [{ ...json, status: "default", shape: problem }],
      want: [400, { message: said, code: "E_INPUT", retry: expect.any(Boolean) }],
    },
    {
      name: "another refusal beside",
      replies: [
        { ...json, status: "400", shape: problem },
        {
          ...json,
          status: "422",
          shape: { type: "object", members: { error: { shape: { type: "text" } } }, rest: false },
        },
      ],
      want: [422, { error: said }],
    },
    {
      name: "no body",
      replies: [{ status: "400", form: "none", mediaType: null, shape: { type: "null" } }],
      want: [400, undefined],
    },
  ];
  test.each(cases)("$name", async ({ replies, want }) => {
    const operation = {
      method: "POST",
      path: "/run",
      stream: false,
      parameters: {},
      body: { form: "json", mediaType: "application/json", at: "whole", shape: { type: "integer" } },
      replies: [ok, ...replies],
    } as const;
    const handler = mockHandler({ url: null, auth: [], shapes: {}, operations: { run: operation } });
    const served = await serveMock(handler);
    const headers = { "content-type": "application/json" };
    const reply = await sendRaw(`${served.origin}/run`, { method: "POST", headers, body: '"seven"' });
    await served.close();
    expect([reply.status, reply.json]).toEqual(want);
  });
});
