import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bindModel } from "../../src/bind/bind-model.js";
import { exampleCall } from "../../src/bind/example-call.js";
import { describe as understand } from "../../src/compile.js";
import { readPackageDescription } from "../../src/disk/package-description.js";
import type { DeploymentModel } from "../../src/model/deployment-model.js";
import { useMocks } from "./run-mock.js";

/*
 * The generated client of every sample, over HTTP, against the command's mock of the description in its own package.
 */

const samples = fileURLToPath(new URL("../../generated-samples/", import.meta.url));
const start = useMocks();

/** What the user said beside a description when its sample was made. */
const labels = ["severity", ["mild", "moderate", "severe"]] as const;

async function opened(
  sample: string,
): Promise<{ readonly model: DeploymentModel; readonly words: readonly string[] }> {
  const described = await readPackageDescription(`${samples}${sample}`);
  if (described === undefined) throw new Error(`${sample} has no description`);
  const { text, metadata } = described;
  const isLabelled = sample === "peltarion-categorical";
  const { model } = await understand(text, {
    ...(metadata === undefined ? {} : { metadata }),
    ...(isLabelled ? { labels: new Map([labels]) } : {}),
  });
  const words = [
    text.name,
    ...(metadata === undefined ? [] : ["--metadata", metadata.name]),
    ...(isLabelled ? ["--labels", `${labels[0]}=${labels[1].join(",")}`] : []),
  ];
  return { model, words };
}

/** A client of the sample's package, whatever its methods take. */
async function clientOf(
  sample: string,
  options: object,
): Promise<(method: string, given: readonly unknown[]) => Promise<unknown>> {
  const module: unknown = await import(`${samples}${sample}/src/index.ts`);
  const client: unknown = Reflect.apply(Reflect.get(Object(module), "createClient"), undefined, [options]);
  return async (method, given) => await Reflect.apply(Reflect.get(Object(client), method), client, given);
}

/** Bodies that no system takes, and what all of them answer in its own words. */
const refused: Readonly<Record<string, { readonly bodies: readonly unknown[]; readonly reply: unknown }>> = {
  rows: {
    bodies: [{ rows: [{}] }, { rows: [{ nonsense: 1 }] }, { rows: 4 }, {}, []],
    reply: { errorCode: expect.any(String), errorMessage: expect.any(String) },
  },
  "tf-serving": {
    bodies: [{ instances: [{ nonsense: 1 }] }, { inputs: { nonsense: [1] } }, {}, { instances: [] }],
    reply: { error: expect.any(String) },
  },
  modelbit: { bodies: [{}, { nonsense: 1 }], reply: { error: expect.anything() } },
  cog: { bodies: [{ input: {} }, { input: { photo: 4 } }, {}], reply: { detail: expect.anything() } },
  service: { bodies: [{}, { plant: "oak" }, []], reply: { detail: expect.any(Array) } },
};

describe.each(readdirSync(samples))("the mock of %s", (sample) => {
  test("answers its own client, alike for the same seed, and strictly", async () => {
    const { model, words } = await opened(sample);
    const call = exampleCall(model);
    if (call === undefined) throw new Error("no example");
    const answers = await Promise.all(
      [
        [...words, "--seed", "7", "--json"],
        [...words, "--seed", "7"],
      ].map(async (given) => {
        const { url, end } = await start([...given, "--token", "a-secret"]);
        const answer = await clientOf(sample, { url, token: "a-secret", validate: "strict" });
        const first = await answer(call.method, call.given);
        expect(await answer(call.method, call.given)).toEqual(first);
        const stranger = await clientOf(sample, { url, token: "another", retry: false });
        await expect(stranger(call.method, call.given)).rejects.toMatchObject({ code: "unauthorized" });
        expect(await end()).toBe(0);
        return first;
      }),
    );
    // Pictures that come from a service are fetched when they are asked for.
    expect(textOf(answers[0])).toBe(textOf(answers[1]));
  });

  test("refuses in its system's words, and serves its description", async () => {
    const { model, words } = await opened(sample);
    const { system } = bindModel(model);
    const { origin, url, end, lines } = await start([...words, "--json"]);
    const known = refused[system];
    if (known === undefined) throw new Error(`no bodies for ${system}`);
    const path = model.operations[0]?.path ?? "";
    const raw = async (body: string): Promise<{ readonly status: number; readonly json: unknown }> => {
      const headers = { "content-type": "application/json", authorization: authorization(model) };
      const reply = await fetch(`${url}${path}`, { method: "POST", headers, body });
      return { status: reply.status, json: jsonOr(await reply.text()) };
    };
    for (const body of known.bodies.map((one) => JSON.stringify(one))) {
      const { status, json } = await raw(body);
      expect({ body, isError: status >= 400, json }).toMatchObject({
        body,
        isError: true,
        json: known.reply,
      });
    }
    for (const body of ['{"torn', "\0\u001B[2J"])
      expect((await raw(body)).status).toBe(system === "service" ? 422 : 400);
    expect(lines.join("")).not.toMatch(/[\0\u001B]/);

    const { description }: { readonly description: string } = JSON.parse(lines[0] ?? "");
    expect(await (await fetch(description)).text()).toBe(await readFile(words[0] ?? "", "utf8"));
    if (model.live !== null) {
      const live = new URL(model.live.url, url);
      expect((await fetch(live)).status).toBe(200);
      const client = await clientOf(sample, { url, token: "any" });
      await client("verify", []);
    }
    if (model.dialect === "tf-serving") {
      const client = await clientOf(sample, { url, token: "any" });
      await client("verify", []);
    }
    expect(description.startsWith(origin)).toBe(true);
    expect(await end("SIGTERM")).toBe(0);
  });
});

function textOf(answer: unknown): string {
  return JSON.stringify(answer, (_name, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function authorization({ auth }: DeploymentModel): string {
  return auth[0]?.kind === "basic" ? "Basic YTpi" : "Bearer any";
}
