import { describe, expect, test } from "vitest";
import type { AnyOperationDescriptor } from "../../src/runtime/src/service/service-operation.js";
import { createRouter } from "../../src/runtime/src/testing/service-routes.js";

function operation(method: string, path: string): AnyOperationDescriptor {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const place = (name: string) => ({ in: "path", name, style: "simple", explode: false }) as const;
  const parameters = names.map((name) => [name, { shape: { type: "text" }, place: place(name) }] as const);
  return { method, path, stream: false, parameters: Object.fromEntries(parameters), body: null, replies: [] };
}

const operations = {
  root: operation("GET", "/"),
  health: operation("GET", "/health"),
  item: operation("GET", "/items/{id}"),
  newest: operation("GET", "/items/newest"),
  put: operation("PUT", "/items/{id}"),
  file: operation("GET", "/items/{id}/files/{name}.{ending}"),
  verb: operation("POST", "/models/{model}:predict"),
  query: operation("GET", "/score?mode=fast"),
  slow: operation("GET", "/score"),
  odd: operation("GET", "/a b/ü"),
};

/** Name and path, or the methods that there are. */
function found(request: string, address: string | null = "https://service.test/v2"): unknown {
  const [method = "", path = ""] = request.split(" ");
  const { route, ...none } = createRouter(operations, address)(method, new URL(path, "http://127.0.0.1"));
  return route === undefined ? none : [route.name, Object.fromEntries(route.path)];
}

describe("a request's address leads to its operation", () => {
  test.each([
    { given: "GET /v2/health", want: ["health", {}] },
    { given: "GET /health", want: ["health", {}] },
    { given: "GET /any/other/base/health", want: ["health", {}] },
    { given: "GET /v2/items/7", want: ["item", { id: "7" }] },
    { given: "GET /v2/items/newest", want: ["newest", {}] },
    { given: "PUT /v2/items/newest", want: ["put", { id: "newest" }] },
    { given: "GET /v2/items/a%2Fb", want: ["item", { id: "a%2Fb" }] },
    { given: "GET /v2/items/health", want: ["item", { id: "health" }] },
    {
      given: "GET /items/7/files/leaf.old.png",
      want: ["file", { id: "7", name: "leaf", ending: "old.png" }],
    },
    { given: "POST /v2/models/m:1:predict", want: ["verb", { model: "m:1" }] },
    { given: "POST /v2/models/m:predict", want: ["verb", { model: "m" }] },
    { given: "GET /v2/score?mode=fast&x=1", want: ["query", {}] },
    { given: "GET /v2/score?mode=slow", want: ["slow", {}] },
    { given: "GET /v2/a%20b/%C3%BC", want: ["odd", {}] },
    { given: "GET /v2/", want: ["root", {}] },
    { given: "DELETE /v2/items/7", want: { allow: ["GET", "PUT"] } },
    { given: "POST /v2/health", want: { allow: ["GET"] } },
    { given: "GET /v2/items/", want: { allow: [] } },
    { given: "GET /v2/nothing", want: { allow: [] } },
    { given: "GET /v2/healthy", want: { allow: [] } },
  ])("$given", ({ given, want }) => {
    expect(found(given)).toEqual(want);
  });

  test("where the address itself is called, and where a path goes on where it ends", () => {
    const router = createRouter(
      { run: operation("POST", ""), act: operation("POST", ":act") },
      "https://x.test/m/1",
    );
    const name = (path: string): string | undefined => router("POST", new URL(path, "http://h")).route?.name;
    expect(["/m/1", "/m/1:act", "/", "/m/2"].map(name)).toEqual(["run", "act", "run", undefined]);
  });
});
