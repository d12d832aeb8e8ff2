import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAuthorizer } from "../../src/runtime/src/http/auth.js";
import type { Credential } from "../../src/runtime/src/http/auth.js";
import type { AuthScheme } from "../../src/runtime/src/deployment.js";

const bearer: AuthScheme = { kind: "bearer" };
const basic: AuthScheme = { kind: "basic" };
const apiKey = (where: "header" | "query" | "cookie", name: string): AuthScheme => ({
  kind: "api-key",
  in: where,
  name,
});

describe("each scheme", () => {
  const cases: { name: string; given: [Credential, AuthScheme[]]; want: object }[] = [
    { name: "bearer", given: ["tok-en", [bearer]], want: { headers: { authorization: "Bearer tok-en" } } },
    {
      name: "bearer where none is described",
      given: ["tok-en", []],
      want: { headers: { authorization: "Bearer tok-en" } },
    },
    { name: "raw", given: ["tok-en", [{ kind: "raw" }]], want: { headers: { authorization: "tok-en" } } },
    // RFC 7617 §2
    {
      name: "basic",
      given: [{ username: "Aladdin", password: "open sesame" }, [basic]],
      want: { headers: { authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" } },
    },
    // RFC 7617 §2.1
    {
      name: "basic in UTF-8",
      given: [{ username: "test", password: "123£" }, [basic]],
      want: { headers: { authorization: "Basic dGVzdDoxMjPCow==" } },
    },
    {
      name: "basic with a bare token",
      given: ["tok-en", [basic]],
      want: { headers: { authorization: "Basic dG9rLWVuOg==" } },
    },
    {
      name: "a user and password where basic is second",
      given: [{ username: "u", password: "p" }, [bearer, basic]],
      want: { headers: { authorization: "Basic dTpw" } },
    },
    {
      name: "a header",
      given: ["tok-en", [apiKey("header", "X-Api-Key")]],
      want: { headers: { "x-api-key": "tok-en" } },
    },
    {
      name: "the query",
      given: ["a b&c=d", [apiKey("query", "kéy")]],
      want: { headers: {}, query: "k%C3%A9y=a%20b%26c%3Dd" },
    },
    {
      name: "a cookie",
      given: ["tok-en", [apiKey("cookie", "session")]],
      want: { headers: {}, cookie: "session=tok-en" },
    },
  ];
  test.each(cases)("$name", async ({ given: [source, schemes], want }) => {
    expect(await createAuthorizer(source, schemes).authorize()).toMatchObject(want);
    const fromFunction = createAuthorizer(async () => source, schemes);
    expect(fromFunction.renewable).toBe(true);
    expect(await fromFunction.authorize()).toMatchObject(want);
  });
});

test("the caller's scheme overrules the description's", () => {
  const authorizer = createAuthorizer("tok-en", [bearer], apiKey("header", "key"));
  expect(authorizer.authorize()).toMatchObject({ headers: { key: "tok-en" } });
});

test("no token, no credentials", () => {
  expect(createAuthorizer(undefined, [bearer]).authorize()).toEqual({
    headers: {},
    query: "",
    cookie: "",
    secrets: [],
  });
});

test("a function is asked each time", async () => {
  let count = 0;
  const authorizer = createAuthorizer(() => `token-${++count}`, [bearer]);
  await authorizer.authorize();
  expect(await authorizer.authorize()).toMatchObject({ headers: { authorization: "Bearer token-2" } });
});

describe("refused at once, without being shown", () => {
  const secret = "s3cr3t-v4lue";
  const cases: { name: string; given: unknown; schemes?: AuthScheme[]; says: RegExp }[] = [
    { name: "a line break", given: `${secret}\n`, says: /line break/ },
    { name: "a header in the header", given: `${secret}\r\nx: y`, says: /line break/ },
    { name: "a control character", given: `${secret}\u0000`, says: /control character/ },
    { name: "an empty token", given: "", says: /empty/ },
    { name: "a space around it", given: `${secret} `, says: /space/ },
    { name: "letters beyond ASCII in a header", given: `${secret}é`, says: /ASCII/ },
    {
      name: "half a surrogate pair",
      given: `${secret}\ud800`,
      schemes: [apiKey("query", "k")],
      says: /surrogate/,
    },
    { name: "a colon in a user name", given: `${secret}:x`, schemes: [basic], says: /colon/ },
    {
      name: "a semicolon in a cookie",
      given: `${secret};x`,
      schemes: [apiKey("cookie", "k")],
      says: /cookie/,
    },
    {
      name: "a password for a bearer",
      given: { username: "u", password: secret },
      schemes: [bearer],
      says: /not a username/,
    },
    { name: "a number", given: 12, says: /text/ },
    { name: "an object", given: { token: secret }, says: /text/ },
    { name: "null", given: null, says: /text/ },
  ];
  test.each(cases)("$name", async ({ given, schemes = [bearer], says }) => {
    const values: Credential[] = [];
    Reflect.set(values, 0, given);
    const [credential = ""] = values;
    const wanted = expect.objectContaining({ code: "bad-options", message: expect.stringMatching(says) });
    const unseen = expect.objectContaining({ message: expect.not.stringContaining("s3cr3t") });
    expect(() => createAuthorizer(credential, schemes)).toThrow(wanted);
    expect(() => createAuthorizer(credential, schemes)).toThrow(unseen);
    await expect(createAuthorizer(() => credential, schemes).authorize()).rejects.toThrow(wanted);
  });

  const schemes: { name: string; given: AuthScheme }[] = [
    { name: "an unknown scheme", given: JSON.parse('{"kind":"digest"}') },
    { name: "a header's name that is none", given: apiKey("header", "x y") },
    { name: "a place that is none", given: JSON.parse('{"kind":"api-key","in":"body","name":"x"}') },
    { name: "no name", given: apiKey("query", "") },
  ];
  test.each(schemes)("$name", ({ given }) => {
    expect(() => createAuthorizer("tok-en", [], given)).toThrow(
      expect.objectContaining({ code: "bad-options" }),
    );
  });
});

test("a function that fails is the cause", async () => {
  const cause = new Error("no session");
  const failing = createAuthorizer(() => Promise.reject(cause), [bearer]);
  await expect(failing.authorize()).rejects.toMatchObject({ code: "unauthorized", cause });
});

test("no credential breaks out of its place", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.constantFrom("header", "query", "cookie"),
      (token, where) => {
        let authorization;
        try {
          authorization = createAuthorizer(token, [apiKey(where, "key")]).authorize();
        } catch (error) {
          expect(error).toMatchObject({ code: "bad-options" });
          return;
        }
        if (authorization instanceof Promise) throw new Error("A value needs no promise");
        const { headers, query, cookie } = authorization;
        if (where === "query") expect(new URLSearchParams(query).get("key")).toBe(token);
        else expect(where === "header" ? headers["key"] : cookie).toMatch(/^[\x20-\x7e]+$/);
      },
    ),
  );
});
