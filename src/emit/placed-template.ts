/*
 * Templates as they reach a run of gen-deploy: built, laid out, and with the places known where edits go. They are made
 * when gen-deploy itself is built, so that no run has to parse what is the same in every package.
 */

/** A template as source, as JavaScript and as declarations; plain JSON. */
export interface PlacedTemplate {
  readonly source: PlacedText;
  readonly js: PlacedText;
  readonly dts: PlacedText;
}

/** A stretch of a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text and the places in it where edits go. */
export interface PlacedText {
  readonly text: string;
  /** False for JavaScript, which holds no types. */
  readonly typed: boolean;
  /** The comment that the text begins with, or null. */
  readonly head: Span | null;
  /** What is imported from and exported from other modules, in the order of the text. */
  readonly modules: readonly PlacedModule[];
  /** By name, those that edits may name. */
  readonly declarations: Readonly<Record<string, PlacedDeclaration>>;
}

/** A statement that imports or exports names of another module; it ends behind its line. */
export interface PlacedModule extends Span {
  readonly keyword: "import" | "import type" | "export" | "export type";
  readonly names: readonly {
    /** As the statement has it, such as `rows as protocol`. */
    readonly text: string;
    /** What the file calls it. */
    readonly name: string;
  }[];
  readonly module: string;
}

/** A declaration; its comment is not within it. */
export interface PlacedDeclaration extends Span {
  readonly comment: Span | null;
  /** `constant` is the declared type of a value of which every part is known. */
  readonly kind: "interface" | "alias" | "value" | "constant" | "function";
  /** What stands before its members, type or value, without the `=`. */
  readonly left: string;
  /** What stands behind them. */
  readonly tail: string;
}
