import { describe, expect, test } from "vitest";
import type { Deployment } from "../../src/runtime/src/deployment.js";
import { fingerprintAt } from "../../src/runtime/src/verify/fingerprint.js";
import { clientOf, deployment, token } from "./client-deployment.js";
import type { Input, Output } from "./client-deployment.js";

const live = {
  paths: { "/forward": { "x-tensorjson": true } },
  in: { properties: { Size: { type: "number", title: "How large" }, Name: { type: "string" } } },
  out: { properties: { Weight: { $ref: "#/weight" } } },
  weight: { type: "number" },
};
const inputs = "/in/properties";
const outputs = "/out/properties";
const flag = "/paths/~1forward/x-tensorjson";
const print = (pointer: string): string => fingerprintAt(live, pointer) ?? "";

const { predict } = deployment.operations;
const described: Deployment<Input, Output> = {
  ...deployment,
  description: { url: "openapi.json", inputs, outputs, rest: { [flag]: print(flag), "/in/required": "" } },
  operations: {
    predict: {
      ...predict,
      inputs: {
        Size: { ...predict.inputs.Size, fingerprint: print(`${inputs}/Size`) },
        Name: { ...predict.inputs.Name, fingerprint: print(`${inputs}/Name`) },
      },
      outputs: { Weight: { ...predict.outputs.Weight, fingerprint: print(`${outputs}/Weight`) } },
    },
  },
};

test("the description beside the deployment is fetched with the same credentials", async () => {
  const { client, calls } = clientOf(() => ({ json: live }), {}, described);
  await client.verify({ headers: { "x-call": "1" } });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ method: "GET", url: "https://host.test/deployment/openapi.json" });
  expect(calls[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, "x-call": "1" });
});

test("nobody else gets the credentials", async () => {
  const elsewhere = {
    ...described,
    description: { url: "https://else.test/d.json", inputs, outputs, rest: {} },
  };
  const { client, calls } = clientOf(() => ({ json: live }), { headers: { cookie: "a=b" } }, elsewhere);
  await client.verify();
  expect(Object.keys(calls[0]?.headers ?? {}).sort()).toEqual(["accept", "user-agent"]);
});

describe("drift", () => {
  const cases: { name: string; given: object; want: object[] }[] = [
    { name: "other words", given: { in: { title: "x", ...live.in } }, want: [] },
    {
      name: "the referred value moved in",
      given: { out: { properties: { Weight: { type: "number", description: "x" } } } },
      want: [],
    },
    {
      name: "a changed input",
      given: { in: { properties: { ...live.in.properties, Size: { type: "string" } } } },
      want: [
        {
          side: "input",
          change: "changed",
          feature: "Size",
          message: 'The input "Size" is now {"type":"string"}.',
        },
      ],
    },
    {
      name: "a renamed input",
      given: { in: { properties: { Size: live.in.properties.Size, name: { type: "string" } } } },
      want: [
        { side: "input", change: "removed", feature: "Name", message: 'The input "Name" is gone.' },
        {
          side: "input",
          change: "added",
          feature: "name",
          message: 'The input "name" is new: {"type":"string"}.',
        },
      ],
    },
    {
      name: "an output changed through its reference",
      given: { weight: { type: "object", properties: { x: { type: "string", enum: ["y".repeat(200)] } } } },
      want: [
        {
          side: "output",
          change: "changed",
          feature: "Weight",
          message: expect.stringMatching(/^.{50,160}…\.$/),
        },
      ],
    },
    {
      name: "another framing",
      given: { paths: { "/forward": {} } },
      want: [{ side: "deployment", change: "removed", message: expect.stringContaining(flag) }],
    },
    {
      name: "a member that was not there",
      given: { in: { ...live.in, required: ["Size"] } },
      want: [{ side: "deployment", change: "added", message: expect.stringContaining('["Size"]') }],
    },
    {
      name: "no inputs at all",
      given: { in: {} },
      want: [{ side: "deployment", change: "removed", message: expect.stringContaining("input") }],
    },
  ];
  test.each(cases)("$name", async ({ given, want }) => {
    const verifying = clientOf(() => ({ json: { ...live, ...given } }), {}, described).client.verify();
    if (want.length === 0) return await expect(verifying).resolves.toBeUndefined();
    const error = await verifying.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "DriftError", code: "drift", changes: want });
    expect(error).toMatchObject({ message: expect.stringContaining("since this package was generated") });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: "drift", changes: want });
  });
});

describe("what is no description", () => {
  test.each([
    { name: "none served", given: deployment, reply: {}, want: { code: "bad-options" } },
    { name: "a page", given: described, reply: { body: `<html>${token}` }, want: { code: "bad-reply" } },
    { name: "not found", given: described, reply: { status: 404 }, want: { code: "not-found", status: 404 } },
    {
      name: "nested without end",
      given: described,
      reply: { body: `{"in":{"properties":{"Size":${"[".repeat(1e5)}${"]".repeat(1e5)}}}}` },
      want: { code: expect.stringMatching(/^(bad-reply|drift)$/) },
    },
  ])("$name", async ({ given, reply, want }) => {
    const error = await clientOf(() => reply, {}, given)
      .client.verify()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject(want);
    expect(String(error)).not.toContain(token);
  });
});
