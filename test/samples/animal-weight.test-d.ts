import { createClient, deployment, isDeploymentError, labels } from "animal-weight";
import type { Client, DeploymentErrorCode, Input, Labels, Output } from "animal-weight";
import { describe, expectTypeOf, test } from "vitest";

declare const client: Client;
declare const row: Input;

describe("rows", () => {
  test("have the description's features", () => {
    expectTypeOf<Input>().toEqualTypeOf<{
      Type: "animal" | "human" | "insect";
      Sound: "miaow" | "woof" | "moo" | "tweet";
      Size: number;
    }>();
    expectTypeOf<Output>().toEqualTypeOf<{ Weight: number }>();
  });

  test("are taken one by one, in batches and in streams", () => {
    expectTypeOf(
      client.predict({ Type: "animal", Sound: "miaow", Size: 0.4 }),
    ).resolves.toEqualTypeOf<Output>();
    expectTypeOf(client.predictMany(new Set([row]))).resolves.toEqualTypeOf<Output[]>();
    expectTypeOf(client.predictStream([row])).toEqualTypeOf<AsyncIterableIterator<Output>>();
  });

  test("with an unknown label are refused", () => {
    // @ts-expect-error -- no such label
    void client.predict({ Type: "animl", Sound: "miaow", Size: 0.4 });
    // @ts-expect-error -- a label of another feature
    void client.predict({ Type: "woof", Sound: "animal", Size: 0.4 });
    // @ts-expect-error -- any text is no label
    void client.predict({ ...row, Sound: String(1) });
    // @ts-expect-error -- no such label, in a batch
    void client.predictMany([row, { ...row, Type: "plant" }]);
    // @ts-expect-error -- no such label, in a stream
    void client.predictStream([{ ...row, Type: "plant" }]);
  });

  test("with a missing, misspelt or extra feature are refused", () => {
    // @ts-expect-error -- Size is missing
    void client.predict({ Type: "animal", Sound: "miaow" });
    // @ts-expect-error -- Size is misspelt
    void client.predict({ Type: "animal", Sound: "miaow", size: 0.4 });
    // @ts-expect-error -- there is no Colour
    void client.predict({ Type: "animal", Sound: "miaow", Size: 0.4, Colour: "red" });
    // @ts-expect-error -- a feature that is undefined is missing
    void client.predict({ ...row, Size: undefined });
  });

  test("with text where a number is due, or the reverse, are refused", () => {
    // @ts-expect-error -- a number is due
    void client.predict({ ...row, Size: "0.4" });
    // @ts-expect-error -- text is due
    void client.predict({ ...row, Type: 1 });
  });
});

test("outputs that do not exist are refused", () => {
  // @ts-expect-error -- the output is Weight
  void client.predict(row).then(({ weight }) => weight);
});

test("label sets are lists and unions", () => {
  expectTypeOf(labels.Type).toEqualTypeOf<readonly ["animal", "human", "insect"]>();
  expectTypeOf<Labels["Sound"]>().toEqualTypeOf<"miaow" | "woof" | "moo" | "tweet">();
});

test("the descriptor is read, not written", () => {
  expectTypeOf(deployment.title).toEqualTypeOf<string>();
  // @ts-expect-error -- it is read-only
  client.deployment.title = "mine";
});

test("options are closed", () => {
  expectTypeOf(createClient).returns.toEqualTypeOf<Client>();
  createClient({ token: async () => "secret", retry: false, timeout: 5 });
  // @ts-expect-error -- misspelt
  createClient({ urll: "https://example.com" });
  // @ts-expect-error -- neither a credential nor a function
  createClient({ token: 5 });
  // @ts-expect-error -- json or multipart
  void client.predict(row, { encoding: "form" });
});

test("an error's code narrows to the codes asked for", () => {
  const caught: unknown = new Error();
  if (isDeploymentError(caught, "rate-limited", "timeout")) {
    expectTypeOf(caught.code).toEqualTypeOf<"rate-limited" | "timeout">();
  }
  if (isDeploymentError(caught)) expectTypeOf(caught.code).toEqualTypeOf<DeploymentErrorCode>();
  // @ts-expect-error -- no error has this code
  isDeploymentError(caught, "rate-limit");
});
