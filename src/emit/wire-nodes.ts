/*
 * What openapi-typescript asks of TypeScript: nodes of types. When gen-deploy is built, this takes the place of the
 * compiler there, of which the library uses a thousandth, and which takes longer to load than all the rest. What is
 * printed is the same to the byte: a test holds it to the compiler itself.
 */
import { printStatements } from "./wire-printer.js";

/** The kinds of nodes, by TypeScript's own names; keywords and tokens are their own kinds. */
export const SyntaxKind = {
  BooleanKeyword: "BooleanKeyword",
  NeverKeyword: "NeverKeyword",
  NullKeyword: "NullKeyword",
  NumberKeyword: "NumberKeyword",
  StringKeyword: "StringKeyword",
  UndefinedKeyword: "UndefinedKeyword",
  UnknownKeyword: "UnknownKeyword",
  TrueKeyword: "TrueKeyword",
  FalseKeyword: "FalseKeyword",
  ExportKeyword: "ExportKeyword",
  ReadonlyKeyword: "ReadonlyKeyword",
  QuestionToken: "QuestionToken",
  MinusToken: "MinusToken",
  MultiLineCommentTrivia: "MultiLineCommentTrivia",
} as const;

/** A word or sign of the language. */
export type Token = { readonly kind: keyof typeof SyntaxKind };

/** A name, or a text that stands as it is, such as a quoted label. */
export interface Identifier {
  readonly kind: "Identifier";
  readonly text: string;
  readonly escapedText: string;
}

/** A string before it is quoted, or a number. */
export interface Literal {
  readonly kind: "StringLiteral" | "NumericLiteral";
  readonly text: string;
}

/** What a member is called. */
export type PropertyName = Identifier | Literal;

/** A member of an interface. */
export interface PropertySignature {
  readonly kind: "PropertySignature";
  readonly modifiers: readonly Token[];
  readonly name: PropertyName;
  readonly questionToken: Token | undefined;
  readonly type: TypeNode;
  /** The texts of the comments before it, without their slashes and outer asterisks. */
  readonly comments: string[];
}

/** What all other members of an interface are. */
export interface IndexSignature {
  readonly kind: "IndexSignature";
  readonly modifiers: readonly Token[];
  readonly parameters: readonly Parameter[];
  readonly type: TypeNode;
}

/** The key of an index signature. */
export interface Parameter {
  readonly name: Identifier;
  readonly type: TypeNode;
}

/** A member of an interface, of either kind. */
export type TypeMember = PropertySignature | IndexSignature;

/** What can stand where a type is asked for. */
export type TypeNode =
  | Token
  | Identifier
  | { readonly kind: "PrefixUnaryExpression"; readonly operand: Literal }
  | { readonly kind: "LiteralType"; readonly literal: Token | Literal | TypeNode }
  | {
      readonly kind: "TypeReference";
      readonly typeName: Identifier;
      readonly typeArguments: readonly TypeNode[];
    }
  | { readonly kind: "ArrayType"; readonly elementType: TypeNode }
  | { readonly kind: "TupleType"; readonly elements: readonly TypeNode[] }
  | { readonly kind: "UnionType" | "IntersectionType"; readonly types: readonly TypeNode[] }
  | { readonly kind: "ParenthesizedType"; readonly type: TypeNode }
  | { readonly kind: "IndexedAccessType"; readonly objectType: TypeNode; readonly indexType: TypeNode }
  | { readonly kind: "TypeLiteral"; readonly members: readonly TypeMember[] };

/** A declaration at the top of a file. */
export type Statement =
  | {
      readonly kind: "InterfaceDeclaration";
      readonly modifiers: readonly Token[];
      readonly name: Identifier;
      readonly members: readonly TypeMember[];
    }
  | {
      readonly kind: "TypeAliasDeclaration";
      readonly modifiers: readonly Token[];
      readonly name: Identifier;
      readonly type: TypeNode;
    }
  | {
      /** A helper that openapi-typescript has as text. */
      readonly kind: "Verbatim";
      readonly name: Identifier;
      readonly text: string;
    };

interface Kinded {
  readonly kind: string;
}

const identifier = (text: string): Identifier => ({ kind: "Identifier", text, escapedText: text });
const toIdentifier = (name: string | Identifier): Identifier =>
  typeof name === "string" ? identifier(name) : name;
const token = (kind: Token["kind"]): Token => ({ kind });

const parenthesized = (type: TypeNode): TypeNode =>
  type.kind === "UnionType" || type.kind === "IntersectionType" ? { kind: "ParenthesizedType", type } : type;

/** Makes nodes as TypeScript's factory does, parentheses included. */
export const factory = {
  createIdentifier: (text: string): Identifier => identifier(text),
  createToken: (kind: Token["kind"]): Token => token(kind),
  createModifier: (kind: Token["kind"]): Token => token(kind),
  createKeywordTypeNode: (kind: Token["kind"]): Token => token(kind),
  createNull: (): Token => token("NullKeyword"),
  createTrue: (): Token => token("TrueKeyword"),
  createFalse: (): Token => token("FalseKeyword"),
  createStringLiteral: (text: string): Literal => ({ kind: "StringLiteral", text }),
  createNumericLiteral: (value: number | string): Literal => ({
    kind: "NumericLiteral",
    text: String(value),
  }),
  createPrefixUnaryExpression: (_: "MinusToken", operand: Literal): TypeNode => ({
    kind: "PrefixUnaryExpression",
    operand,
  }),
  createLiteralTypeNode: (literal: Token | Literal | TypeNode): TypeNode => ({
    kind: "LiteralType",
    literal,
  }),
  createTypeReferenceNode: (
    typeName: string | Identifier,
    typeArguments: readonly TypeNode[] = [],
  ): TypeNode => ({ kind: "TypeReference", typeName: toIdentifier(typeName), typeArguments }),
  createArrayTypeNode: (elementType: TypeNode): TypeNode => ({
    kind: "ArrayType",
    elementType: parenthesized(elementType),
  }),
  createTupleTypeNode: (elements: readonly TypeNode[]): TypeNode => ({ kind: "TupleType", elements }),
  createUnionTypeNode: (types: readonly TypeNode[]): TypeNode => ({
    kind: "UnionType",
    types: types.map(parenthesized),
  }),
  createIntersectionTypeNode: (types: readonly TypeNode[]): TypeNode => ({
    kind: "IntersectionType",
    types: types.map(parenthesized),
  }),
  createIndexedAccessTypeNode: (objectType: TypeNode, indexType: TypeNode): TypeNode => ({
    kind: "IndexedAccessType",
    objectType: parenthesized(objectType),
    indexType,
  }),
  createTypeLiteralNode: (members: readonly TypeMember[]): TypeNode => ({ kind: "TypeLiteral", members }),
  createPropertySignature: (
    modifiers: readonly Token[] | undefined,
    name: PropertyName,
    questionToken: Token | undefined,
    type: TypeNode,
  ): PropertySignature => ({
    kind: "PropertySignature",
    modifiers: modifiers ?? [],
    name,
    questionToken,
    type,
    comments: [],
  }),
  createParameterDeclaration: (
    _modifiers: undefined,
    _dots: undefined,
    name: Identifier,
    _question: undefined,
    type: TypeNode,
  ): Parameter => ({ name, type }),
  createIndexSignature: (
    modifiers: readonly Token[] | undefined,
    parameters: readonly Parameter[],
    type: TypeNode,
  ): IndexSignature => ({ kind: "IndexSignature", modifiers: modifiers ?? [], parameters, type }),
  createInterfaceDeclaration: (
    modifiers: readonly Token[],
    name: string | Identifier,
    _parameters: undefined,
    _heritage: undefined,
    members: readonly TypeMember[],
  ): Statement => ({ kind: "InterfaceDeclaration", modifiers, name: toIdentifier(name), members }),
  createTypeAliasDeclaration: (
    modifiers: readonly Token[],
    name: string | Identifier,
    _parameters: undefined,
    type: TypeNode,
  ): Statement => ({ kind: "TypeAliasDeclaration", modifiers, name: toIdentifier(name), type }),
  createNodeArray: <Node>(nodes: readonly Node[]): readonly Node[] => nodes,
};

/** Puts a comment before a member. */
export function addSyntheticLeadingComment(node: PropertySignature, _kind: string, text: string): void {
  node.comments.push(text);
}

const typeKinds: ReadonlySet<string> = new Set([
  ...["BooleanKeyword", "NeverKeyword", "NumberKeyword", "StringKeyword", "UndefinedKeyword"],
  ...["UnknownKeyword", "LiteralType", "TypeReference", "ArrayType", "TupleType", "UnionType"],
  ...["IntersectionType", "ParenthesizedType", "IndexedAccessType", "TypeLiteral"],
]);

/** Whether a node is a type; a bare text in the place of one is none. */
export const isTypeNode = ({ kind }: Kinded): boolean => typeKinds.has(kind);
/** Whether a node is a list of items of which each has a type of its own. */
export const isTupleTypeNode = ({ kind }: Kinded): boolean => kind === "TupleType";
/** Whether a node is a list of items of one type. */
export const isArrayTypeNode = ({ kind }: Kinded): boolean => kind === "ArrayType";
/** Whether a node is an interface. */
export const isInterfaceDeclaration = ({ kind }: Kinded): boolean => kind === "InterfaceDeclaration";
/** Whether a node is another name for a type. */
export const isTypeAliasDeclaration = ({ kind }: Kinded): boolean =>
  kind === "TypeAliasDeclaration" || kind === "Verbatim";

/** The one helper that openapi-typescript adds by its own defaults, as it has it and as TypeScript prints it. */
const helper = {
  name: "WithRequired",
  source: "type WithRequired<T, K extends keyof T> = T & { [P in K]-?: T[P] };",
  text: "type WithRequired<T, K extends keyof T> = T & {\n    [P in K]-?: T[P];\n};",
};

/** A file to be printed. */
export interface SourceFile {
  statements: readonly Statement[];
}

/** A file of nothing, or of the helper. */
export function createSourceFile(_name: string, source: string): SourceFile {
  if (source === "") return { statements: [] };
  if (source !== helper.source) throw new Error(`a helper that is not known: ${source}`);
  return { statements: [{ kind: "Verbatim", name: identifier(helper.name), text: helper.text }] };
}

/** Prints files as TypeScript's printer does. */
export function createPrinter(): { readonly printFile: (file: SourceFile) => string } {
  return { printFile: ({ statements }) => printStatements(statements) };
}

/** Asked for, and of no consequence to what is printed. */
export const ScriptTarget = { ESNext: 99 } as const;
/** Likewise. */
export const ScriptKind = { TS: 3 } as const;
/** Likewise: lines end in a line feed. */
export const NewLineKind = { LineFeed: 1 } as const;
