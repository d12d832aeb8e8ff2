import { deployment } from "leaf-doctor";
import type { Input, Operations as LeafOperations } from "leaf-doctor";
import { describe, expectTypeOf, test } from "vitest";
import type {
  FileInput,
  Image,
  Open,
  RemoteFile,
  ServiceOperation,
  StreamOperation,
} from "../../src/runtime/src/service/index.js";
import { errorReply, mockHandler, mockTransport } from "../../src/runtime/src/testing/service.js";
import type { AnswerFor, MockedService, MockOptions } from "../../src/runtime/src/testing/service.js";

interface Pet {
  name: string;
  kind?: Open<"cat" | "dog">;
}
interface Fault {
  detail: string;
}
interface Operations {
  predict: ServiceOperation<
    Pet,
    { kind: Open<"cat" | "dog"> },
    Record<422, Fault> & Record<"default", string>
  >;
  health: ServiceOperation<void, null>;
  draw: ServiceOperation<FileInput, { picture: Image; thumb: RemoteFile; raw: Uint8Array }>;
  watch: StreamOperation<{ id: number }, Pet>;
}

declare function take(options: MockOptions<Operations>): void;

describe("answers", () => {
  test("take what methods take, and give what they give", () => {
    take({});
    take({ seed: 1, answers: {} });
    take({ answers: { predict: ({ name }) => ({ kind: name === "Tom" ? "cat" : "dog" }) } });
    take({ answers: { predict: async () => await Promise.resolve({ kind: "bird" }), health: () => null } });
    expectTypeOf<Parameters<AnswerFor<Operations["predict"]>>>().toEqualTypeOf<[input: Pet]>();
    // @ts-expect-error -- another type
    take({ answers: { predict: () => ({ kind: 7 }) } });
    // @ts-expect-error -- a missing member
    take({ answers: { predict: () => ({}) } });
    // @ts-expect-error -- no such operation
    take({ answers: { predictt: () => ({ kind: "cat" }) } });
    // @ts-expect-error -- what the method does not take
    take({ answers: { predict: ({ age }: { age: number }) => ({ kind: String(age) }) } });
  });

  test("of the main operation may stand alone", () => {
    take({ answers: ({ name }) => ({ kind: name }) });
    // @ts-expect-error -- another type
    take({ answers: () => "cat" });
  });

  test("come one by one where the operation does", () => {
    take({ answers: { watch: ({ id }) => [{ name: `pet ${id}` }] } });
    take({
      answers: {
        async *watch({ id }) {
          yield { name: `pet ${id}` };
        },
      },
    });
    // @ts-expect-error -- one in place of many
    take({ answers: { watch: () => ({ name: "pet" }) } });
    // @ts-expect-error -- another type
    take({ answers: { watch: () => [{ name: 7 }] } });
  });

  test("give files of any kind", () => {
    const bytes = new Uint8Array();
    take({ answers: { draw: () => ({ picture: bytes, thumb: "https://x.test/1", raw: bytes }) } });
    take({ answers: { draw: () => ({ picture: new Blob(), thumb: bytes, raw: new Blob() }) } });
    // @ts-expect-error -- no file
    take({ answers: { draw: () => ({ picture: 7, thumb: bytes, raw: bytes }) } });
  });

  test("may be documented failures", () => {
    take({ answers: { predict: () => errorReply(422, { detail: "no" }) } });
    take({ answers: { predict: () => errorReply(503, "later") } });
    take({ answers: { health: () => errorReply(500, { any: "thing" }) } });
    // @ts-expect-error -- another body
    take({ answers: { predict: () => errorReply(422, { message: 7 }) } });
  });
});

test("every generated descriptor is one that a mock takes", () => {
  expectTypeOf(deployment).toExtend<MockedService>();
  void mockHandler(deployment);
  void mockTransport(deployment, { seed: 1, token: "t", failures: [{ status: 503, times: 1 }] });
  void mockTransport<LeafOperations>(deployment, {
    answers: {
      predict: (row) => {
        expectTypeOf(row).toEqualTypeOf<Input>();
        return errorReply(422, { detail: [{ loc: ["body"], msg: "no", type: "t" }] });
      },
    },
  });
  // @ts-expect-error -- another type
  void mockTransport<LeafOperations>(deployment, { answers: () => ({ disease: 7 }) });
});
