import { beforeAll, describe, expect, test } from "vitest";
import { gravest, judge, type Judged, type Pair } from "./pairs.js";
import { schemaChanges } from "./schema-changes.js";
import type { SchemaChange } from "./schemas.js";
import { service } from "./service.js";
import { systemChanges } from "./system-changes.js";

function toPair({ name, before, after, components, send, read, input, output }: SchemaChange): Pair {
  // Whatever was right before: of changes that are not breaking the types themselves must say so.
  const taken = "(given: Before.Input): After.Input => given";
  const given = "(out: After.GiveOutput): Before.GiveOutput => out";
  return {
    name,
    before: service(before, components?.[0]),
    after: service(after, components?.[1]),
    code: {
      send: `await client.take(${send});`,
      read: `const out = await client.give();\n${read}`,
    },
    types: [
      input === "breaking" ? "" : `export const taken = ${taken};`,
      output === "breaking" ? "" : `export const given = ${given};`,
    ].join("\n"),
  };
}

const nothing: Judged = { comparison: { changes: [], verdict: "none" }, complaints: () => ["not judged"] };

describe("a changed schema", () => {
  let judged: readonly Judged[] = [];
  beforeAll(async () => {
    judged = await judge(schemaChanges.map(toPair));
  }, 120_000);

  test.each(schemaChanges.map((change, index) => ({ ...change, index })))(
    "$name: $input on the way in, $output on the way out",
    ({ index, input, output, seen }) => {
      const { comparison, complaints } = judged[index] ?? {
        comparison: { changes: [] },
        complaints: () => [],
      };
      const on = (side: string): string =>
        gravest(comparison.changes.filter((change) => change.side === side));
      expect({ input: on("input"), output: on("output") }).toEqual({ input, output });
      expect(complaints("before", "send")).toEqual([]);
      expect(complaints("before", "read")).toEqual([]);
      expect(complaints("types", "all")).toEqual([]);
      const sees = (code: string): string => (complaints("after", code).length > 0 ? "breaking" : "fine");
      expect(sees("send")).toBe(input === "breaking" && seen === undefined ? "breaking" : "fine");
      expect(sees("read")).toBe(output === "breaking" ? "breaking" : "fine");
    },
  );
});

/** All that could be sent still can, and all that comes was to be expected. */
function mainTypes(name: string): string {
  const method = name.startsWith("service") ? "ask" : "predict";
  const sent = (side: string): string => `Parameters<${side}.Client["${method}"]>[0]`;
  const got = (side: string): string => `Awaited<ReturnType<${side}.Client["${method}"]>>`;
  return [
    `export const taken = (given: ${sent("Before")}): ${sent("After")} => given;`,
    `export const given = (out: ${got("After")}): ${got("Before")} => out;`,
  ].join("\n");
}

describe("a changed deployment", () => {
  let judged: readonly Judged[] = [];
  beforeAll(async () => {
    judged = await judge(
      systemChanges.map(({ code, ...change }) => ({
        ...change,
        code: { code },
        types: change.want === "major" ? "" : mainTypes(change.name),
      })),
    );
  }, 120_000);

  test.each(systemChanges.map((change, index) => ({ ...change, index })))(
    "$name: $want",
    ({ index, want, says, seen }) => {
      const { comparison, complaints } = judged[index] ?? nothing;
      expect(comparison.changes.map(({ message }) => message).join("\n")).toContain(says);
      expect(comparison.verdict).toBe(want);
      expect(complaints("before", "code")).toEqual([]);
      expect(complaints("types", "all")).toEqual([]);
      const breaks = complaints("after", "code").length > 0;
      expect(breaks).toBe(want === "major" && seen === undefined);
    },
  );
});
