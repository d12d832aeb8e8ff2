import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { expect, describe, test } from "vitest";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import type { Value } from "../../src/plan/package-plan.js";
import { planTfServing } from "../../src/plan/tf-serving-plan.js";
import { memoryTransport } from "../../src/runtime/src/index.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type { Signature, TfServingDeployment } from "../../src/runtime/src/tf-serving/index.js";
import { fixtures, readFixture, type Fixture } from "./descriptions.js";

/*
 * What the caller gives, the request's text, the reply's text, what the caller gets: from description to wire. Texts
 * and not trees, because 1 and 1.0 differ there, NaN is a token, and integers are longer than JavaScript's.
 */
interface Transcript {
  readonly given: readonly unknown[];
  readonly request: string;
  readonly reply: string;
  readonly want: readonly unknown[];
}

const transcripts = fixtures()
  .filter(({ dialect }) => dialect === "tf-serving")
  .flatMap((fixture) =>
    fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf("/tf-serving/") + 1) })),
  );

describe("every fixture has a transcript, and", () => {
  test.each(transcripts)("$name is what goes out and comes in", async ({ fixture, file }) => {
    const { given, request, reply, want }: Transcript = JSON.parse(readFileSync(file, "utf8"));
    const seen: string[] = [];
    const transport = memoryTransport(({ url, bytes }) => {
      seen.push(new URL(url).pathname, new TextDecoder().decode(bytes()));
      return { status: 200, headers: { "content-type": "application/json" }, body: reply };
    });
    const client = createTfServingClient(await deploymentOf(fixture), {
      url: "http://localhost:8501/v1/models/m",
      transport,
    });
    const rows = given.map(fromTranscript);
    const answers = rows.length === 1 ? [await client.predict(rows[0])] : await client.predictMany(rows);
    expect(seen).toEqual(["/v1/models/m:predict", request]);
    expect(answers.map(toTranscript)).toEqual(want);
  });
});

/** A package's own types are not at hand where its descriptor is made at run time. */
interface AnySignatures {
  readonly main: Signature;
}
interface AnyMain {
  readonly predict: "main";
}

/** The descriptor of the package that the fixture becomes. */
async function deploymentOf(fixture: Fixture): Promise<TfServingDeployment<AnySignatures, AnyMain>> {
  const spec = await readFixture(fixture);
  const said = { labels: new Map<string, string[]>(), operations: [], metadata: fixture.metadata };
  const { model } = recognise(spec, dialects).interpret(spec, said);
  const edit = planTfServing(model).edits.find(
    (one) => one.kind === "set-value" && one.target === "deployment",
  );
  if (edit?.kind !== "set-value") throw new Error("the plan has no descriptor");
  return JSON.parse(JSON.stringify(plain(edit.value)));
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "list":
      return value.items.map(plain);
    case "object":
      return Object.fromEntries(value.members.map(([name, member]) => [name, plain(member)]));
    default:
      throw new Error(`no plain value: ${value.kind}`);
  }
}

/** A transcript has integers as digits and bytes as base64; JSON has neither. */
function fromTranscript(value: unknown): unknown {
  if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(fromTranscript);
  if (typeof value !== "object" || value === null) return value;
  if ("base64" in value) return new Uint8Array(Buffer.from(String(value.base64), "base64"));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromTranscript(member)]));
}

function toTranscript(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? short(value) : String(value);
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(toTranscript);
  if (typeof value !== "object" || value === null) return value;
  if ("toNested" in value && typeof value.toNested === "function") return toTranscript(value.toNested());
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toTranscript(member)]));
}

/** Digits that a float32 keeps. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
