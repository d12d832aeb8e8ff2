import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DeploymentError, DriftError, isDeploymentError } from "../../src/runtime/src/errors.js";
import { createSecrets } from "../../src/runtime/src/http/secrets.js";
import { visibleText } from "./visible-text.js";

const token = 'to"ken/with+all & sorts: s3cr3t';

const forms: { name: string; form: string }[] = [
  { name: "as it is", form: token },
  { name: "in base64", form: Buffer.from(token).toString("base64") },
  { name: "in base64url", form: Buffer.from(token).toString("base64url") },
  { name: "as basic credentials", form: Buffer.from(`${token}:`).toString("base64") },
  { name: "percent-encoded", form: encodeURIComponent(token) },
  {
    name: "percent-encoded in lower case",
    form: encodeURIComponent(token).replace(/%../g, (text) => text.toLowerCase()),
  },
  { name: "as a form encodes it", form: new URLSearchParams([["", token]]).toString().slice(1) },
  { name: "in JSON", form: JSON.stringify(token) },
  { name: "in HTML", form: token.replaceAll("&", "&amp;").replaceAll('"', "&quot;") },
];

describe("a secret is taken away", () => {
  test.each(forms)("$name", async ({ form }) => {
    const secrets = createSecrets([token]);
    expect(await secrets.redactText(`before ${form} after`)).toMatch(/^before "?\[redacted\]=*"? after$/);
  });

  test.each(forms)("$name, from every corner of an error", async ({ form }) => {
    const deep = Object.assign(new TypeError(`deep ${form}`), { headers: { authorization: form } });
    const list = new AggregateError([new Error(form), `text ${form}`], "several");
    Object.defineProperty(list, "hidden", { value: form, enumerable: false });
    const cause = new Error(`first ${form}`, { cause: Object.assign(deep, { cause: list, [form]: 1 }) });
    const error = new DeploymentError("rejected", `said ${form}`, {
      serverCode: form,
      feature: form,
      row: 3,
      status: 400,
      cause,
    });
    const clean = await createSecrets([token]).redact(error);
    expect(visibleText(error)).toContain(inspect(form).slice(1, -1));
    for (const { form: any } of forms) expect(visibleText(clean)).not.toContain(any);
    expect(visibleText(clean)).not.toContain("s3cr3t");
    expect(isDeploymentError(clean, "rejected")).toBe(true);
    expect(clean).toMatchObject({
      row: 3,
      status: 400,
      cause: { message: expect.stringMatching(/^first "?\[redacted\]=*"?$/) },
    });
  });
});

test("what is clean stays the very same", async () => {
  const cause = Object.assign(new Error("refused"), {
    code: "ECONNREFUSED",
    at: new Date(),
    in: new Map([["a", [1]]]),
  });
  const error = new DeploymentError("connection", "No reply came.", { cause });
  expect(await createSecrets([token]).redact(error)).toBe(error);
  expect(await createSecrets().redact(error)).toBe(error);
});

test("a clean cause is passed on as it is, though the message was not", async () => {
  const cause = new Error("refused");
  const clean = await createSecrets(["s3cr3t"]).redact(
    new DeploymentError("rejected", "said s3cr3t", { cause }),
  );
  expect(clean).toMatchObject({ message: "said [redacted]", cause });
  expect(clean).toHaveProperty("cause", cause);
  expect(clean instanceof Error && clean.cause === cause).toBe(true);
});

describe("places that only an inspector sees", () => {
  const secret = "s3cr3t-text";
  class Holder {
    shown = 1;
  }
  Object.defineProperty(Holder.prototype, "inherited", { value: secret });
  const cases: { name: string; given: unknown }[] = [
    { name: "a map", given: new Map([["a", secret]]) },
    { name: "a map's key", given: new Map([[secret, 1]]) },
    { name: "a set", given: new Set([secret]) },
    { name: "a weak map", given: new WeakMap([[Holder, secret]]) },
    { name: "a promise", given: Promise.resolve(secret) },
    { name: "bytes", given: new TextEncoder().encode(secret) },
    { name: "a symbol", given: Symbol(secret) },
    { name: "a prototype", given: new Holder() },
    { name: "a function's member", given: Object.assign(() => 1, { secret }) },
    { name: "a function's name", given: { [secret]: () => 1 }[secret] },
    {
      name: "a proxy that throws",
      given: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error(secret);
          },
        },
      ),
    },
  ];
  test.each(cases)("$name", async ({ given }) => {
    const cause = Object.assign(new Error("see inside"), { given });
    const clean = await createSecrets([secret]).redact(
      new DeploymentError("connection", "No reply came.", { cause }),
    );
    expect(visibleText(clean)).not.toContain(secret);
    expect(clean).toMatchObject({ cause: { message: "see inside" } });
  });
});

test("errors that hold each other end", async () => {
  const first: Error & { cause?: unknown } = new Error("first s3cr3t");
  first.cause = new Error("second s3cr3t", { cause: first });
  expect(visibleText(await createSecrets(["s3cr3t"]).redact(first))).not.toContain("s3cr3t");
});

test("the changes of a DriftError are clean too", async () => {
  const drift = new DriftError("now s3cr3t", [
    { side: "input", change: "changed", feature: "s3cr3t", message: "is s3cr3t" },
  ]);
  const clean = await createSecrets(["s3cr3t"]).redact(drift);
  expect(visibleText(clean)).not.toContain("s3cr3t");
  expect(clean).toBeInstanceOf(DriftError);
});

test("no beginning of a secret is left where a text was cut", async () => {
  const secret = "0123456789abcdefghij";
  const lengths = fc.integer({ min: 4, max: 20 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.constantFrom('…"', '…" and more', "…"), async (length, cut) => {
      const text = await createSecrets([secret]).redactText(`said "${secret.slice(0, length)}${cut}`);
      expect(text).toBe(`said "[redacted]${cut}`);
    }),
  );
  expect(await createSecrets([secret]).redactText(`said ${secret.slice(0, 9)}`)).toBe("said [redacted]");
});
