import { sketch as cog } from "../dialects/cog-descriptions.js";
import { metadata as pythonFunction, openapi as modelbit } from "../dialects/modelbit-descriptions.js";
import type { SystemChange } from "./system-change.js";

const data = (...names: readonly string[]): object => ({
  prefixItems: names.map((title) => ({ title, type: "integer" })),
});

/** Changes of Python functions on Modelbit. */
export const functionChanges: readonly SystemChange[] = [
  {
    name: "Modelbit: an argument is added",
    before: pythonFunction(["a:int", "b:int", "return:int"]),
    after: pythonFunction(["a:int", "b:int", "c:int", "return:int"]),
    want: "major",
    says: 'feature "c" added',
    code: "await client.predict({ a: 1, b: 2 });",
  },
  {
    name: "Modelbit: arguments change places",
    before: pythonFunction(["a:int", "b:int", "return:int"]),
    after: pythonFunction(["b:int", "a:int", "return:int"]),
    want: "minor",
    says: "is called otherwise on the wire",
    code: "await client.predict({ a: 1, b: 2 });",
  },
  {
    name: "Modelbit: an argument may be left out",
    before: modelbit({ ...data("a", "b"), minItems: 2 }),
    after: modelbit({ ...data("a", "b"), minItems: 1 }),
    want: "minor",
    says: 'feature "b" is optional',
    code: "await client.predict({ a: 1, b: 2 });",
  },
  {
    name: "Modelbit: the result changes",
    before: pythonFunction(["a:int", "return:int"]),
    after: pythonFunction(["a:int", "return:str"]),
    want: "major",
    says: "is text, no longer a whole number",
    code: "use<number>(await client.predict({ a: 1 }));",
  },
  {
    name: "Modelbit: whole numbers become any",
    before: pythonFunction(["a:int", "return:int"]),
    after: pythonFunction(["a:float", "return:int"]),
    want: "minor",
    says: 'feature "a" is no longer a whole number',
    code: "use<number>(await client.predict({ a: 1 }));",
  },
];

/** Changes of Cog models. */
export const cogChanges: readonly SystemChange[] = [
  {
    name: "Cog: an input is added that has a default",
    before: cog({ inputs: { prompt: { type: "string" } }, required: ["prompt"] }),
    after: cog({
      inputs: { prompt: { type: "string" }, seed: { type: "integer", default: 1 } },
      required: ["prompt"],
    }),
    want: "minor",
    says: 'optional feature "seed" added',
    code: 'use<string>(await client.predict({ prompt: "" }));',
  },
  {
    name: "Cog: a choice is removed",
    before: cog({ inputs: { style: { enum: ["oil", "ink"], type: "string" } }, required: ["style"] }),
    after: cog({ inputs: { style: { enum: ["ink", "pen"], type: "string" } }, required: ["style"] }),
    want: "major",
    says: 'label "oil" removed from feature "style"',
    code: 'await client.predict({ style: "oil" });',
  },
  {
    name: "Cog: a text becomes a file",
    before: cog({}),
    after: cog({ output: { type: "string", format: "uri" } }),
    want: "major",
    says: "no longer text",
    code: "use<string>(await client.predict({}));",
  },
  {
    name: "Cog: one file becomes a list of them",
    before: cog({ output: { type: "string", format: "uri" } }),
    after: cog({ output: { type: "array", items: { type: "string", format: "uri" } } }),
    want: "major",
    says: "is a list, no longer",
    code: "use<string>((await client.predict({})).url);",
  },
];
