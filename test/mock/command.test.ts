import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useCli } from "../cli/run-cli.js";
import { fixture, useMocks, type RunningMock } from "./run-mock.js";

const cli = useCli();
const start = useMocks();
const animals = fixture("peltarion/animal-table/spec.json");
const row = { Type: "animal", Sound: "miaow", Size: 1.5 };

async function ask(
  { url }: Pick<RunningMock, "url">,
  { token = "any", size = 1.5 }: { readonly token?: string; readonly size?: number } = {},
): Promise<Response> {
  return await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ rows: [{ ...row, Size: size }] }),
  });
}

describe("gen-deploy mock", () => {
  test("says where it is and how it is called, and prints each call on a line", async () => {
    const mock = await start([animals, "--seed", "3", "--token", "the-secret"]);
    expect((await ask(mock, { token: "the-secret" })).status).toBe(200);
    expect((await ask(mock, { token: "wrong-secret" })).status).toBe(401);
    await fetch(`${mock.origin}/x?a=\u0007%1b[2J`);
    expect(await mock.end()).toBe(0);
    const { pathname } = new URL(mock.url);
    expect(mock.lines).toEqual([
      `Animal weight (peltarion) answers at ${mock.url}`,
      `its description: ${mock.origin}/openapi.json`,
      "seed 3; calls must carry the token",
      "",
      `  curl ${mock.url} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"rows":[{"Type":"animal","Sound":"miaow","Size":1.5}]}'`,
      `  createClient({ url: "${mock.url}", token })`,
      "",
      "Ctrl-C ends it.",
      expect.stringMatching(new RegExp(`^POST {2}${pathname} {2}200 {2}1 row {2}[\\d.]+ ms$`)),
      expect.stringMatching(new RegExp(`^POST {2}${pathname} {2}401 {2}1 row {2}[\\d.]+ ms$`)),
      expect.stringMatching(/^GET {2}\/x\?a=[\x20-\x7e]+ {2}4\d\d {2}[\d.]+ ms$/),
      "ended after 3 calls",
    ]);
  });

  test("prints lines of JSON where they are asked for, and nothing where it is told to be quiet", async () => {
    const mock = await start([animals, "--json"]);
    await ask(mock);
    expect(await mock.end("SIGTERM")).toBe(0);
    expect(mock.lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        ok: true,
        title: "Animal weight",
        dialect: "peltarion",
        url: mock.url,
        description: `${mock.origin}/openapi.json`,
        seed: "0",
      },
      {
        method: "POST",
        path: new URL(mock.url).pathname,
        status: 200,
        milliseconds: expect.any(Number),
        rows: 1,
      },
    ]);
  });

  test("answers alike for the same seed, and otherwise for another", async () => {
    const mocks = await Promise.all(["5", "5", "6"].map((seed) => start([animals, "--seed", seed])));
    const answers = await Promise.all(
      mocks.map(
        async (mock) =>
          await Promise.all([1, 2, 3].map(async (size) => await (await ask(mock, { size })).text())),
      ),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).not.toEqual(answers[0]);
  });

  test("fails as often as it is told to, with a Retry-After, and hangs up where it is to be unreachable", async () => {
    const failing = await start([animals, "--fail", "503:0.5:2s", "--fail", "500"]);
    const replies = await Promise.all(Array.from({ length: 60 }, () => ask(failing)));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(15);
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(15);
    expect(replies.find(({ status }) => status === 503)?.headers.get("retry-after")).toBe("2");
    const closed = await start([animals, "--fail", "unreachable"]);
    await expect(ask(closed)).rejects.toThrow("fetch failed");
    expect(await closed.end()).toBe(0);
    expect(closed.lines.at(-2)).toMatch(/ {2}closed {2}/);
  });

  test("takes its time, and starts up, as it is told to", async () => {
    const slow = await start([animals, "--latency", "150ms-200ms"]);
    const begun = performance.now();
    await ask(slow);
    expect(performance.now() - begun).toBeGreaterThan(140);
    // What is in flight is answered.
    const last = ask(slow);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const ended = slow.end();
    expect((await last).status).toBe(200);
    expect(await ended).toBe(0);
    const cold = await start([animals, "--cold-start", "1500ms"]);
    const early = await ask(cold);
    expect(early.status).toBe(503);
    expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(0);
    await expect.poll(async () => (await ask(cold)).status, { timeout: 5000 }).toBe(200);
  });

  test("waits for calls in flight, but not for whoever interrupts again", async () => {
    const slow = await start([animals, "--latency", "10m"]);
    const lost = ask(slow).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // As npx hands on what the terminal sends to it too.
    const first = slow.end();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const echo = slow.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(ask(slow)).rejects.toThrow("fetch failed");
    expect(await Promise.race([lost, Promise.resolve("in flight")])).toBe("in flight");
    expect(await slow.end()).toBe(0);
    expect(await Promise.all([first, echo])).toEqual([0, 0]);
    expect(String(await lost)).toContain("fetch failed");
    expect(slow.lines.at(-1)).toMatch(/^ended after /);
  });

  test("records calls, and answers from what is recorded", async () => {
    const file = join(cli.folder, "calls.jsonl");
    const recording = await start([animals, "--record", file, "--token", "the-secret"]);
    const first = await (await ask(recording, { token: "the-secret", size: 1 })).text();
    await ask(recording, { token: "the-secret", size: 2 });
    // No time to close anything.
    await recording.end("SIGKILL");
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain("the-secret");
    expect(text.endsWith("\n")).toBe(true);
    expect(text.split("\n")).toHaveLength(3);
    writeFileSync(file, `${text.replaceAll(JSON.stringify(first).slice(1, -1), "as recorded")}{"torn":`);

    const replaying = await start([animals, "--replay", file]);
    expect(replaying.lines).toContain(`answers from ${file}`);
    expect(await (await ask(replaying, { size: 1 })).text()).toBe("as recorded");
    const unknown = await ask(replaying, { size: 3 });
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { error: "The transcript holds no reply to this method, path and body." },
    ]);
    expect(await replaying.end()).toBe(0);

    const both = await start([animals, "--replay", file, "--record", file]);
    expect((await ask(both, { size: 3 })).status).toBe(200);
    // What is recorded is not recorded again.
    expect(await (await ask(both, { size: 1 })).text()).toBe("as recorded");
    expect(await both.end()).toBe(0);
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(3);
  });

  test.each([
    [["--port", "80800"], '--port "80800" is no number from 0 to 65535.'],
    [["--latency", "20"], '--latency "20" is no time.'],
    [["--latency", "30ms-20ms"], '--latency "30ms-20ms" is no time, and no range of times.'],
    [["--fail", "200:0.1"], '--fail "200:0.1" is not of the form STATUS:SHARE.'],
    [["--fail", "503:2"], '--fail "503:2" is not of the form STATUS:SHARE.'],
    [["--cold-start", "soon"], '--cold-start "soon" is no time.'],
    [
      ["--replay", "x", "--fail", "503"],
      "--fail does nothing for recorded answers, and --replay alone has no",
    ],
    [["--replay", "x", "--token", "abcd"], "--token does nothing for recorded answers"],
    [["--out", "x"], "The option --out is not known."],
  ])("refuses %j", async (words, message) => {
    const { status, stdout, stderr } = await cli.run(["mock", animals, ...words]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
  });

  test.each([
    [["--replay", "nothing.jsonl"], "nothing.jsonl does not exist."],
    [["--replay", "bad.jsonl"], "bad.jsonl has in line 2 no call with its reply."],
    [["--record", "no/such/folder/x"], "no/such/folder/x cannot be written (ENOENT)."],
    [["--host", "203.0.113.1"], "203.0.113.1 cannot be listened to (EADDRNOTAVAIL)."],
  ])("fails for %j", async (words, message) => {
    cli.put("bad.jsonl", "\n{}\n");
    const { status, stderr } = await cli.run(["mock", animals, "--port", "0", ...words]);
    expect(status).toBe(1);
    expect(stderr).toContain(`error: ${message}`);
  });

  test("says in one sentence that a port is in use, and takes the next one where none is asked for", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const { status, stderr } = await cli.run(["mock", animals, "--port", String(port)]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `error: Port ${port} of 127.0.0.1 is in use.\n  help: Give another --port, or 0 for any that is free.\n`,
    });
    other.close();
    const mock = await start([animals, "--port", "0"]);
    const idle = connect({ host: "127.0.0.1", port: Number(new URL(mock.url).port) });
    await new Promise((resolve) => idle.once("connect", resolve));
    // A caller that keeps its connection open holds nobody up.
    const begun = performance.now();
    expect(await mock.end()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(2000);
    idle.destroy();
  });

  test("needs a description that it can read", async () => {
    const { status, stderr } = await cli.run(["mock", "missing.json"]);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("missing.json does not exist."),
    });
    expect((await cli.run(["mock"])).status).toBe(2);
  });
});
