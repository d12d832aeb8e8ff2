import { createClient as createAnimals, isDeploymentError } from "animal-weight";
import type { DeploymentErrorCode, Input } from "animal-weight";
import { createClient as createDigits } from "digits-and-grids-npy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visibleText } from "../runtime/visible-text.js";
import { hang, reply, reset, stall, startMisbehavingServer, truncate } from "./misbehaving-server.js";
import type { MisbehavingServer, Misbehaviour } from "./misbehaving-server.js";

const token = "tok/3n-of-the-caller+that_nobody=may.see";
const hidden = [token, encodeURIComponent(token), Buffer.from(`${token}:`).toString("base64").slice(0, 40)];
const row: Input = { Type: "animal", Sound: "moo", Size: 1 };
const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";
const digit = { "Image Feature": picture, "features.npy_0": new Float32Array(300), vector: [1, 2, 3, 4, 5] };
const html = "<!doctype html><title>Bad gateway</title><p>CREDENTIALS</p>";
const stated = { errorCode: "BAD_MODEL", errorMessage: "No model for CREDENTIALS" };
const npy = (file: string): string =>
  `data:application/x.peltarion.npy;base64,${Buffer.from(file).toString("base64")}`;
const seen = { digit: { zero: 1, one: 0, "other digit": 0 }, cleaned: picture, "is blurred": 0 };

let server: MisbehavingServer;
beforeAll(async () => {
  server = await startMisbehavingServer();
});
afterAll(async () => server?.close());

const animals = (): ReturnType<typeof createAnimals> =>
  createAnimals({ url: server.url, token, retry: false });
const weigh = (): Promise<unknown> => animals().predict(row);
const see = (): Promise<unknown> =>
  createDigits({ url: server.url, token, retry: false }).predict({
    ...digit,
    mask: new Float32Array(4),
    caption: "",
  });
/** A row that no compiler would let pass, as JavaScript and parsed JSON bring it. */
const parsed = (text: string): Promise<unknown> => {
  const rows: Input[] = JSON.parse(text);
  return animals().predictMany(rows);
};
const picturedAs = (value: string, changes: object = {}): Promise<unknown> =>
  createDigits({ url: server.url, token }).predict({
    ...digit,
    "Image Feature": value,
    mask: new Float32Array(4),
    caption: "",
    ...changes,
  });

interface Failure {
  readonly name: string;
  readonly server?: Misbehaviour;
  readonly call?: () => Promise<unknown>;
  /** What the error says beside its code. */
  readonly want?: Readonly<Record<string, unknown>>;
}

// No sample has a number with bounds, and a file that NumPy would not read is the cause of a `bad-reply`.
type Provoked = Exclude<DeploymentErrorCode, "out-of-range" | "bad-npy">;

const failures: Readonly<Record<Provoked, readonly Failure[]>> = {
  "bad-options": [
    {
      name: "no address anywhere",
      call: async () => createDigits({ token }).predict({ ...digit, mask: [], caption: "" }),
    },
    { name: "a batch of none", call: () => animals().predictMany([row], { batchSize: 0 }) },
  ],
  "bad-row": [{ name: "a row that is a list", call: () => parsed("[[1]]"), want: { row: 0 } }],
  "missing-feature": [
    {
      name: "a row without Size",
      call: () => parsed(`[{"Type":"animal","Sound":"moo"}]`),
      want: { feature: "Size", row: 0 },
    },
  ],
  "unknown-feature": [
    {
      name: "a feature that nobody knows, in the second row",
      call: () => parsed(`[${JSON.stringify(row)},{"Type":"animal","Sound":"moo","Size":1,"__proto__":1}]`),
      want: { feature: "__proto__", row: 1 },
    },
  ],
  "wrong-type": [
    {
      name: "text for a number",
      call: () => parsed(`[{"Type":"animal","Sound":"moo","Size":"1"}]`),
      want: { feature: "Size" },
    },
    { name: "no number", call: () => animals().predict({ ...row, Size: NaN }), want: { feature: "Size" } },
  ],
  "unknown-label": [
    {
      name: "a label that nobody knows",
      call: () => parsed(`[{"Type":"toString","Sound":"moo","Size":1}]`),
      want: { feature: "Type" },
    },
  ],
  "wrong-shape": [
    {
      name: "a short vector",
      call: () => picturedAs(picture, { vector: [1, 2, 3, 4] }),
      want: { feature: "vector", row: 0 },
    },
  ],
  "wrong-media-type": [
    {
      name: "a gif",
      call: () => picturedAs("data:image/gif;base64,R0lGODlhAQABAAAAACw="),
      want: { feature: "Image Feature" },
    },
  ],
  "alpha-channel": [
    {
      name: "a png with an alpha channel",
      call: () => picturedAs("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"),
      want: { feature: "Image Feature" },
    },
  ],
  "bad-base64": [
    {
      name: "a data URL that is cut",
      call: () => picturedAs("data:image/png;base64,iVBORw0K*"),
      want: { feature: "Image Feature" },
    },
  ],
  aborted: [
    {
      name: "a signal",
      server: hang,
      call: () => animals().predict(row, { signal: AbortSignal.timeout(50) }),
    },
  ],
  timeout: [
    { name: "no reply", server: hang, call: () => animals().predict(row, { timeout: 100 }) },
    { name: "half a reply", server: stall, call: () => animals().predict(row, { timeout: 100 }) },
  ],
  connection: [
    { name: "a reset", server: reset },
    { name: "a reply that ends early", server: truncate },
    {
      name: "nobody there",
      call: () => createAnimals({ url: "http://127.0.0.1:1/forward", token, retry: false }).predict(row),
    },
  ],
  redirected: [
    {
      name: "302",
      server: reply(302, "", { location: `https://elsewhere.example/?key=${token}` }),
      want: { status: 302 },
    },
    { name: "307 to a login page", server: reply(307, html, { location: "/login" }), want: { status: 307 } },
  ],
  unauthorized: [
    { name: "401", server: reply(401, stated), want: { status: 401, serverCode: "BAD_MODEL" } },
    {
      name: "a token that cannot be renewed",
      server: reply(401, ""),
      call: async () => {
        const tokens = [token];
        const source = async (): Promise<string> => {
          const next = tokens.pop();
          if (next !== undefined) return next;
          throw new Error(`${token} has no successor`);
        };
        return await createAnimals({ url: server.url, token: source, retry: false }).predict(row);
      },
      want: { cause: { message: expect.stringContaining("has no successor") } },
    },
  ],
  forbidden: [{ name: "403", server: reply(403, html), want: { status: 403 } }],
  "not-found": [{ name: "404", server: reply(404, stated), want: { status: 404 } }],
  "too-large": [{ name: "413", server: reply(413, ""), want: { status: 413 } }],
  "rate-limited": [{ name: "429", server: reply(429, stated), want: { status: 429 } }],
  unavailable: [{ name: "503", server: reply(503, html), want: { status: 503 } }],
  rejected: [{ name: "400 without a word", server: reply(400, ""), want: { status: 400 } }],
  "server-error": [{ name: "502 with a page", server: reply(502, html), want: { status: 502 } }],
  "deployment-error": [
    {
      name: "an error code under 200",
      server: reply(200, stated),
      want: { status: 200, serverCode: "BAD_MODEL" },
    },
    {
      name: "an error code beside rows",
      server: reply(200, { ...stated, rows: [{ Weight: 1 }] }),
      want: { status: 200 },
    },
    {
      name: "an error code under 400",
      server: reply(400, stated),
      want: { status: 400, serverCode: "BAD_MODEL" },
    },
    {
      name: "an error code under 500",
      server: reply(500, stated),
      want: { status: 500, serverCode: "BAD_MODEL" },
    },
  ],
  "bad-reply": [
    { name: "a page under 200", server: reply(200, html), want: { status: 200 } },
    { name: "an empty body", server: reply(200, "") },
    { name: "JSON that is cut", server: reply(200, `{"rows":[{"Weight":1}`) },
    { name: "no rows", server: reply(200, { predictions: ["CREDENTIALS"] }) },
    { name: "too few rows", server: reply(200, { rows: [] }) },
    { name: "too many rows", server: reply(200, { rows: [{ Weight: 1 }, { Weight: 2 }] }) },
    {
      name: "a row without its output",
      server: reply(200, { rows: [{ weight: 1 }] }),
      want: { feature: "Weight", row: 0 },
    },
    {
      name: "an output of another type",
      server: reply(200, { rows: [{ Weight: "CREDENTIALS" }] }),
      want: { feature: "Weight" },
    },
    {
      name: "a file that NumPy would not read",
      server: reply(200, { rows: [{ ...seen, "heat map": npy("\x93NUMPY\x01\x00") }] }),
      call: see,
      want: { feature: "heat map", row: 0, cause: { code: "bad-npy" } },
    },
    {
      name: "a label that is not in the set",
      server: reply(200, { rows: [{ ...seen, digit: { zero: 1, one: 0, two: 0 } }] }),
      call: see,
      want: { feature: "digit", row: 0 },
    },
  ],
  drift: [
    {
      name: "a description with other features",
      server: reply(200, { components: { schemas: { "input-row": { properties: {} } } } }),
      call: () => animals().verify(),
      want: { name: "DriftError" },
    },
  ],
};

const cases = Object.entries(failures).flatMap(([code, each]) =>
  each.map((failure) => ({ code, ...failure })),
);

describe("every failure has its code and shows no token", () => {
  test.each(cases)(
    "$code: $name",
    async ({ code, server: misbehaviour = reply(200, ""), call = weigh, want = {} }) => {
      server.behave(misbehaviour);
      const error: unknown = await call().then(
        () => expect.unreachable("The call should have failed."),
        (reason: unknown) => reason,
      );
      expect(isDeploymentError(error)).toBe(true);
      expect(error).toMatchObject({ name: "DeploymentError", code, ...want });
      for (const secret of hidden) expect(visibleText(error)).not.toContain(secret);
    },
  );
});

test("what a caller got wrong is not sent", async () => {
  server.behave(reply(200, { rows: [{ Weight: 1 }] }));
  await expect(parsed(`[{"Type":"animal","Sound":"moo"}]`)).rejects.toThrow();
  expect(server.behave(reset)).toBe(0);
});

test("a redirect is not followed, whatever it promises", async () => {
  server.behave(reply(307, "", { location: server.url }));
  await expect(weigh()).rejects.toMatchObject({ code: "redirected" });
  expect(server.behave(reset)).toBe(1);
});
