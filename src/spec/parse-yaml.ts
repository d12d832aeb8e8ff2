/*
 * YAML text in, tree and positions out: YAML 1.2 core, with merge keys, keys always text, no custom tags.
 */
import type { Document, YAMLError, YAMLMap } from "yaml";
import { GenDeployError, type TextPosition } from "../gen-deploy-error.js";
import { tooDeep } from "./json-depth.js";
import type { ParsedText } from "./parse-json.js";
import { parsePointer } from "./pointer.js";
import { yamlLibrary } from "./parser-libraries.js";
import type { SpecText } from "./spec-types.js";
import { textPosition } from "./text-position.js";

/** The tree of a YAML text; throws `spec/bad-yaml` with line and column. */
export function parseYaml(source: SpecText): ParsedText {
  const document = parseDocument(source);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw explain(source, fault);
  return { root: toTree(source, document), offset: (pointer) => offsetOf(document, pointer) };
}

function parseDocument(source: SpecText): Document.Parsed {
  try {
    return yamlLibrary().parseDocument(source.text, {
      merge: true,
      stringKeys: true,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: "silent",
      schema: "core",
      resolveKnownTags: false,
    });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(undefined);
    throw new GenDeployError("spec/bad-yaml", `${source.name} is not valid YAML.`, { cause });
  }
}

function toTree(source: SpecText, document: Document.Parsed): unknown {
  try {
    // Aliases share one value, so the tree costs no more than the text; its growth when walked is judged by parse.
    const root: unknown = document.toJS({ maxAliasCount: -1 });
    return root;
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(undefined);
    throw new GenDeployError(
      "spec/bad-yaml",
      `${source.name} is not valid YAML: an alias (*) names no anchor (&).`,
      {
        position: unresolvedAlias(source, document),
        hint: "Put the anchor before its first use, or put the value in quotes if it is meant to begin with *.",
        cause,
      },
    );
  }
}

function unresolvedAlias(source: SpecText, document: Document.Parsed): TextPosition | undefined {
  const { visit } = yamlLibrary();
  let offset: number | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return offset === undefined ? undefined : textPosition(source.name, source.text, offset);
}

function explain(source: SpecText, error: YAMLError): GenDeployError {
  if (error.code === "RESOURCE_EXHAUSTION")
    return tooDeep(textPosition(source.name, source.text, error.pos[0]));
  const { message, hint } = complaints.get(error.code) ?? {
    message: decapitalise(error.message.split("\n")[0] ?? "").replace(/[.:\s]+$/, ""),
    hint: "Check indentation and quotes at the marked place.",
  };
  return new GenDeployError("spec/bad-yaml", `${source.name} is not valid YAML: ${message}.`, {
    hint,
    position: textPosition(source.name, source.text, error.pos[0]),
    cause: error,
  });
}

const complaints: ReadonlyMap<string, { readonly message: string; readonly hint: string }> = new Map([
  [
    "DUPLICATE_KEY",
    { message: "a key stands twice in one object", hint: "Remove or rename one of the two." },
  ],
  ["TAB_AS_INDENT", { message: "a tab is used for indentation", hint: "YAML is indented with spaces only." }],
  [
    "TAG_RESOLVE_FAILED",
    { message: "a tag has no meaning here", hint: "Remove the tag: descriptions hold plain values only." },
  ],
  ["MULTIPLE_DOCS", { message: "a second document begins here", hint: "Keep one document in the file." }],
  [
    "NON_STRING_KEY",
    { message: "a key is an object or a list", hint: "Keys are text, such as status codes and names." },
  ],
]);

function decapitalise(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function offsetOf(document: Document.Parsed, pointer: string): number | undefined {
  const { isAlias, isMap, isSeq } = yamlLibrary();
  let node: unknown = document.contents;
  let offset = document.contents?.range[0];
  for (const key of parsePointer(pointer) ?? []) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node) ? memberOf(node, key) : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
    if (next === undefined || next === null) break;
    const shown = isMap(next) || isSeq(next) ? (pair?.key ?? next) : next;
    offset = startOf(shown) ?? offset;
    node = next;
  }
  return offset;
}

function memberOf(map: YAMLMap, key: string): { readonly key: unknown; readonly value: unknown } | undefined {
  const { isScalar } = yamlLibrary();
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

function startOf(node: unknown): number | undefined {
  return yamlLibrary().isNode(node) ? node.range?.[0] : undefined;
}
