import { describe, expect, test } from "vitest";
import { interpret, refusal, sketch } from "./descriptions.js";

const post = { post: {} };

describe("the operation that predicts", () => {
  const flagged = { "x-peltarion-tensorjson": true, ...post };
  const two = { "/a/forward": { post: { operationId: "a" } }, "/b/forward": post, "/status": { get: {} } };
  test.each([
    {
      name: "by its path",
      paths: { "/x/forward": post, "/x/other": post },
      operations: [],
      want: "POST /x/forward",
    },
    {
      name: "by its path with a slash",
      paths: { "/forward/": post },
      operations: [],
      want: "POST /forward/",
    },
    {
      name: "by its flag",
      paths: { "/predict": flagged, "/other": post },
      operations: [],
      want: "POST /predict",
    },
    { name: "by its operationId", paths: two, operations: ["a"], want: "a" },
    { name: "by method and path", paths: two, operations: ["post /b/forward"], want: "POST /b/forward" },
    { name: "by name, whatever its path", paths: { "/x": post }, operations: ["POST /x"], want: "POST /x" },
  ])("is found $name", async ({ paths, operations, want }) => {
    const { model } = await interpret(sketch({ paths }), { operations });
    expect(model.operations.map(({ id }) => id)).toEqual([want]);
  });

  test.each([
    { name: "none", paths: { "/x": post }, operations: [], code: "peltarion/no-forward", says: '"POST /x"' },
    {
      name: "only to be got",
      paths: { "/forward": { get: {} } },
      operations: [],
      code: "peltarion/no-forward",
      says: "none",
    },
    {
      name: "several",
      paths: two,
      operations: [],
      code: "peltarion/several-forwards",
      says: '"a", "POST /b/forward"',
    },
    {
      name: "several named",
      paths: two,
      operations: ["a", "POST /b/forward"],
      code: "peltarion/several-forwards",
      says: "2 operations",
    },
    {
      name: "a name that is none",
      paths: two,
      operations: ["c"],
      code: "peltarion/unknown-operation",
      says: '"c"',
    },
    {
      name: "a name of no POST",
      paths: two,
      operations: ["GET /status"],
      code: "peltarion/unknown-operation",
      says: '"GET /status"',
    },
    {
      name: "a flag that is a word",
      paths: { "/forward": { ...post, "x-peltarion-tensorjson": "yes" } },
      operations: [],
      code: "peltarion/bad-flag",
      says: '"yes"',
    },
  ])("is refused: $name", async ({ paths, operations, code, says }) => {
    const error = await refusal(sketch({ paths }), { operations });
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
    expect(error.hint).toBeTruthy();
  });

  test("says what its live description must keep, where arrays depend on it", async () => {
    const array = { f: { "x-peltarion": { type: "numeric", shape: [2] } } };
    const [bare, flat, npy] = await Promise.all([
      interpret(sketch()),
      interpret(sketch({ inputs: array, paths: { "/a/forward": flagged } })),
      interpret(sketch({ inputs: array, paths: { "/a/forward": post } })),
    ]);
    expect(bare.model.live).toEqual({ url: "openapi.json", rest: [] });
    const pointer = "/paths/~1a~1forward/x-peltarion-tensorjson";
    expect(flat.model.live?.rest).toMatchObject([{ pointer }]);
    expect(npy.model.live?.rest).toEqual([{ pointer, fingerprint: "" }]);
    expect(flat.model.live?.rest[0]?.fingerprint).not.toBe("");
  });
});

describe("the address", () => {
  const concrete = "/deployment/1/forward";
  const open = "/deployment/{id}/forward";
  const at = (...servers: readonly unknown[]): object => ({ servers });
  test.each([
    {
      name: "a server",
      path: concrete,
      more: at({ url: "https://h.example/" }),
      want: `https://h.example${concrete}`,
    },
    {
      name: "a server with a path",
      path: "/forward",
      more: at({ url: "https://h.example/deployment/1" }),
      want: `https://h.example${concrete}`,
    },
    {
      name: "the first of two",
      path: concrete,
      more: at({ url: "http://a.example" }, { url: "http://b.example" }),
      want: `http://a.example${concrete}`,
    },
    {
      name: "variables at their defaults",
      path: concrete,
      more: at({
        url: "https://{r}.example:{p}",
        variables: { r: { default: "eu" }, p: { default: "8443" } },
      }),
      want: `https://eu.example:8443${concrete}`,
    },
    {
      name: "a variable without a default",
      path: concrete,
      more: at({ url: "https://{r}.example" }),
      want: null,
    },
    {
      name: "no name or password",
      path: concrete,
      more: at({ url: "https://me:secret@h.example" }),
      want: `https://h.example${concrete}`,
    },
    { name: "a server for files", path: concrete, more: at({ url: "file:///etc" }), want: null },
    { name: "a relative server, of a file", path: concrete, more: at({ url: "/" }), want: null },
    {
      name: "a relative server, fetched",
      path: concrete,
      more: at({ url: "/v1" }),
      url: "https://h.example/docs/spec.json",
      want: `https://h.example/v1${concrete}`,
    },
    { name: "an open path, of a file", path: open, more: at({ url: "https://h.example" }), want: null },
    {
      name: "an open path, fetched beside it",
      path: open,
      more: {},
      url: "https://h.example/deployment/7/openapi.json",
      want: "https://h.example/deployment/7/forward",
    },
    {
      name: "an open path, fetched elsewhere",
      path: open,
      more: {},
      url: "https://files.example/mine/openapi.json",
      want: null,
    },
    {
      name: "no server, fetched beside it",
      path: concrete,
      more: {},
      url: "https://h.example/deployment/1/openapi.json",
      want: `https://h.example${concrete}`,
    },
    { name: "nonsense", path: concrete, more: at(7, null), want: null },
  ])("comes from $name", async ({ path, more, url, want }) => {
    const { model, diagnostics } = await interpret(
      sketch({ paths: { [path]: post }, more }),
      url === undefined ? {} : { url },
    );
    expect(model.url).toBe(want);
    expect(diagnostics.some(({ code }) => code === "peltarion/no-url")).toBe(want === null);
  });

  test("comes from the operation's own servers before the document's", async () => {
    const own = {
      "/forward": {
        servers: [{ url: "https://item.example" }],
        post: { servers: [{ url: "https://own.example" }] },
      },
    };
    const { model } = await interpret(sketch({ paths: own, more: at({ url: "https://all.example" }) }));
    expect(model.url).toBe("https://own.example/forward");
  });
});

describe("credentials", () => {
  const key = (place: string, name = "X-Key"): object => ({ type: "apiKey", in: place, name });
  const bearer = { type: "http", scheme: "Bearer" };
  const cases = [
    { name: "nothing stated", schemes: {}, security: undefined, want: [{ kind: "bearer" }] },
    { name: "bearer", schemes: { s: bearer }, security: [{ s: [] }], want: [{ kind: "bearer" }] },
    {
      name: "basic",
      schemes: { s: { type: "http", scheme: "basic" } },
      security: undefined,
      want: [{ kind: "basic" }],
    },
    {
      name: "a key in a header",
      schemes: { s: key("header") },
      security: [{ s: [] }],
      want: [{ kind: "api-key", in: "header", name: "X-Key" }],
    },
    {
      name: "a key in the query",
      schemes: { s: key("query", "key") },
      security: [{ s: [] }],
      want: [{ kind: "api-key", in: "query", name: "key" }],
    },
    {
      name: "a key in a cookie",
      schemes: { s: key("cookie") },
      security: [{ s: [] }],
      want: [{ kind: "api-key", in: "cookie", name: "X-Key" }],
    },
    {
      name: "a bearer token in words",
      schemes: { s: { ...key("header", "authorization"), description: "Bearer <token>" } },
      security: undefined,
      want: [{ kind: "bearer" }],
    },
    {
      name: "a raw key",
      schemes: { s: key("header", "Authorization") },
      security: undefined,
      want: [{ kind: "raw" }],
    },
    {
      name: "two to choose from, in their order",
      schemes: { a: bearer, b: { type: "http", scheme: "basic" } },
      security: [{ b: [] }, { a: [] }],
      want: [{ kind: "basic" }, { kind: "bearer" }],
    },
    { name: "none needed", schemes: { s: bearer }, security: [], want: [] },
    {
      name: "only what is unknown",
      schemes: { s: { type: "mutualTLS" } },
      security: [{ s: [] }],
      want: [{ kind: "bearer" }],
    },
    { name: "a name that is none", schemes: {}, security: [{ constructor: [] }], want: [{ kind: "bearer" }] },
  ];
  test.each(cases)("$name", async ({ schemes, security, want }) => {
    const schemas: unknown = JSON.parse(sketch());
    const text = JSON.stringify({ ...Object(schemas), security }).replace(
      '"components":{',
      `"components":{"securitySchemes":${JSON.stringify(schemes)},`,
    );
    expect((await interpret(text)).model.auth).toEqual(want);
  });
});
