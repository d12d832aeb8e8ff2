import type { TextPosition } from "../gen-deploy-error.js";

/** A description as it was read: nothing is judged yet. */
export interface SpecText {
  /** How messages name it: a path as given, `<stdin>`, or a URL without credentials and query. */
  readonly name: string;
  /** The address that it was fetched from, without credentials and query; null for files. */
  readonly url: string | null;
  readonly text: string;
}

/** JSON, as a description holds it. Objects may have any own key, `__proto__` included. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A description as a tree. Where the tree is not the text's own, places in it are told by what the user wrote. */
export interface SpecDocument {
  readonly source: SpecText;
  readonly format: "json" | "yaml";
  /** What the text is: OpenAPI and what is read like it, Swagger 2.0, or a model as Replicate's API describes it. */
  readonly kind: "openapi" | "swagger" | "model";
  readonly root: JsonObject;
  /** The pointer into the text at which stands what is at `pointer` of the tree, or what comes nearest to it. */
  origin(pointer: string): string;
  /** Where the value at `pointer` of the text stands, or its nearest parent that can be found. */
  position(pointer: string): TextPosition | undefined;
}

/** A value of the description with the place where it stands after all references are followed. */
export interface Located<Value extends Json = Json> {
  readonly value: Value;
  readonly pointer: string;
}

/** One operation of the description. */
export interface SpecOperation {
  /** The path as the description spells it, such as `/deployment/{id}/forward`. */
  readonly path: string;
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
  readonly pathItem: Located<JsonObject>;
  readonly operation: Located<JsonObject>;
}

/** A description in one file. */
export interface WholeText {
  readonly format: SpecDocument["format"];
  readonly text: string;
}

/** A description whose references can be followed and whose operations are listed. */
export interface ResolvedSpec {
  readonly document: SpecDocument;
  /** The user's text; where that refers to other files, JSON that holds what it takes from them. */
  readonly whole: WholeText;
  /** The tree with external references brought in, so that every `$ref` in it is local. */
  readonly root: JsonObject;
  readonly operations: readonly SpecOperation[];
  /** The object at `pointer`, references on the way and at the end followed; undefined where there is none. */
  find(pointer: string): Located | undefined;
  /** The member `key` of an object, its reference followed; undefined where there is none. */
  member(object: Located, key: string): Located | undefined;
}
