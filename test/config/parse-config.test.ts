import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";

const file = "gen-deploy.config.ts";

describe("a good config", () => {
  test("gives its deployments, with what they share", () => {
    const [animal, remote, ...rest] = parseConfig({
      file,
      value: {
        defaults: {
          out: "packages",
          runtime: "inline",
          labels: { Type: ["a", "b"], Sound: ["x"] },
          package: { license: "MIT", private: true },
          headers: { "X-Key": { env: "KEY" } },
        },
        deployments: [
          {
            spec: "models/*.json",
            labels: { Type: ["cat"] },
            package: { license: "ISC" },
            emit: ["js", "ts"],
          },
          {
            spec: "https://a.example/openapi.json",
            name: "@team/remote",
            out: "x",
            headers: { "X-KEY": "v" },
          },
        ],
      },
    });
    expect(rest).toEqual([]);
    expect(animal).toMatchObject({ index: 0, spec: "models/*.json", parent: "packages", runtime: "inline" });
    expect(animal?.labels).toEqual(
      new Map([
        ["Type", ["cat"]],
        ["Sound", ["x"]],
      ]),
    );
    expect(animal?.packageFields).toEqual(
      new Map<string, unknown>([
        ["license", "ISC"],
        ["private", true],
      ]),
    );
    expect(animal?.emit).toEqual(["ts", "js"]);
    expect(remote).toMatchObject({
      index: 1,
      name: "@team/remote",
      out: "x",
      headers: new Map([["x-key", "v"]]),
    });
  });

  test("names features as it likes", () => {
    const labels: unknown = JSON.parse('{"__proto__": ["a"], "constructor": ["b"]}');
    const [one] = parseConfig({ file, value: { deployments: [{ spec: "a.json", labels }] } });
    expect([...(one?.labels ?? [])]).toEqual([
      ["__proto__", ["a"]],
      ["constructor", ["b"]],
    ]);
  });

  test("may list nothing", () => {
    expect(parseConfig({ file, value: { deployments: [] } })).toEqual([]);
  });
});

describe("a bad config gets one complaint with file, place and help", () => {
  const good = { spec: "a.json" };
  const of = (member: object): object => ({ deployments: [good, { ...good, ...member }] });
  const shared = { defaults: { headers: { a: "hunter2" } } };
  const table: readonly { name: string; given: unknown; want: string; help: RegExp }[] = [
    {
      name: "no object",
      given: 3,
      want: "the config is no object: it is 3",
      help: /keys: defaults, deployments/,
    },
    { name: "a list", given: [good], want: "the config is no object: it is a list", help: /keys/ },
    { name: "nothing", given: {}, want: "deployments is missing", help: /deployments: \[\{ spec/ },
    {
      name: "an object of deployments",
      given: { deployments: {} },
      want: "deployments is no list: it is an object",
      help: /List/,
    },
    {
      name: "a misspelt key",
      given: { deploymnets: [] },
      want: "deploymnets is not known",
      help: /Did you mean deployments\?/,
    },
    {
      name: "a strange key",
      given: { deployments: [], plugins: [] },
      want: "plugins is not known",
      help: /Known here: defaults, deployments\./,
    },
    {
      name: "a deployment that is a text",
      given: { deployments: ["hunter2"] },
      want: "deployments[0] is no object: it is a text",
      help: /keys: spec, name/,
    },
    {
      name: "no spec",
      given: { deployments: [{ name: "a" }] },
      want: "deployments[0].spec is missing",
      help: /path, a pattern/,
    },
    {
      name: "an empty spec",
      given: { deployments: [{ spec: " " }] },
      want: "deployments[0].spec is no text",
      help: /path/,
    },
    {
      name: "a misspelt member",
      given: of({ lables: {} }),
      want: "deployments[1].lables is not known",
      help: /Did you mean deployments\[1\]\.labels\?/,
    },
    {
      name: "labels as a list",
      given: of({ labels: ["a"] }),
      want: "deployments[1].labels is no object: it is a list",
      help: /Type: \["animal"/,
    },
    {
      name: "labels as a text",
      given: of({ labels: { "Image Feature": "a,b" } }),
      want: 'deployments[1].labels["Image Feature"] is no list: it is a text',
      help: /Type/,
    },
    {
      name: "a label that is a number",
      given: of({ labels: { Type: ["a", 1] } }),
      want: "deployments[1].labels.Type[1] is no text: it is 1",
      help: /Type/,
    },
    {
      name: "no labels",
      given: of({ labels: { Type: [] } }),
      want: "deployments[1].labels.Type is an empty list",
      help: /Type/,
    },
    {
      name: "a label twice",
      given: of({ labels: { Type: ["a", "a"] } }),
      want: "deployments[1].labels.Type names a label twice",
      help: /Type/,
    },
    {
      name: "another runtime",
      given: of({ runtime: "inlined" }),
      want: 'deployments[1].runtime is not "shared" or "inline"',
      help: /Did you mean "inline"\?/,
    },
    {
      name: "emit as a text",
      given: of({ emit: "ts" }),
      want: "deployments[1].emit is no list: it is a text",
      help: /\["ts"\]/,
    },
    {
      name: "another kind of file",
      given: of({ emit: ["cjs"] }),
      want: 'deployments[1].emit[0] is not "ts" or "js"',
      help: /"js"/,
    },
    {
      name: "operations as a text",
      given: of({ operations: "predict" }),
      want: "deployments[1].operations is no list: it is a text",
      help: /List operations/,
    },
    {
      name: "a yes",
      given: of({ allowRemoteRefs: "yes" }),
      want: "deployments[1].allowRemoteRefs is neither true nor false: it is a text",
      help: /without quotes/,
    },
    {
      name: "a header that is a number",
      given: of({ headers: { "X-Key": 12 } }),
      want: 'deployments[1].headers["X-Key"] is no text: it is 12',
      help: /env: "MODEL_API_KEY"/,
    },
    {
      name: "a header of no variable",
      given: of({ headers: { a: { envs: "K" } } }),
      want: "deployments[1].headers.a.envs is not known",
      help: /Did you mean deployments\[1\]\.headers\.a\.env\?/,
    },
    {
      name: "a header's bad name",
      given: of({ headers: { "a b": "hunter2" } }),
      want: 'deployments[1].headers["a b"] has a name that HTTP does not allow',
      help: /X-Api-Key/,
    },
    {
      name: "a header over two lines",
      given: of({ headers: { a: "hunter2\r\nb: c" } }),
      want: "deployments[1].headers.a holds a character that HTTP does not allow",
      help: /X-Api-Key/,
    },
    {
      name: "the package's exports",
      given: of({ package: { exports: {} } }),
      want: "deployments[1].package.exports is written by gen-deploy itself",
      help: /follows from the description/,
    },
    {
      name: "the package's name",
      given: of({ package: { name: "x" } }),
      want: "deployments[1].package.name is written by gen-deploy itself",
      help: /beside spec/,
    },
    {
      name: "the package's version",
      given: of({ package: { version: "1.0.0" } }),
      want: "deployments[1].package.version is written by gen-deploy itself",
      help: /package\.json: it is kept/,
    },
    {
      name: "a field that is no JSON",
      given: of({ package: { author: () => "me" } }),
      want: "deployments[1].package.author is no JSON: it is a function",
      help: /license/,
    },
    {
      name: "a name twice",
      given: {
        deployments: [
          { ...good, name: "a" },
          { ...good, name: "a" },
        ],
      },
      want: "deployments[1].name is that of deployments[0] too",
      help: /name of its own/,
    },
    {
      name: "a name in the defaults",
      given: { defaults: { name: "a" }, deployments: [] },
      want: "defaults.name is not known",
      help: /Known here|Did you mean/,
    },
    {
      name: "a secret for two hosts",
      given: { ...shared, deployments: [{ spec: "https://a.example/x" }, { spec: "https://b.example/x" }] },
      want: "defaults.headers would go to more than one host",
      help: /each deployment/,
    },
  ];
  test.each(table)("$name", ({ given, want, help }) => {
    let found: unknown;
    try {
      parseConfig({ file, value: given });
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(GenDeployError);
    if (!(found instanceof GenDeployError)) return;
    expect(found.code).toBe("config/bad");
    expect(found.message).toContain(`${file}: ${want}`);
    expect(found.hint).toMatch(help);
    expect(found.message + found.hint).not.toContain("hunter2");
  });

  test("of a field that refers to itself", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const value = { deployments: [{ spec: "a.json", package: { config: loop } }] };
    expect(() => parseConfig({ file, value })).toThrow(/package\.config is no JSON/);
  });
});
