import { describe, expect, test } from "vitest";
import { content, interpret, predict, refusal, service } from "./plain-descriptions.js";

const body = { requestBody: content({ type: "object" }) };
const ids = async (paths: object, operations: readonly string[] = []): Promise<readonly string[]> => {
  const { model } = await interpret(service(paths), { operations });
  return model.operations.map(({ id }) => id);
};

describe("the main operation", () => {
  test.each([
    {
      name: "the one that predicts",
      given: { "/train": { post: body }, "/predict": { post: body } },
      want: "POST /predict",
    },
    {
      name: "the first of those",
      given: { "/embed": { post: body }, "/classify": { post: body } },
      want: "POST /embed",
    },
    {
      name: "by its id",
      given: { "/a": { post: body }, "/b": { post: { ...body, operationId: "getScore" } } },
      want: "getScore",
    },
    {
      name: "one with a body rather than one without",
      given: { "/predict": { get: {} }, "/x": { post: body } },
      want: "POST /x",
    },
    {
      name: "one that is asked rather than any",
      given: { "/list": { get: {} }, "/predict/{id}": { get: {} } },
      want: "GET /predict/{id}",
    },
    {
      name: "never the health of a service",
      given: { "/health": { post: body }, "/things": { get: {} } },
      want: "GET /things",
    },
    {
      name: "never its metadata",
      given: { "/predict/metadata": { post: body }, "/x": { post: body } },
      want: "POST /x",
    },
    {
      name: "the first where nothing speaks for another",
      given: { "/a": { get: {} }, "/b": { get: {} } },
      want: "GET /a",
    },
  ])("$name", async ({ given, want }) => {
    expect((await ids(given))[0]).toBe(want);
  });

  test("comes first, the others as they were, health and metrics among them", async () => {
    const paths = {
      "/health": { get: {} },
      "/a": { put: body, delete: {} },
      "/predict": { post: body },
      "/metrics": { get: {} },
    };
    expect(await ids(paths)).toEqual(["POST /predict", "GET /health", "PUT /a", "DELETE /a", "GET /metrics"]);
  });
});

describe("which operations there are", () => {
  const paths = { "/a": { get: { operationId: "listAll" }, patch: body }, "/b": { post: body } };
  test.each([
    { name: "by id", given: ["listAll"], want: ["listAll"] },
    { name: "by method and path", given: ["patch /a", "POST /b"], want: ["PATCH /a", "POST /b"] },
  ])("are those that the user names: $name", async ({ given, want }) => {
    expect((await ids(paths, given)).toSorted()).toEqual(want.toSorted());
  });

  test("and a name that is none is refused with those that are", async () => {
    const { code, message } = await refusal(service(paths), { operations: ["predict"] });
    expect(code).toBe("openapi/unknown-operation");
    expect(message).toContain('"listAll", "PATCH /a", "POST /b"');
  });

  test("leaves out what answers without a value, and says so", async () => {
    const { model, diagnostics } = await interpret(
      service({ "/a": { get: {}, head: {}, options: {}, trace: {} } }),
    );
    expect(model.operations.map(({ id }) => id)).toEqual(["GET /a"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => "openapi/no-method"));
  });

  test("leaves out what stands on another server, and says so", async () => {
    const elsewhere = { servers: [{ url: "https://files.example.com" }] };
    const { model, diagnostics } = await interpret(
      service(
        { "/predict": { post: body }, "/upload": { post: { ...body, ...elsewhere } } },
        { servers: [{ url: "https://a.example.com/api/" }] },
      ),
    );
    expect(model.url).toBe("https://a.example.com/api");
    expect(model.operations.map(({ id }) => id)).toEqual(["POST /predict"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["openapi/other-server"]);
  });

  test("is none: refused", async () => {
    expect((await refusal(service({}))).code).toBe("openapi/no-operation");
    expect((await refusal(service({ "/a": { head: {} } }))).code).toBe("openapi/no-operation");
  });

  test.each([
    "/v2/models/{model_name}/infer",
    "/v2/models/${MODEL_NAME}/versions/${MODEL_VERSION}/infer",
    "/v2/models/iris/infer",
  ])("is the same for every model: refused: %s", async (path) => {
    const { code, hint } = await refusal(service({ [path]: { post: body }, "/x": { post: body } }));
    expect(code).toBe("openapi/no-model");
    expect(hint).toMatch(/GET \/v2\/models\/NAME, is not understood yet: give an OpenAPI document/);
  });
});

describe("what an operation says of itself", () => {
  const description = "Scores a row.";
  test.each([
    { name: "its description", given: { description }, want: description },
    {
      name: "a summary before it",
      given: { summary: "Ask the model", description },
      want: `Ask the model\n\n${description}`,
    },
    {
      name: "no summary that spells its name",
      given: { operationId: "predict_row_predict_row_post", summary: "Predict Row", description },
      want: description,
    },
    {
      name: "no summary that it begins with",
      given: { summary: "Scores a row", description },
      want: description,
    },
    { name: "nothing", given: { summary: "Predict" }, want: "" },
  ])("$name", async ({ given, want }) => {
    const { model } = await interpret(predict({ ...body, ...given }));
    expect(model.operations[0]?.doc).toBe(want);
  });
});

describe("the address", () => {
  const at = (url: string): object => ({ servers: [{ url }] });
  test.each([
    { name: "a server's", more: at("https://a.example.com/api"), want: "https://a.example.com/api" },
    { name: "without a user", more: at("https://me:pw@a.example.com"), want: "https://a.example.com" },
    {
      name: "relative to the description's own",
      more: at("/api"),
      url: "https://a.example.com/docs/openapi.json",
      want: "https://a.example.com/api",
    },
    {
      name: "the host of a description that states none",
      more: {},
      url: "https://a.example.com/openapi.json",
      want: "https://a.example.com",
    },
    {
      name: "no file host",
      more: {},
      url: "https://raw.example.com/owner/repository/main/openapi.json",
      want: null,
    },
    { name: "none of a file", more: {}, want: null },
    { name: "none where it is relative to a file", more: at("/api"), want: null },
    { name: "none with an open variable", more: at("https://{host}/api"), want: null },
    { name: "none that is not http", more: at("file:///etc"), want: null },
  ])("$name", async ({ more, url, want }) => {
    const { model } = await interpret(predict(body, more), url === undefined ? {} : { url });
    expect(model.url).toBe(want);
  });
});

describe("the credentials", () => {
  const schemes = {
    bearer: { type: "http", scheme: "bearer" },
    key: { type: "apiKey", in: "header", name: "X-Key" },
  };
  test("are those of all operations, the main one's first", async () => {
    const { model } = await interpret(
      service(
        {
          "/a": { get: { security: [{ bearer: [] }] } },
          "/predict": { post: { ...body, security: [{ key: [] }] } },
        },
        { components: { securitySchemes: schemes } },
      ),
    );
    expect(model.auth).toEqual([{ kind: "api-key", in: "header", name: "X-Key" }, { kind: "bearer" }]);
  });

  test("are none where none are stated", async () => {
    expect((await interpret(predict(body))).model.auth).toEqual([]);
  });
});

test("labels that nobody asked for are not used, and that is said", async () => {
  const { diagnostics } = await interpret(predict(body), { labels: { kind: ["a"] } });
  expect(diagnostics.map(({ code }) => code)).toEqual(["openapi/labels-unused"]);
});
