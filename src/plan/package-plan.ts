/*
 * A package as data: which files it has, from which templates they come, and what is edited in them.
 * It prints nothing and knows no compiler; `emit` turns it into text.
 */

/** Everything that a package will be made of. */
export interface PackagePlan {
  /** The npm name. */
  readonly name: string;
  readonly files: readonly PlannedFile[];
}

/** One file of the package; `path` is relative to its root, with `/`. */
export type PlannedFile =
  /** A template with edits. */
  | {
      readonly kind: "template";
      readonly path: string;
      readonly template: string;
      readonly edits: readonly Edit[];
      /** False where the source is only a step on the way to built files. */
      readonly written: boolean;
    }
  /** The types that openapi-typescript makes of the description. */
  | { readonly kind: "wire-types"; readonly path: string }
  /** The JavaScript or the declarations of a source among these files. */
  | { readonly kind: "built"; readonly path: string; readonly source: string; readonly as: "js" | "dts" }
  /** The package's front page. */
  | { readonly kind: "readme"; readonly path: string; readonly readme: ReadmePlan }
  | { readonly kind: "json"; readonly path: string; readonly value: Value }
  /** Text that is passed through as it is. */
  | { readonly kind: "text"; readonly path: string; readonly text: string };

/** A change to a template; `target` names one of its top-level declarations. */
export type Edit =
  | { readonly kind: "set-value"; readonly target: string; readonly value: Value }
  | { readonly kind: "set-members"; readonly target: string; readonly members: readonly Member[] }
  | { readonly kind: "set-type"; readonly target: string; readonly type: TypeTree }
  /** The comment of a declaration, or of the file where `target` is null. */
  | { readonly kind: "set-doc"; readonly target: string | null; readonly doc: string }
  /** New types, exported, before a declaration. */
  | { readonly kind: "add-types"; readonly target: string; readonly types: readonly NewType[] }
  /** A name among the imports, or a type or value with its comment. */
  | { readonly kind: "remove"; readonly target: string }
  /** Takes what is imported or exported from `from`, or from below it, from `to` instead; `folders` are modules below. */
  | {
      readonly kind: "set-module";
      readonly from: string;
      readonly to: string;
      readonly folders?: readonly string[];
    };

/** What the entry of a package is made of. */
export interface SourcePlan {
  readonly template: string;
  readonly edits: readonly Edit[];
  /** What the entry loads late, under its name beside it. */
  readonly modules?: readonly {
    readonly name: string;
    readonly template: string;
    readonly edits: readonly Edit[];
  }[];
  /** Whether the entry takes names from the types that openapi-typescript makes. */
  readonly hasWireTypes: boolean;
  /** What the template imports of the runtime, as modules below its folder. */
  readonly runtimeEntries: readonly string[];
  /** The system that the package's `/testing` entry stands in for, as the runtime's `testing/<system>` calls it. */
  readonly testing: MockedSystemName;
}

/** The systems that the runtime can stand in for. */
export type MockedSystemName = "cog" | "modelbit" | "rows" | "service" | "tf-serving";

/** A type that the template does not have; its name is an identifier. */
export type NewType = NewInterface | NewAlias;

/** An interface. */
export interface NewInterface {
  readonly kind: "interface";
  readonly name: string;
  readonly doc: string;
  /** Interfaces all of whose members it has too. */
  readonly extends?: readonly TypeTree[];
  readonly members: readonly Member[];
  /** The type of whatever other members there are. */
  readonly rest?: TypeTree;
}

/** Another name for a type. */
export interface NewAlias {
  readonly kind: "alias";
  readonly name: string;
  readonly doc: string;
  readonly type: TypeTree;
}

/** A member of an interface. */
export interface Member {
  /** The wire name; any text. */
  readonly name: string;
  readonly type: TypeTree;
  readonly optional: boolean;
  readonly doc: string;
}

/** An expression: JSON, with references to declarations. Objects are lists of members, so any name is legal. */
export type Value =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, value: Value])[] }
  /** A path of identifiers, such as `labels.Type`. */
  | { readonly kind: "reference"; readonly path: readonly string[] }
  /** A call of a function that the package exports. */
  | { readonly kind: "call"; readonly callee: string; readonly arguments: readonly Value[] }
  /** `new name(length)`: a typed array of zeros. */
  | { readonly kind: "typed-array"; readonly name: string; readonly length: number }
  /** A list of `length` times the same. */
  | { readonly kind: "repeated"; readonly length: number; readonly item: Value };

/** A type. */
export type TypeTree =
  | { readonly kind: "name"; readonly name: string; readonly arguments: readonly TypeTree[] }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | {
      readonly kind: "tuple";
      readonly items: readonly TypeTree[];
      /** The type of whatever items follow. */
      readonly rest?: TypeTree;
      readonly readonly?: true;
    }
  | { readonly kind: "array"; readonly item: TypeTree; readonly readonly?: true }
  /** Of no parts it is `never`. */
  | { readonly kind: "union"; readonly parts: readonly TypeTree[] }
  | { readonly kind: "intersection"; readonly parts: readonly TypeTree[] }
  /** An object without a name of its own; `rest` is the type of whatever other members there are. */
  | { readonly kind: "object"; readonly members: readonly Member[]; readonly rest?: TypeTree }
  | { readonly kind: "keyof"; readonly name: string }
  /** `object["key"]`. */
  | { readonly kind: "indexed"; readonly object: string; readonly key: string };

/** What a package's front page tells. */
export interface ReadmePlan {
  readonly title: string;
  readonly doc: string;
  readonly packageName: string;
  readonly example: ReadmeExample;
  /** Markdown of gen-deploy's own; a description's words never stand here. */
  readonly paragraphs: readonly string[];
  readonly tables: readonly ReadmeTable[];
}

/** The program on a front page: it makes a client and calls one method. */
export interface ReadmeExample {
  /** What the client is made with, beside its token. */
  readonly options: readonly (readonly [name: string, value: Value])[];
  readonly needsToken: boolean;
  readonly method: string;
  readonly arguments: readonly Value[];
  /** Whether the method gives one result after another. */
  readonly each: boolean;
}

/** A table; without rows it is left out. */
export interface ReadmeTable {
  readonly heading: string;
  /** An empty one heads a column of free words. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReadmeCell[])[];
}

/** A name as code, or words. */
export type ReadmeCell =
  { readonly kind: "code"; readonly text: string } | { readonly kind: "words"; readonly text: string };

/** What a package is made of beside what all packages have. */
export interface ClientPlan {
  readonly source: SourcePlan;
  readonly readme: ReadmePlan;
}

/** A literal. */
export function literal(value: string | number | boolean | null): Value {
  return { kind: "literal", value };
}

/** A list. */
export function list(items: readonly Value[]): Value {
  return { kind: "list", items };
}

/** An object; members that are undefined are left out. */
export function object(members: readonly (readonly [name: string, value: Value | undefined])[]): Value {
  return {
    kind: "object",
    members: members.filter((member): member is readonly [string, Value] => member[1] !== undefined),
  };
}

/** A declaration by its name, or a member of one. */
export function reference(...path: readonly string[]): Value {
  return { kind: "reference", path };
}

/** A type by its name. */
export function named(name: string, ...arguments_: readonly TypeTree[]): TypeTree {
  return { kind: "name", name, arguments: arguments_ };
}

/** Any of several types, each once; one alone is itself. */
export function unionOf(parts: readonly TypeTree[]): TypeTree {
  const distinct = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
  const [only, ...others] = distinct;
  return only !== undefined && others.length === 0 ? only : { kind: "union", parts: distinct };
}
