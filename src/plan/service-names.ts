import type { OperationModel } from "../model/deployment-model.js";
import { freeName, toIdentifier } from "./names.js";

/** What the methods of a service's client are called: identifiers, each once, in the order of the operations. */
export function methodNames(operations: readonly OperationModel[]): readonly string[] {
  const used = new Set(takenMethods);
  const short = operations.map((operation) => methodName(operation, shortId(operation)));
  const counts = new Map<string, number>();
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1);
  return operations.map((operation, index) => {
    const wanted = short[index] ?? "";
    const name = freeName(counts.get(wanted) === 1 ? wanted : methodName(operation, operation.id), used);
    used.add(name);
    return name;
  });
}

/** What a client has besides its methods, and what JavaScript asks of every object. */
const takenMethods: readonly string[] = [
  ...["deployment", "then", "catch", "finally", "constructor", "prototype", "toJSON", "toString"],
  ...["toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"],
];

/** The ending of the second of two operations that differ only in how their reply comes. */
const streamed = " stream";

function methodName({ method, path, output }: OperationModel, id: string): string {
  const stem = output.stream && id.endsWith(streamed) ? id.slice(0, -streamed.length) : id;
  const words = stem === `${method} ${path}` ? `${method.toLowerCase()} ${inWords(path)}` : stem;
  const name = toIdentifier(uncapitalised(stem === id ? words : `${words} stream`));
  // Members need not shun reserved words.
  return /^[A-Za-z]+_$/.test(name) ? name.slice(0, -1) : name;
}

/** A path as it is said: `/items/{id}` is `items by id`. */
function inWords(path: string): string {
  return (
    path
      .replace(/[^A-Za-z0-9{]/g, " ")
      .replaceAll("{", " by ")
      .trim() || "root"
  );
}

/** FastAPI calls operations `<function>_<path>_<method>`, all that is no word as `_`; the function is enough. */
function shortId({ id, method, path, output }: OperationModel): string {
  const isStream = output.stream && id.endsWith(streamed);
  const whole = isStream ? id.slice(0, -streamed.length) : id;
  const ending = `${path.replace(/[^\p{L}\p{N}_]/gu, "_")}_${method.toLowerCase()}`;
  const name = whole.endsWith(ending) ? whole.slice(0, -ending.length) : "";
  return /[A-Za-z0-9]/.test(name) ? `${name}${isStream ? streamed : ""}` : id;
}

/** `PredictViews` as `predictViews`, `URLOf` as `urlOf`. */
function uncapitalised(words: string): string {
  return words.replace(/^[^A-Za-z0-9]*(?:[A-Z]+(?![a-z])|[A-Z])/, (start) => start.toLowerCase());
}
