import { createClient, deployment, isDeploymentError, isErrorReply, labels } from "leaf-doctor";
import { fromFile } from "leaf-doctor/node";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { visibleText } from "../runtime/visible-text.js";
import { content, formOf, json, startService } from "../servers/service-server.js";
import type { ServiceAnswer, ServiceServer } from "../servers/service-server.js";

const token = "hunter2-leaf-token";
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const measurements = { plant: "tomato", temperature: 21.5, spots: [1.25, 3] } as const;
const diagnosis = {
  disease: "leaf-rust",
  probabilities: { healthy: 0.1, "leaf-rust": 0.85, "powdery mildew": 0.05 },
  severity: null,
  regions: [{ box: [1, 2, 30, 40], score: 0.5 }],
};

let server: ServiceServer;
let folder: string;
beforeAll(async () => {
  server = await startService();
  folder = mkdtempSync(join(tmpdir(), "gen-deploy-leaf-"));
  writeFileSync(join(folder, "leaf.png"), png);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => server.answer(json(200, diagnosis)));

const client = (): ReturnType<typeof createClient> =>
  createClient({ url: `${server.origin}/v2`, token, retry: false });
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What `JSON.parse` gives is of any type: rows that TypeScript would refuse. */
const wrong = (row: object): typeof measurements => JSON.parse(JSON.stringify({ ...measurements, ...row }));

describe("leaf-doctor", () => {
  test("answers JSON with JSON, the token beside it", async () => {
    expect(await client().predict(measurements)).toEqual(diagnosis);
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", url: "/v2/predict" });
    expect(request?.headers.authorization).toBe(`Bearer ${token}`);
    expect(JSON.parse(request?.text ?? "")).toEqual(measurements);
    server.answer(json(200, { ok: true }));
    expect(await client().health()).toEqual({ ok: true });
    expect(server.requests[0]).toMatchObject({ method: "GET", url: "/v2/health", text: "" });
  });

  test("delivers a label that it did not know", async () => {
    const frost = { disease: "frost", probabilities: { ...diagnosis.probabilities, frost: 0.9 } };
    server.answer(json(200, frost));
    expect(await client().predict(measurements)).toEqual(frost);
  });

  test("uploads a picture and what belongs to it, as the platform's own parser reads it", async () => {
    const input = { picture: fromFile(join(folder, "leaf.png")), plant: "vine", top_k: 2 } as const;
    expect(await client().predictPicture({ ...input, threshold: 0.5, "x-request-id": "r-1" })).toEqual(
      diagnosis,
    );
    const [request] = server.requests;
    if (request === undefined) throw new Error("no request");
    expect(request.query).toEqual([["threshold", "0.5"]]);
    expect(request.headers["x-request-id"]).toBe("r-1");
    const form = await formOf(request);
    expect(form).toHaveLength(3);
    const text = new TextDecoder().decode(png);
    expect(form).toContainEqual(["picture", expect.objectContaining({ name: "leaf.png", text })]);
    expect(form).toContainEqual(["plant", "vine"]);
    expect(form).toContainEqual(["top_k", "2"]);
  });

  test("puts parameters into path and query", async () => {
    const diseases = [{ name: "leaf-rust", treatments: ["Sulphur."], seen_at: "2024-05-01T00:00:00Z" }];
    server.answer(json(200, diseases));
    expect(await client().listDiseases({ plant: "wheat", severity: ["mild", "severe"] })).toEqual(diseases);
    const url = "/v2/plants/wheat/diseases?severity=mild&severity=severe";
    expect(server.requests[0]).toMatchObject({ method: "GET", url });
  });

  test("tells what the service says of a failure, by method and status", async () => {
    const detail = [{ loc: ["body", "spots", 0], msg: "too large", type: "value_error" }];
    server.answer(json(422, { detail }));
    const error = await failureOf(client().predict(measurements));
    expect(isErrorReply(error, "predictPicture", 422)).toBe(false);
    if (!isErrorReply(error, "predict", 422)) throw error;
    expect(error.reply.detail?.[0]?.loc).toEqual(["body", "spots", 0]);
    expect(error).toMatchObject({ code: "rejected", status: 422 });

    server.answer(json(413, { message: "8 MB at most", limit: 8_000_000 }));
    const large = await failureOf(client().predictPicture({ picture: png, plant: "vine" }));
    if (!isErrorReply(large, "predictPicture", 413)) throw large;
    expect(large.reply).toEqual({ message: "8 MB at most", limit: 8_000_000 });
    expect(large.code).toBe("too-large");

    server.answer(json(500, { detail: "boom" }));
    const undocumented = await failureOf(client().predict(measurements));
    expect(isErrorReply(undocumented, "predict", 422)).toBe(false);
    expect(isDeploymentError(undocumented, "server-error")).toBe(true);
  });

  test("streams an explanation, word by word", async () => {
    const events = ["Rust", " is"].map((text, index) => `data: ${JSON.stringify({ index, text })}\n\n`);
    server.answer(content(200, "text/event-stream", `${events.join("")}data: [DONE]\n\n`));
    const words: string[] = [];
    for await (const { text } of client().explain({ disease: "leaf-rust" })) words.push(text);
    expect(words).toEqual(["Rust", " is"]);
    expect(server.requests[0]?.headers.accept).toContain("text/event-stream");
  });

  test("closes the connection where a stream is left early", async () => {
    const endless: ServiceAnswer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"index":0,"text":"Rust"}\n\n');
    };
    server.answer(endless);
    for await (const { text } of client().explain({ disease: "leaf-rust" })) {
      expect(text).toBe("Rust");
      break;
    }
    await expect.poll(() => server.unfinished(), { timeout: 5000 }).toBe(0);
  });

  test.each([
    { name: "a label of no set", row: { plant: "oak" }, want: { code: "unknown-label", feature: "plant" } },
    {
      name: "a number out of range",
      row: { temperature: 61 },
      want: { code: "out-of-range", feature: "temperature" },
    },
    {
      name: "a value of another type",
      row: { spots: "many" },
      want: { code: "wrong-type", feature: "spots" },
    },
    {
      name: "a member that nobody knows",
      row: { colour: "red" },
      want: { code: "unknown-feature", feature: "colour" },
    },
  ])("refuses $name before anything is sent", async ({ row, want }) => {
    const error = await failureOf(client().predict(wrong(row)));
    expect(error).toMatchObject(want);
    expect(server.requests).toEqual([]);
  });

  test("refuses a reply that is not what the description says", async () => {
    server.answer(json(200, { disease: "healthy" }));
    expect(await failureOf(client().predict(measurements))).toMatchObject({ code: "bad-reply" });
  });

  test("tells the token in no error", async () => {
    const answers: readonly ServiceAnswer[] = [
      json(401, { detail: `bad token ${token}` }),
      json(422, { detail: [{ loc: [token], msg: token, type: token }] }),
      json(500, token),
      content(200, "text/html", `<p>${token}</p>`),
      content(200, "application/json", `{"disease": ${token}`),
    ];
    for (const answer of answers) {
      server.answer(answer);
      const error = await failureOf(client().predict(measurements));
      expect(isDeploymentError(error)).toBe(true);
      expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
      expect(visibleText(error)).not.toContain(token);
    }
  });

  test("says what it takes", () => {
    expect(labels.Plant).toEqual(["tomato", "wheat", "vine"]);
    expect(Object.keys(deployment.operations)).toEqual([
      ...["predict", "health", "predictPicture", "explain", "listDiseases"],
    ]);
    expect(deployment.url).toBe("https://leaf-doctor.example.com/v2");
  });
});
