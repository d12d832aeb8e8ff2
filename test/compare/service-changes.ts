import type { SystemChange } from "./system-change.js";

const text = { type: "string" } as const;
const json = (schema: object): object => ({
  description: "",
  content: { "application/json": { schema } },
});

interface Call {
  readonly body?: object;
  readonly bodyType?: string;
  readonly parameters?: readonly object[];
  readonly responses?: object;
  readonly id?: string;
}

/** An operation that takes a body, unless it has none, and gives text. */
function call({ id = "ask", body, bodyType = "application/json", parameters = [], responses }: Call): object {
  const requestBody = { required: true, content: { [bodyType]: { schema: body } } };
  return {
    operationId: id,
    parameters,
    ...(body === undefined ? {} : { requestBody }),
    responses: { "200": json(text), ...responses },
  };
}

/** The text of a service's description. */
function api(paths: object, more: object = {}): string {
  return JSON.stringify({ openapi: "3.1.0", info: { title: "Pair", version: "1" }, paths, ...more });
}

const ask = (given: Call, path: string = "/ask"): string => api({ [path]: { post: call(given) } });
const query = (name: string, required: boolean, schema: object = text): object => ({
  ...{ in: "query", name, required, schema },
});
const question = { type: "object", required: ["q"], properties: { q: text } } as const;
const scheme = (schemes: object): object => ({
  components: { securitySchemes: schemes },
  security: Object.keys(schemes).map((name) => ({ [name]: [] })),
});
const paths = { "/ask": { post: call({ body: question }) } };
const bearer = { token: { type: "http", scheme: "bearer" } };
const key = (name: string): object => ({ key: { type: "apiKey", in: "header", name } });
const asks = 'use<string>(await client.ask({ q: "" }));';

/** Changes of plain services beside the shapes of their values. */
export const serviceChanges: readonly SystemChange[] = [
  {
    name: "service: an operation is added",
    before: api(paths),
    after: api({ ...paths, "/tell": { post: call({ id: "tell", body: question }) } }),
    want: "minor",
    says: 'operation "tell" added',
    code: asks,
  },
  {
    name: "service: an operation is removed",
    before: api({ ...paths, "/tell": { post: call({ id: "tell", body: question }) } }),
    after: api(paths),
    want: "major",
    says: 'operation "tell" removed',
    code: 'await client.tell({ q: "" });',
  },
  {
    name: "service: an operation gets another name",
    before: ask({ body: question }),
    after: ask({ body: question, id: "inquire" }),
    want: "major",
    says: 'operation "ask" is called "inquire"',
    code: asks,
  },
  {
    name: "service: an operation moves",
    before: ask({ body: question }),
    after: ask({ body: question }, "/v2/ask"),
    want: "minor",
    says: "is called otherwise on the wire",
    code: asks,
  },
  {
    name: "service: a body goes as a form",
    before: ask({ body: question }),
    after: ask({ body: question, bodyType: "application/x-www-form-urlencoded" }),
    want: "minor",
    says: "is called otherwise on the wire",
    code: asks,
  },
  {
    name: "service: a parameter moves to the headers",
    before: ask({ body: question, parameters: [query("lang", true)] }),
    after: ask({ body: question, parameters: [{ ...query("lang", true), in: "header" }] }),
    want: "minor",
    says: "is called otherwise on the wire",
    code: 'await client.ask({ q: "", lang: "en" });',
  },
  {
    name: "service: an optional parameter is added",
    before: ask({ body: question }),
    after: ask({ body: question, parameters: [query("lang", false)] }),
    want: "minor",
    says: 'optional feature "lang" added',
    code: asks,
  },
  {
    name: "service: a required parameter is added",
    before: ask({ body: question }),
    after: ask({ body: question, parameters: [query("lang", true)] }),
    want: "major",
    says: 'feature "lang" added',
    code: asks,
  },
  {
    name: "service: a parameter is removed",
    before: ask({ body: question, parameters: [query("lang", false)] }),
    after: ask({ body: question }),
    want: "major",
    says: 'feature "lang" removed',
    code: 'await client.ask({ q: "", lang: "en" });',
  },
  {
    name: "service: a body that is a list gets a parameter beside it",
    before: ask({ body: { type: "array", items: text } }),
    after: ask({ body: { type: "array", items: text }, parameters: [query("lang", false)] }),
    want: "major",
    says: 'the body of operation "ask" is given in another place',
    code: 'await client.ask(["a"]);',
  },
  {
    name: "service: a body may be left out",
    before: ask({ body: question }),
    after: ask({ body: question }).replace('"required":true,"content"', '"required":false,"content"'),
    want: "minor",
    says: "is optional, no longer required",
    code: asks,
  },
  {
    name: "service: a documented failure is no longer stated",
    before: ask({ body: question, responses: { "422": json({ ...question }) } }),
    after: ask({ body: question }),
    want: "major",
    says: 'the reply to status "422" is no longer stated',
    code: [
      "const error: unknown = undefined;",
      'if (pack.isErrorReply(error, "ask", 422)) use<string>(error.reply.q);',
    ].join("\n"),
  },
  {
    name: "service: a failure is stated",
    before: ask({ body: question }),
    after: ask({ body: question, responses: { "422": json(text) } }),
    want: "minor",
    says: 'the reply to status "422" is stated',
    code: asks,
  },
  {
    name: "service: a reply comes as events",
    before: ask({ body: question }),
    after: ask({
      body: question,
      responses: { "200": { description: "", content: { "text/event-stream": { schema: text } } } },
    }),
    want: "major",
    says: "comes one by one",
    code: asks,
  },
  {
    name: "service: a token is needed",
    before: api(paths),
    after: api(paths, scheme(bearer)),
    want: "major",
    says: "a token is needed",
    code: asks,
    seen: "run time",
  },
  {
    name: "service: no token is needed any more",
    before: api(paths, scheme(bearer)),
    after: api(paths),
    want: "minor",
    says: "no token is needed",
    code: asks,
  },
  {
    name: "service: a key replaces the token",
    before: api(paths, scheme(bearer)),
    after: api(paths, scheme(key("X-Key"))),
    want: "major",
    says: "credentials are of the kind api-key, no longer bearer",
    code: asks,
    seen: "run time",
  },
  {
    name: "service: the key goes by another name",
    before: api(paths, scheme(key("X-Key"))),
    after: api(paths, scheme(key("Api-Key"))),
    want: "minor",
    says: "credentials go out otherwise",
    code: asks,
  },
  {
    name: "service: what no caller sees",
    before: api({ ...paths, "/tell": { post: call({ id: "tell", body: question }) } }),
    after: api({ ...paths, "/tell": { post: call({ id: "tell", body: question }) } }, { tags: [] }),
    want: "none",
    says: "",
    code: asks,
  },
  {
    name: "service: hostile names",
    before: ask({ body: { type: "object", properties: { __proto__x: text, "a|b`\n<": text } } }),
    after: ask({ body: { type: "object", properties: { __proto__x: text } } }),
    want: "major",
    says: String.raw`member "a|b${"`"}\n<" removed`,
    code: 'await client.ask({ "a|b`\\n<": "" });',
  },
];
