import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appendPointer, formatPointer, parsePointer, valueAt } from "../../src/spec/pointer.js";

describe("pointers (RFC 6901 §5)", () => {
  const root = { foo: ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7 };
  const table: readonly { given: string; want: unknown }[] = [
    { given: "", want: root },
    { given: "/foo", want: ["bar", "baz"] },
    { given: "/foo/0", want: "bar" },
    { given: "/", want: 0 },
    { given: "/a~1b", want: 1 },
    { given: "/c%d", want: 2 },
    { given: "/ ", want: 7 },
    { given: "/m~0n", want: 8 },
    { given: "/foo/00", want: undefined },
    { given: "/foo/-", want: undefined },
    { given: "/foo/length", want: undefined },
    { given: "/constructor", want: undefined },
    { given: "/__proto__", want: undefined },
    { given: "foo", want: undefined },
    { given: "/m~2n", want: undefined },
    { given: "/m~", want: undefined },
  ];
  for (const { given, want } of table) {
    test(JSON.stringify(given), () => expect(valueAt(root, given)).toEqual(want));
  }

  test("what is formatted is parsed back", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        expect(parsePointer(formatPointer(keys))).toEqual(keys);
      }),
    );
  });

  test("appending is formatting one key more", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (keys, key) => {
        expect(appendPointer(formatPointer(keys), key)).toBe(formatPointer([...keys, key]));
      }),
    );
  });
});
