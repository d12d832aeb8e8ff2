import { describe, expectTypeOf, test } from "vitest";
import { createServiceClient, isErrorReply } from "../../src/runtime/src/service/index.js";
import type {
  ErrorReply,
  ErrorsOf,
  FileInput,
  Open,
  ServiceClient,
  ServiceDeployment,
  ServiceOperation,
  StreamOperation,
} from "../../src/runtime/src/service/index.js";

interface Pet {
  name: string;
  kind?: "cat" | "dog";
}
interface Fault {
  detail: string;
}
interface Operations {
  health: ServiceOperation<void, null>;
  list: ServiceOperation<{ limit?: number }, Pet[]>;
  add: ServiceOperation<Pet, { kind: Open<"cat" | "dog"> }, Record<422, Fault> & Record<"default", string>>;
  send: ServiceOperation<FileInput, string>;
  maybe: ServiceOperation<Pet | undefined, string>;
  watch: StreamOperation<{ id: number }, Pet>;
}
interface Shapes {
  Pet: Pet;
}

declare const client: ServiceClient<Operations, Shapes>;

describe("a method", () => {
  test("that takes nothing", () => {
    expectTypeOf(client.health()).resolves.toEqualTypeOf<null>();
    expectTypeOf(client.health(undefined, { timeout: 1 })).resolves.toEqualTypeOf<null>();
    // @ts-expect-error -- there is nothing to give
    void client.health({});
  });

  test("whose argument may be left out", () => {
    expectTypeOf(client.list()).resolves.toEqualTypeOf<Pet[]>();
    expectTypeOf(client.list({ limit: 1 }, { timeout: 1 })).resolves.toEqualTypeOf<Pet[]>();
    expectTypeOf(client.maybe()).resolves.toEqualTypeOf<string>();
    // @ts-expect-error -- another type
    void client.list({ limit: "1" });
    // @ts-expect-error -- another name
    void client.list({ limits: 1 });
  });

  test("whose argument is required", () => {
    void client.add({ name: "x", kind: "cat" });
    void client.send(new Uint8Array());
    // @ts-expect-error -- no argument
    void client.add();
    // @ts-expect-error -- a missing member
    void client.add({ kind: "cat" });
    // @ts-expect-error -- a label of no set: requests are closed
    void client.add({ name: "x", kind: "cow" });
    // @ts-expect-error -- no file
    void client.send("x");
  });

  test("whose reply has labels, which are open", async () => {
    const { kind } = await client.add({ name: "x" });
    expectTypeOf<"cow">().toExtend<typeof kind>();
    expectTypeOf(kind).toExtend<string>();
  });

  test("that answers one by one", async () => {
    expectTypeOf(client.watch({ id: 1 })).toEqualTypeOf<AsyncIterableIterator<Pet>>();
    for await (const pet of client.watch({ id: 1 })) expectTypeOf(pet).toEqualTypeOf<Pet>();
    // @ts-expect-error -- no argument
    void client.watch();
  });

  test("that the description does not know", () => {
    // @ts-expect-error -- no such method
    void client.remove();
  });
});

test("documented errors are typed by status", () => {
  expectTypeOf<ErrorsOf<Operations["add"]>[422]>().toEqualTypeOf<Fault>();
  const error: unknown = undefined;
  if (isErrorReply<Fault>(error, "add", 422)) {
    expectTypeOf(error).toExtend<ErrorReply<Fault>>();
    expectTypeOf(error.reply.detail).toEqualTypeOf<string>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
  }
});

describe("a descriptor", () => {
  type One = { add: Operations["add"]; find: ServiceOperation<{ id: number; q?: string }, Pet> };
  const part = { method: "POST", path: "/x", stream: false, body: null, replies: [] } as const;
  const id = {
    shape: { type: "integer" },
    place: { in: "path", name: "id", style: "simple", explode: false },
  } as const;
  const whole = {
    title: "t",
    url: null,
    auth: [],
    shapes: {
      Pet: {
        type: "object",
        members: {
          name: { shape: { type: "text" } },
          kind: { shape: { type: "enum", values: ["cat", "dog"] }, optional: true },
        },
      },
    },
  } as const;

  test("fits the types of its operations", () => {
    const right: ServiceDeployment<One, Shapes> = {
      ...whole,
      operations: { add: { ...part, parameters: {} }, find: { ...part, parameters: { id } } },
    };
    expectTypeOf(createServiceClient<One, Shapes>(right)).toEqualTypeOf<ServiceClient<One, Shapes>>();
  });

  test("with a parameter of another name does not compile", () => {
    void ({
      ...whole,
      // @ts-expect-error -- the input has no such member
      operations: { add: { ...part, parameters: {} }, find: { ...part, parameters: { ids: id } } },
    } satisfies ServiceDeployment<One, Shapes>);
  });

  test("with a parameter of another kind does not compile", () => {
    const text = { ...id, shape: { type: "text" } } as const;
    void ({
      ...whole,
      // @ts-expect-error -- the member is a number
      operations: { add: { ...part, parameters: {} }, find: { ...part, parameters: { id: text } } },
    } satisfies ServiceDeployment<One, Shapes>);
  });

  test("that lacks an operation or a shape does not compile", () => {
    // @ts-expect-error -- `find` is missing
    void ({ ...whole, operations: { add: { ...part, parameters: {} } } } satisfies ServiceDeployment<
      One,
      Shapes
    >);
    const none = { add: { ...part, parameters: {} }, find: { ...part, parameters: { id } } } as const;
    // @ts-expect-error -- the shape `Pet` is missing
    void ({ ...whole, shapes: {}, operations: none } satisfies ServiceDeployment<One, Shapes>);
  });
});
