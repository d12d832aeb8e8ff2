/*
 * Brings what a description references in other files into its own tree, below `components`, and rewrites the
 * references to it. The pieces keep their places: positions of what was brought in are those in its own file.
 */
import { GenDeployError } from "../gen-deploy-error.js";
import { findAnchor } from "./anchors.js";
import { leadsNowhere } from "./check-references.js";
import { follow } from "./follow.js";
import { parse } from "./parse.js";
import { placeIn } from "./place-in.js";
import { appendPointer, decodeFragment, isObject, parsePointer, valueAt } from "./pointer.js";
import { rewriteReferences, listReferences, type Reference } from "./references.js";
import type { Json, JsonObject, SpecDocument, SpecText } from "./spec-types.js";
import { isSwagger } from "./swagger-version.js";

/**
 * Fetches the text that `reference`, a path or URL without fragment, means inside the description `from`. It returns
 * the same object for the same address, the description itself included, and throws where the address is not allowed.
 */
export type ExternalLoader = (reference: string, from: SpecText) => Promise<SpecText>;

interface Piece {
  readonly document: SpecDocument;
  readonly pointer: string;
  /** Where it stands in the tree that goes out. */
  readonly at: string;
}

/** A description and what it takes from other files, as one tree. */
export interface Gathered {
  readonly document: SpecDocument;
  readonly root: JsonObject;
  /** Whether the description refers to files. */
  readonly isGathered: boolean;
}

/** The tree with external references and anchors made local pointers, and its document with positions in every file. */
export async function bringIn(
  main: SpecDocument,
  loadExternal: ExternalLoader | undefined,
): Promise<Gathered> {
  const load = createDocuments(main, loadExternal);
  const pieces = new Map<string, Piece>();
  const names = createNames(main.root);
  const contents: { readonly piece: Piece; readonly value: Json }[] = [];
  let isGathered = false;

  const localise = async (
    document: SpecDocument,
    value: Json,
    pointer: string,
    at: string,
  ): Promise<Json> => {
    const targets = new Map<string, string>();
    for (const reference of listReferences(value, pointer)) {
      if (document === main && isPlainLocal(reference.ref)) continue;
      const target = await load(document, reference);
      isGathered ||= !reference.ref.startsWith("#");
      if (target.document === main) {
        targets.set(reference.pointer, target.pointer);
        continue;
      }
      const key = `${target.document.source.name}#${target.pointer}`;
      const section = sectionOf(at + reference.pointer.slice(pointer.length));
      const piece = pieces.get(key) ?? {
        ...target,
        at: names(section, target.pointer, target.document.source.name),
      };
      if (!pieces.has(key)) pending.push(piece);
      pieces.set(key, piece);
      targets.set(reference.pointer, piece.at);
    }
    if (targets.size === 0) return value;
    return rewriteReferences(value, pointer, ({ pointer: holder }, object) => {
      const target = targets.get(holder);
      return target === undefined
        ? undefined
        : withMember(object, "$ref", `#${target.replaceAll("%", "%25")}`);
    });
  };

  const pending: Piece[] = [];
  let root = await localise(main, main.root, "", "");
  for (let piece = pending.shift(); piece !== undefined; piece = pending.shift()) {
    const value = valueAt(piece.document.root, piece.pointer);
    if (value === undefined) continue;
    contents.push({ piece, value: await localise(piece.document, value, piece.pointer, piece.at) });
  }
  for (const { piece, value } of contents) root = placed(root, parsePointer(piece.at) ?? [], value);
  return {
    document: withPieces(main, [...pieces.values()]),
    root: isObject(root) ? root : main.root,
    isGathered,
  };
}

function isPlainLocal(ref: string): boolean {
  return ref === "#" || ref.startsWith("#/");
}

interface Target {
  readonly document: SpecDocument;
  readonly pointer: string;
}

function createDocuments(
  main: SpecDocument,
  loadExternal: ExternalLoader | undefined,
): (from: SpecDocument, reference: Reference) => Promise<Target> {
  const documents = new Map<SpecText, SpecDocument>([[main.source, main]]);
  return async (from, reference) => {
    const [address = "", fragment = ""] = splitOnce(reference.ref, "#");
    const document = address === "" ? from : await open(from, reference, address);
    const decoded = decodeFragment(fragment);
    const pointer =
      decoded === undefined || parsePointer(decoded) !== undefined
        ? decoded
        : findAnchor(document.root, decoded);
    if (pointer !== undefined) return { document, pointer: existing(from, reference, { document, pointer }) };
    throw refused(from, reference, `"#${fragment}" is neither a JSON pointer nor an anchor of that file`);
  };

  async function open(from: SpecDocument, reference: Reference, address: string): Promise<SpecDocument> {
    if (loadExternal === undefined) throw refused(from, reference, "other files are not read here");
    const text = await loadExternal(address, from.source).catch((cause: unknown) => {
      throw refused(from, reference, cause instanceof Error ? cause.message : "it cannot be read", cause);
    });
    const document = documents.get(text) ?? parse(text);
    documents.set(text, document);
    return document;
  }
}

/** Where in its file the referenced value stands, local references on the way followed. */
function existing(from: SpecDocument, reference: Reference, { document, pointer }: Target): string {
  if (valueAt(document.root, pointer) !== undefined) return pointer;
  const followed = follow(document.root, pointer);
  if (followed.kind === "value") return followed.located.pointer;
  if (followed.kind === "nowhere") throw leadsNowhere(from, reference, followed);
  throw refused(from, reference, "it leads back to itself and never to a value");
}

function refused(
  document: SpecDocument,
  { ref, pointer }: Reference,
  reason: string,
  cause?: unknown,
): GenDeployError {
  const at = appendPointer(pointer, "$ref");
  const shown = ref.length > 120 ? `${ref.slice(0, 120)}…` : ref;
  const sentence = reason.replace(/\.$/, "");
  return new GenDeployError(
    "spec/external-ref",
    `The $ref ${JSON.stringify(shown)} cannot be followed: ${sentence}.`,
    {
      ...placeIn(document, at),
      hint:
        (cause instanceof GenDeployError ? cause.hint : undefined) ??
        "Bring the referenced part into the description.",
      cause,
    },
  );
}

function splitOnce(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

const sections: ReadonlyMap<string, string> = new Map([
  ["parameters", "parameters"],
  ["responses", "responses"],
  ["headers", "headers"],
  ["examples", "examples"],
  ["links", "links"],
  ["callbacks", "callbacks"],
  ["paths", "pathItems"],
]);

/** The part of `components` for what is referenced at `pointer`. */
function sectionOf(pointer: string): string {
  const keys = parsePointer(pointer) ?? [];
  if (keys.at(-1) === "requestBody") return "requestBodies";
  return (keys.includes("properties") ? undefined : sections.get(keys.at(-2) ?? "")) ?? "schemas";
}

function componentsFolder(section: string): string {
  return `/components/${section}`;
}

/** Swagger 2.0 has no `components`, and what it does have stands at its root. */
function swaggerFolder(section: string): string {
  if (section === "pathItems") return "/x-path-items";
  return section === "parameters" || section === "responses" ? `/${section}` : "/definitions";
}

/** Gives each piece a name of its own among the components, made of the last key or the file's name. */
function createNames(root: JsonObject): (section: string, pointer: string, file: string) => string {
  const taken = new Set<string>();
  const folderOf = isSwagger(root) ? swaggerFolder : componentsFolder;
  return (section, pointer, file) => {
    const last = parsePointer(pointer)?.at(-1) ?? (/([^/\\]*?)(?:\.\w+)?$/.exec(file)?.[1] || "external");
    const base = last.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._-]+$|^__proto__$/, "") || "external";
    for (let count = 1; ; count += 1) {
      const name = `${folderOf(section)}/${count === 1 ? base : `${base}_${count}`}`;
      if (taken.has(name) || valueAt(root, name) !== undefined) continue;
      taken.add(name);
      return name;
    }
  };
}

function placed(value: Json | undefined, [key, ...rest]: readonly string[], piece: Json): Json {
  if (key === undefined) return piece;
  const object = isObject(value) ? value : {};
  return withMember(object, key, placed(Object.hasOwn(object, key) ? object[key] : undefined, rest, piece));
}

function withMember(object: JsonObject, key: string, value: Json): JsonObject {
  return Object.fromEntries([...Object.entries(object), [key, value]]);
}

function withPieces(main: SpecDocument, pieces: readonly Piece[]): SpecDocument {
  if (pieces.length === 0) return main;
  const pieceAt = (pointer: string): Piece | undefined =>
    pieces.find(({ at }) => pointer === at || pointer.startsWith(`${at}/`));
  // A piece has no place in the text of the main file: it keeps the one in the tree.
  const origin: SpecDocument["origin"] = (pointer) =>
    pieceAt(pointer) === undefined ? main.origin(pointer) : pointer;
  const position: SpecDocument["position"] = (pointer) => {
    const piece = pieceAt(pointer);
    return piece === undefined
      ? main.position(pointer)
      : placeIn(piece.document, piece.pointer + pointer.slice(piece.at.length)).position;
  };
  return { ...main, origin, position };
}
