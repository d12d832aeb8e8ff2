import { describe, expect, test } from "vitest";
import { createLateClient } from "../../src/runtime/src/client/late-client.js";
import type { LateParts } from "../../src/runtime/src/client/late-client.js";
import type { ClientOptions, PredictClient } from "../../src/runtime/src/client/client-types.js";
import { createRowEngine } from "../../src/runtime/src/client/row-engine.js";
import { coders } from "../../src/runtime/src/coders/index.js";
import { memoryTransport } from "../../src/runtime/src/http/memory-transport.js";
import { rows } from "../../src/runtime/src/protocols/rows.js";
import { answer, deployment, rowsUpTo } from "./client-deployment.js";
import type { Input, Output } from "./client-deployment.js";

type Parts = LateParts<Input, Output>;

const parts: Parts = { protocol: rows, coders, createRowEngine };

function clientOf(load: () => Promise<Parts>, options: ClientOptions = {}): PredictClient<Input, Output> {
  return createLateClient(deployment, load, { transport: memoryTransport(answer), ...options });
}

/** Parts that come when they are let. */
function held(): { readonly load: () => Promise<Parts>; readonly release: () => void } {
  let release = (): void => undefined;
  const coming = new Promise<Parts>((resolve) => (release = () => resolve(parts)));
  return { load: () => coming, release };
}

describe("a client whose parts are loaded late", () => {
  test("asks for them when it is made, and calls wait for them", async () => {
    let asked = false;
    const { load, release } = held();
    const client = clientOf(() => {
      asked = true;
      return load();
    });
    expect(asked).toBe(true);
    const [one, many] = [client.predict({ Size: 3, Name: "x" }), client.predictMany(rowsUpTo(300))];
    const stream = client.predictStream(rowsUpTo(3));
    const first = stream.next();
    release();
    expect(await one).toEqual({ Weight: 30 });
    expect(await many).toEqual(rowsUpTo(300).map(({ Size }) => ({ Weight: Size * 10 })));
    expect(await first).toEqual({ done: false, value: { Weight: 0 } });
    await expect(client.verify()).rejects.toMatchObject({ code: "bad-options" });
  });

  test("refuses options that cannot work at once, and those of a call before anything is loaded", async () => {
    const never = (): Promise<Parts> => new Promise(() => undefined);
    expect(() => clientOf(never, { timeout: -1 })).toThrow(expect.objectContaining({ code: "bad-options" }));
    const client = clientOf(never);
    const row = { Size: 1, Name: "x" };
    await expect(client.predict(row, { timeout: -1 })).rejects.toMatchObject({ code: "bad-options" });
    expect(() => client.predictStream([row], { batchSize: 0 })).toThrow(/batchSize/);
    const left = client.predict(row, { signal: AbortSignal.timeout(5) });
    await expect(left).rejects.toMatchObject({ code: "aborted" });
  });

  test("says that they could not be fetched, and tries again with the next call", async () => {
    const cause = new TypeError("Failed to fetch dynamically imported module");
    let loads = 0;
    const client = clientOf(() => (++loads < 3 ? Promise.reject(cause) : Promise.resolve(parts)));
    const row = { Size: 1, Name: "x" };
    await expect(client.predict(row)).rejects.toMatchObject({ code: "connection", cause });
    expect(await client.predict(row)).toEqual({ Weight: 10 });
    expect(await client.predict(row)).toEqual({ Weight: 10 });
    expect(loads).toBe(3);
  });

  test("refuses parts of another system", async () => {
    const strange: Parts = { ...parts, protocol: { ...rows, id: "rows" }, coders: { ...coders } };
    Reflect.deleteProperty(strange.coders, "text");
    await expect(
      clientOf(() => Promise.resolve(strange)).predict({ Size: 1, Name: "x" }),
    ).rejects.toMatchObject({
      code: "bad-options",
      feature: "Name",
    });
  });
});
