import { createClient as createAdder, isDeploymentError } from "example-adder";
import { createClient as createDictDoubler } from "example-dict-doubler";
import { createClient as createDoubler } from "example-doubler";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startModelbit, type ModelbitServer } from "../servers/modelbit-server.js";

let server: ModelbitServer;
beforeAll(async () => {
  server = await startModelbit({
    example_doubler: (half: number) => half * 2,
    example_dict_doubler: ({ value }: { readonly value: number }) => ({ value: value * 2 }),
    example_adder: (a: number, b: number, c: number) => {
      if (a === 0) throw new Error("ValueError: a is zero");
      return a + b + c;
    },
  });
});
afterAll(() => server.close());
beforeEach(() => void server.requests.splice(0));

const at = (name: string): { readonly url: string; readonly token: string } => ({
  url: `${server.origin}/v1/${name}/latest`,
  token: "raw-secret-key",
});
const sent = (): readonly string[] => server.requests.map(({ text }) => text);

describe("the vendor's own examples", () => {
  test("example_doubler doubles a number", async () => {
    expect(await createDoubler(at("example_doubler")).predict(10)).toBe(20);
    expect(sent()).toEqual(['{"data":10}']);
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: "/v1/example_doubler/latest",
      headers: { authorization: "raw-secret-key", "content-type": "application/json" },
    });
  });

  test("example_dict_doubler doubles the value of a dictionary", async () => {
    const client = createDictDoubler(at("example_dict_doubler"));
    expect(await client.predict({ value: 10 })).toEqual({ value: 20 });
    expect(sent()).toEqual(['{"data":{"value":10}}']);
  });

  test("example_adder adds its arguments, called by name and sent by position", async () => {
    expect(await createAdder(at("example_adder")).predict({ c: 5, a: 3, b: 4 })).toBe(12);
    expect(sent()).toEqual(['{"data":[3,4,5]}']);
  });
});

describe("example_adder", () => {
  test("adds many, answered in any order", async () => {
    const rows = Array.from({ length: 5 }, (_, a) => ({ a: a + 1, b: 1, c: 1 }));
    expect(await createAdder(at("example_adder")).predictMany(rows)).toEqual([3, 4, 5, 6, 7]);
    expect(sent()).toEqual(['{"data":[[0,1,1,1],[1,2,1,1],[2,3,1,1],[3,4,1,1],[4,5,1,1]]}']);
  });

  test("is called in the branch and version that are asked for", async () => {
    await createAdder({ ...at("example_adder"), branch: "dev" }).predict(
      { a: 1, b: 1, c: 1 },
      { version: 3 },
    );
    expect(server.requests.map(({ url }) => url)).toEqual(["/v1/example_adder/dev/3"]);
  });

  test("fails with the function's own words, and takes nothing but whole numbers", async () => {
    const client = createAdder(at("example_adder"));
    const failed = await client.predict({ a: 0, b: 1, c: 1 }).catch((error: unknown) => error);
    expect(isDeploymentError(failed, "deployment-error")).toBe(true);
    expect(failed).toMatchObject({ serverCode: "ValueError" });
    const refused = await client.predict({ a: 1.5, b: 1, c: 1 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "wrong-type", feature: "a" });
    expect(server.requests).toHaveLength(1);
  });
});
