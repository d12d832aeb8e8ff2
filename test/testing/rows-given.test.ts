import { createClient as createAnimals, deployment as animals } from "animal-weight";
import type { Input as Animal, Output as Weight } from "animal-weight";
import { createClient, deployment, ndarray } from "digits-and-grids";
import type { Input, Output } from "digits-and-grids";
import { describe, expect, test } from "vitest";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { mockTransport } from "../../src/runtime/src/testing/rows.js";
import type { AnsweredRow } from "../../src/runtime/src/testing/rows.js";
import { pngFile } from "../runtime/image-files.js";
import { rejectionOf } from "./rejection-of.js";
import { ours } from "./rows-sent.js";

const url = "https://host.test/forward";
const animal = { Type: "human", Sound: "moo", Size: 1.5 } as const;
const picture = pngFile(2);
const answer: AnsweredRow<Output> = {
  digit: { zero: 0.25, one: 0.5, "other digit": 0.25 },
  "heat map": ndarray([2, 3], [1, 2, 3, 4, 5, 6]),
  cleaned: picture,
  "is blurred": 0.5,
};

/** What a client of the digits gets where a test gives `given`, whatever that is. */
async function answered(given: object): Promise<Output> {
  const transport = mockTransport<Input, object>(deployment, { answers: () => given });
  return await createClient({ url, transport, validate: "strict" }).predict(ours);
}

describe("answers that a test gives", () => {
  test("are what the client gets, of the row that it sent", async () => {
    const transport = mockTransport<Animal, Weight>(animals, {
      answers: ({ Type, Size }) => ({ Weight: Type === "human" ? Size * 50 : 1 }),
    });
    const client = createAnimals({ url, transport });
    expect(await client.predict(animal)).toEqual({ Weight: 75 });
    expect(await client.predictMany([animal, { ...animal, Type: "insect" }])).toEqual([
      { Weight: 75 },
      { Weight: 1 },
    ]);
    expect(await client.predict(animal, { encoding: "multipart" })).toEqual({ Weight: 75 });
  });

  test("may come late, and in whatever stands for arrays and pictures", async () => {
    const seen: unknown[] = [];
    const transport = mockTransport<Input, Output>(deployment, {
      answers: async (row) => {
        seen.push(row);
        return {
          ...answer,
          "heat map": [
            [1, 2, 3],
            [4, 5, 6],
          ],
          cleaned: new Blob([Buffer.from(picture)]),
        };
      },
    });
    const output = await createClient({ url, transport, validate: "strict" }).predict(ours);
    expect(output.digit).toEqual(answer.digit);
    expect(output["heat map"]).toEqual(answer["heat map"]);
    expect(output.cleaned).toEqual({ mediaType: "image/png", bytes: picture });
    expect(seen).toEqual([
      {
        ...ours,
        "Image Feature": { mediaType: "image/png", bytes: ours["Image Feature"] },
        "features.npy_0": ndarray([10, 10, 3], ours["features.npy_0"]),
        vector: ndarray([5], ours.vector),
        mask: ndarray([2, 2], ours.mask),
      },
    ]);
    expect(await answered(answer)).toEqual(output);
  });

  test.each([
    { name: "a list", given: [], says: "A row is an array of 0, not an object" },
    {
      name: "an output too few",
      given: { ...answer, "is blurred": undefined },
      says: 'A row lacks "is blurred"',
    },
    { name: "an output too many", given: { ...answer, more: 1 }, says: 'A row has "more"' },
    {
      name: "a number that is none",
      given: { ...answer, "is blurred": "no" },
      says: '"is blurred" is "no", not a number.',
    },
    {
      name: "a number out of range",
      given: { ...answer, "is blurred": 2 },
      says: '"is blurred" is 2, which is outside of 0 to 1.',
    },
    { name: "another shape", given: { ...answer, "heat map": [1, 2] }, says: 'Feature "heat map" has shape' },
    {
      name: "no picture",
      given: { ...answer, cleaned: "cleaned.png" },
      says: '"cleaned" is the string "cleaned.png"',
    },
    {
      name: "an alpha channel",
      given: { ...answer, cleaned: pngFile(6) },
      says: '"cleaned" has an alpha channel',
    },
    {
      name: "a label alone",
      given: { ...answer, digit: "one" },
      says: '"digit" is "one", not an object of labels and probabilities.',
    },
    {
      name: "a label too few",
      given: { ...answer, digit: { zero: 1, one: 0 } },
      says: '"digit" lacks the label "other digit".',
    },
    {
      name: "a label too many",
      given: { ...answer, digit: { ...answer.digit, two: 0 } },
      says: '"digit" has the label "two", which is not in its set.',
    },
    {
      name: "no probability",
      given: { ...answer, digit: { ...answer.digit, one: NaN } },
      says: '"digit" has NaN for "one", not a finite number.',
    },
  ])("are held to the description: $name", async ({ given, says }) => {
    const error = await rejectionOf(answered(given));
    expect(error).toMatchObject({
      code: "bad-options",
      row: 0,
      message: expect.stringContaining(`gave for row 0 is not what the description promises: ${says}`),
    });
  });

  test("may fail: what is thrown reaches the caller, once", async () => {
    let calls = 0;
    const failing = async (thrown: unknown): Promise<unknown> => {
      const answers = (): Weight => {
        calls += 1;
        throw thrown;
      };
      const transport = mockTransport<Animal, Weight>(animals, { answers });
      const client = createAnimals({ url, transport, retry: { minDelay: 1, maxDelay: 1 } });
      return await rejectionOf(client.predict(animal));
    };
    const cause = new TypeError("row.size is undefined");
    expect(await failing(cause)).toMatchObject({
      code: "bad-options",
      cause,
      message: expect.stringContaining("row.size"),
    });
    expect(calls).toBe(1);
    const own = new DeploymentError("rate-limited", "Come back later.", { status: 429 });
    expect(await failing(own)).toMatchObject({
      code: "rate-limited",
      message: "Come back later.",
      status: 429,
    });
    expect(calls).toBe(2);
  });

  test("come from functions alone", () => {
    const make = (): unknown =>
      Reflect.apply(mockTransport, undefined, [animals, { answers: { Weight: 1 } }]);
    expect(make).toThrow("The option answers must be a function; got an object.");
  });
});
