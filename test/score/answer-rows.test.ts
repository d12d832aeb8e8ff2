import { DeploymentError } from "@gen-deploy/runtime";
import { describe, expect, test } from "vitest";
import { answerBatch, type SendRows } from "../../src/score/answer-batch.js";
import { answerRows, type AnswerPlan } from "../../src/score/answer-rows.js";
import type { SourceRow } from "../../src/score/row-source.js";

const rowOf = (index: number): SourceRow => ({
  line: index + 2,
  index,
  columns: { x: String(index) },
  row: { ok: true, value: index },
});

const badRow = (index: number): SourceRow => ({
  ...rowOf(index),
  row: { ok: false, feature: "x", reason: "is no number" },
});

async function* blocksOf(rows: readonly SourceRow[], size = 7): AsyncGenerator<readonly SourceRow[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

const rows = Array.from({ length: 100 }, (_, index) => rowOf(index));

const planWith = (more: Partial<AnswerPlan>): AnswerPlan => ({
  batchSize: 8,
  concurrency: 4,
  window: 16,
  stop: new AbortController().signal,
  work: (batch) => answerBatch(batch, async (values) => values.map((value) => Number(value) * 10)),
  ...more,
});

describe("rows that are answered", () => {
  test("come out in order, whichever batch comes back first", async () => {
    let inFlight = 0;
    let most = 0;
    const plan = planWith({
      work: async (batch) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setTimeout(resolve, (batch[0]?.index ?? 0) % 3));
        inFlight -= 1;
        return await answerBatch(batch, async (values) => values);
      },
    });
    const out: unknown[] = [];
    for await (const batch of answerRows(blocksOf(rows), plan))
      for (const { outcome } of batch) out.push(outcome.ok ? outcome.answer : undefined);
    expect(out).toEqual(rows.map(({ index }) => index));
    expect(most).toBe(4);
  });

  test("never run ahead of the window", async () => {
    let begun = 0;
    const plan = planWith({
      window: 3,
      work: async (batch) => {
        begun += 1;
        return await answerBatch(batch, async (values) => values);
      },
    });
    const stream = answerRows(blocksOf(rows), plan);
    await stream.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toBeLessThanOrEqual(4);
    await stream.return();
  });

  test("go on in flight while whoever takes them is busy", async () => {
    let begun = 0;
    const plan = planWith({
      work: async (batch) => {
        begun += 1;
        await new Promise((resolve) => setTimeout(resolve, 1));
        return await answerBatch(batch, async (values) => values);
      },
    });
    const stream = answerRows(blocksOf(rows), plan);
    await stream.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(begun).toBe(13);
    await stream.return();
  });

  test("end behind those in flight once they are stopped", async () => {
    const controller = new AbortController();
    const plan = planWith({ stop: controller.signal });
    const out: number[] = [];
    for await (const batch of answerRows(blocksOf(rows), plan)) {
      out.push(...batch.map(({ row }) => row.index));
      controller.abort();
    }
    expect(out.length).toBeGreaterThan(0);
    expect(out.length).toBeLessThan(100);
    expect(out).toEqual(out.map((_, index) => index));
  });

  test("end at once when they are stopped while the source owes rows", async () => {
    const controller = new AbortController();
    const silent = (async function* () {
      yield [rowOf(0)];
      await new Promise(() => undefined);
    })();
    setTimeout(() => controller.abort(), 20);
    const plan = planWith({ stop: controller.signal, batchSize: 1 });
    const out: number[] = [];
    for await (const batch of answerRows(silent, plan)) out.push(...batch.map(({ row }) => row.index));
    expect(out).toEqual([0]);
  });

  test("come out before the failure that is behind them", async () => {
    const plan = planWith({
      work: async (batch) => {
        if (batch.some(({ index }) => index === 50)) throw new Error("down");
        await new Promise((resolve) => setTimeout(resolve, 3));
        return await answerBatch(batch, async (values) => values);
      },
    });
    const out: number[] = [];
    const drain = async (): Promise<void> => {
      for await (const batch of answerRows(blocksOf(rows), plan))
        out.push(...batch.map(({ row }) => row.index));
    };
    await expect(drain()).rejects.toThrow("down");
    expect(out).toEqual(Array.from({ length: 48 }, (_, index) => index));
  });
});

describe("a batch", () => {
  /** Refuses a whole batch for the sake of some rows, as the deployment would. */
  const refusing =
    (
      bad: readonly number[],
      code: "rejected" | "server-error" | "deployment-error",
      status: number,
    ): SendRows =>
    async (values) => {
      if (values.some((value) => bad.includes(Number(value))))
        throw new DeploymentError(code, "No.", { status });
      return values;
    };
  const refusedIn = async (send: SendRows, batch = rows): Promise<readonly number[]> => {
    const answered = await answerBatch(batch, send);
    expect(answered.map(({ row }) => row)).toEqual(batch);
    return answered.flatMap(({ row, outcome }) => (outcome.ok ? [] : [row.index]));
  };

  test("that was refused is halved until the rows are found", async () => {
    expect(await refusedIn(refusing([17, 18, 93], "rejected", 400))).toEqual([17, 18, 93]);
  });

  test("that the deployment stumbles over is too, unless it stumbles over every row", async () => {
    expect(await refusedIn(refusing([5], "server-error", 500))).toEqual([5]);
    const all = rows.map(({ index }) => index);
    await expect(answerBatch(rows, refusing(all, "server-error", 500))).rejects.toThrow("No.");
    await expect(answerBatch(rows, refusing([5], "server-error", 502))).rejects.toThrow("No.");
    // Peltarion's own errors have a code beside their status.
    await expect(answerBatch(rows, refusing(all, "deployment-error", 500))).rejects.toThrow("No.");
    await expect(answerBatch(rows, refusing([5], "deployment-error", 502))).rejects.toThrow("No.");
  });

  test.each([
    { code: "server-error", status: 500 },
    { code: "deployment-error", status: 500 },
    { code: "unavailable", status: 503 },
    { code: "connection", status: undefined },
  ] as const)("is looked through with patience where $code passes", async ({ code, status }) => {
    const refuse = refusing([17], "rejected", 400);
    const send: SendRows = async (values, options) => {
      if (options.eager && (values.includes(18) || values.includes(90)))
        throw new DeploymentError(code, "For a moment.", { status });
      return await refuse(values, options);
    };
    expect(await refusedIn(send)).toEqual([17]);
  });

  test("leaves out the row that the client refuses, without a call for it", async () => {
    let calls = 0;
    const send: SendRows = async (values) => {
      const row = values.findIndex((value) => value === 3 || value === 40);
      if (row >= 0) throw new DeploymentError("unknown-label", "Not a label.", { row, feature: "x" });
      calls += 1;
      return values;
    };
    expect(await refusedIn(send)).toEqual([3, 40]);
    expect(calls).toBe(1);
  });

  test("keeps rows that could not be read, and sends nothing where there are no others", async () => {
    const send: SendRows = async () => {
      throw new Error("sent");
    };
    const answered = await answerBatch([badRow(0), badRow(1)], send);
    expect(answered.map(({ outcome }) => outcome)).toEqual([
      { ok: false, feature: "x", reason: "is no number" },
      { ok: false, feature: "x", reason: "is no number" },
    ]);
  });

  test.each([
    { code: "unauthorized", status: 401 },
    { code: "not-found", status: 404 },
    { code: "unavailable", status: 503 },
    { code: "rate-limited", status: 429 },
    { code: "connection", status: undefined },
    { code: "timeout", status: undefined },
  ] as const)("fails as a whole with $code", async ({ code, status }) => {
    let calls = 0;
    const send: SendRows = async () => {
      calls += 1;
      throw new DeploymentError(code, "Down.", { status });
    };
    await expect(answerBatch(rows, send)).rejects.toThrow("Down.");
    expect(calls).toBe(1);
  });
});
