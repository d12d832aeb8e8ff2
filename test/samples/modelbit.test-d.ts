import { createClient as createAdder } from "example-adder";
import type { Input, Output } from "example-adder";
import { createClient as createDictDoubler } from "example-dict-doubler";
import type { Half, Output as Double } from "example-dict-doubler";
import { createClient as createDoubler } from "example-doubler";
import type { deployment } from "example-doubler";
import { describe, expectTypeOf, test } from "vitest";

const adder = createAdder();
const doubler = createDoubler();
const dictDoubler = createDictDoubler();

describe("example_doubler", () => {
  test("takes a number, bare or by name", () => {
    expectTypeOf(doubler.predict(10)).resolves.toEqualTypeOf<number>();
    expectTypeOf(doubler.predict({ half: 10 })).resolves.toEqualTypeOf<number>();
    expectTypeOf(doubler.predictMany([1, { half: 2 }])).resolves.toEqualTypeOf<number[]>();
    void ({ half: { shape: { type: "number" } } } satisfies typeof deployment.inputs);
    // @ts-expect-error -- the descriptor is held to the type of the argument
    void ({ half: { shape: { type: "text" } } } satisfies typeof deployment.inputs);
    // @ts-expect-error -- text is no number
    void doubler.predict("10");
    // @ts-expect-error -- no such argument
    void doubler.predict({ value: 10 });
    // @ts-expect-error -- the argument is missing
    void doubler.predict();
  });
});

describe("example_dict_doubler", () => {
  test("takes a dictionary, bare or by name", () => {
    expectTypeOf<Half>().toEqualTypeOf<{ value: number }>();
    expectTypeOf(dictDoubler.predict({ value: 10 })).resolves.toEqualTypeOf<Double>();
    expectTypeOf<Double>().toEqualTypeOf<{ value: number }>();
    void dictDoubler.predict({ Half: { value: 10 } });
    // @ts-expect-error -- text is no number
    void dictDoubler.predict({ value: "10" });
    // @ts-expect-error -- no such member
    void dictDoubler.predict({ valu: 10 });
    // @ts-expect-error -- a dictionary is no number
    void dictDoubler.predict(10);
  });
});

describe("example_adder", () => {
  test("takes its arguments by name", () => {
    expectTypeOf<Input>().toEqualTypeOf<{ a: number; b: number; c: number }>();
    expectTypeOf<Output>().toEqualTypeOf<number>();
    expectTypeOf(adder.predict({ a: 3, b: 4, c: 5 })).resolves.toEqualTypeOf<number>();
    void adder.predict({ a: 3, b: 4, c: 5 }, { branch: "dev", version: 3, timeoutSeconds: 60 });
    // @ts-expect-error -- several arguments are known by name
    void adder.predict([3, 4, 5]);
    // @ts-expect-error -- one argument alone is not enough
    void adder.predict(3);
    // @ts-expect-error -- an argument is missing
    void adder.predict({ a: 3, b: 4 });
    // @ts-expect-error -- no such argument
    void adder.predict({ a: 3, b: 4, c: 5, d: 6 });
    // @ts-expect-error -- no other format
    void adder.predict({ a: 3, b: 4, c: 5 }, { responseFormat: "csv" });
  });
});
