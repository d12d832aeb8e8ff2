import { createClient, isErrorReply } from "leaf-doctor";
import type { Diagnosis, Disease, Input, Labels, Output, Problem, Token } from "leaf-doctor";
import { fromFile } from "leaf-doctor/node";
import { describe, expectTypeOf, test } from "vitest";

const client = createClient({ token: "t", timeout: 1000 });
const error: unknown = undefined;

describe("leaf-doctor", () => {
  test("takes one argument for a method, labels closed", () => {
    expectTypeOf<Labels["Plant"]>().toEqualTypeOf<"tomato" | "wheat" | "vine">();
    expectTypeOf<Input["humidity"]>().toEqualTypeOf<number | null | undefined>();
    void client.predict({ plant: "vine", temperature: 1, spots: [1, 2], humidity: null });
    void client.predict({ plant: "vine", temperature: 1, spots: [] }, { signal: AbortSignal.timeout(1) });
    void client.health();
    void client.listDiseases({ plant: "wheat", severity: ["mild"] });
    // @ts-expect-error -- no such label
    void client.predict({ plant: "oak", temperature: 1, spots: [] });
    // @ts-expect-error -- no such label in a list
    void client.listDiseases({ plant: "wheat", severity: ["fatal"] });
    // @ts-expect-error -- a measurement is missing
    void client.predict({ plant: "vine", spots: [] });
    // @ts-expect-error -- no such member
    void client.predict({ plant: "vine", temperature: 1, spots: [], colour: "red" });
    // @ts-expect-error -- a text is no number
    void client.predict({ plant: "vine", temperature: "1", spots: [] });
    // @ts-expect-error -- a parameter of the path is missing
    void client.listDiseases({});
    // @ts-expect-error -- it takes nothing
    void client.health({});
    // @ts-expect-error -- no such method
    void client.cure({});
  });

  test("takes files of any kind", () => {
    void client.predictPicture({ picture: fromFile("leaf.png"), plant: "vine", threshold: 0.5 });
    void client.predictPicture({ picture: new Uint8Array(1), plant: "vine", mask: null, top_k: 2 });
    void client.predictPicture({ picture: new Blob([]), plant: "vine", "x-request-id": "r" });
    // @ts-expect-error -- a text is no file
    void client.predictPicture({ picture: "leaf.png", plant: "vine" });
    // @ts-expect-error -- the picture is missing
    void client.predictPicture({ plant: "vine" });
  });

  test("gives what the description says, labels open", async () => {
    expectTypeOf<Output>().toEqualTypeOf<Diagnosis>();
    expectTypeOf(client.predict).returns.resolves.toEqualTypeOf<Diagnosis>();
    expectTypeOf(client.listDiseases).returns.resolves.toEqualTypeOf<Disease[]>();
    const { disease, probabilities, regions } = await client.predictPicture({
      picture: new Uint8Array(1),
      plant: "vine",
    });
    expectTypeOf(disease).toExtend<string>();
    expectTypeOf<"frost">().toExtend<typeof disease>();
    expectTypeOf(probabilities["powdery mildew"]).toEqualTypeOf<number>();
    expectTypeOf(regions?.[0]?.box).toEqualTypeOf<[number, number, number, number] | undefined>();
    // @ts-expect-error -- no such label
    void probabilities.frost;
  });

  test("gives a stream one by one", () => {
    expectTypeOf(client.explain({ disease: "leaf-rust" })).toEqualTypeOf<AsyncIterableIterator<Token>>();
    // @ts-expect-error -- a stream is no promise
    void client.explain({ disease: "leaf-rust" }).then(() => 1);
    // @ts-expect-error -- no such label
    void client.explain({ disease: "frost" });
  });

  test("types what the service says of a failure, by method and status", () => {
    if (isErrorReply(error, "predict", 422))
      expectTypeOf(error.reply.detail?.[0]?.loc).toEqualTypeOf<(string | number)[] | undefined>();
    if (isErrorReply(error, "predictPicture", 413)) expectTypeOf(error.reply).toEqualTypeOf<Problem>();
    // @ts-expect-error -- this method documents no such status
    void isErrorReply(error, "predict", 413);
    // @ts-expect-error -- this method documents no failure
    void isErrorReply(error, "health", 422);
    // @ts-expect-error -- no such method
    void isErrorReply(error, "cure", 422);
  });
});
