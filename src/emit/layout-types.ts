import { builders } from "prettier/doc";
import type { Member, NewInterface, NewType, TypeTree, Value } from "../plan/package-plan.js";
import { assignment, bracketed, type Assigned, type Doc } from "./layout.js";
import { literalText } from "./layout-values.js";
import { keyText } from "./layout-names.js";
import { docComment } from "./safe-text.js";

const { align, group, hardline, ifBreak, indent, join, line, softline } = builders;

/** `type` as a type. */
export function typeDoc(type: TypeTree): Doc {
  switch (type.kind) {
    case "name":
      return nameDoc(type);
    case "literal":
      return literalText(type.value);
    case "tuple": {
      const rest = type.rest === undefined ? [] : [["...", operand(type.rest), "[]"]];
      const alone = type.items.length + rest.length === 1;
      const items: Doc[] = [...type.items.map((item) => itemDoc(item, alone)), ...rest];
      const list =
        items.length === 0 ? "[]" : bracketed(["[", "]"], [join([",", line], items), ifBreak(",")]);
      return type.readonly === true ? ["readonly ", list] : list;
    }
    case "array": {
      const list: Doc = [operand(type.item), "[]"];
      return type.readonly === true ? ["readonly ", list] : list;
    }
    case "union":
      return unionPartsDoc(partsOf(type));
    case "intersection":
      return intersectionDoc(type.parts);
    case "object":
      return objectDoc(type.members, type.rest);
    case "keyof":
      return `keyof ${type.name}`;
    case "indexed":
      return [type.object, "[", literalText(type.key), "]"];
  }
}

/** How `type` stands behind the name that it is given to. */
export function assignedType(type: TypeTree): { readonly doc: Doc; readonly as: Assigned } {
  const union = unionIn(type);
  return union === undefined ? { doc: typeDoc(type), as: "fluid" } : { doc: union, as: "union" };
}

/** The lines of `members`, each with its comment. */
export function membersDoc(members: readonly Member[], rest?: TypeTree): readonly Doc[] {
  return [
    ...members.map((member) => [commentDoc(member.doc), memberDoc(member), ";"]),
    ...(rest === undefined ? [] : [[restDoc(rest), ";"]]),
  ];
}

/** An interface or another name for a type, exported, with its comment. */
export function newTypeDoc(type: NewType): Doc {
  const head = [commentDoc(type.doc), "export "];
  if (type.kind === "alias")
    return [head, assignment(`type ${type.name}`, " =", assignedType(type.type)), ";"];
  return [head, headDoc(type), " ", bodyDoc(membersDoc(type.members, type.rest))];
}

/** `interface X`, and what it extends. */
function headDoc({ name, extends: bases = [] }: NewInterface): Doc {
  const docs = join([",", line], bases.map(typeDoc));
  if (bases.length === 0) return `interface ${name}`;
  if (bases.length === 1) return [`interface ${name} extends `, docs];
  return ["interface", group([` ${name}`, indent([line, "extends", group(indent([line, docs]))])])];
}

/** The members of an interface in its braces. */
export function bodyDoc(members: readonly Doc[]): Doc {
  if (members.length === 0) return "{}";
  return ["{", indent([hardline, join(hardline, [...members])]), hardline, "}"];
}

/** A documentation comment and the end of its line; nothing where there is nothing to say. */
function commentDoc(doc: string): Doc {
  const lines = docComment(doc).split("\n").slice(0, -1);
  return lines.length === 0 ? "" : [join(hardline, lines), hardline];
}

/** The type of a value of which every part is known, as declarations have it. */
export function constantDoc(value: Value): Doc {
  switch (value.kind) {
    case "literal":
      return literalText(value.value);
    case "list": {
      const items = value.items.map(constantDoc);
      return items.length === 0
        ? "readonly []"
        : ["readonly ", bracketed(["[", "]"], [join([",", line], items), ifBreak(",")])];
    }
    case "object": {
      const docs = value.members.map(([name, member]) => [
        `readonly ${keyText(name)}: `,
        constantDoc(member),
      ]);
      return docs.length === 0
        ? "{}"
        : bracketed(["{", "}"], [join([";", line], docs), ifBreak(";")], { spaced: true });
    }
    default:
      throw new Error(`no constant: ${value.kind}`);
  }
}

function memberDoc({ name, type, optional }: Member): Doc {
  return [keyText(name), optional ? "?" : "", ": ", typeDoc(type)];
}

function restDoc(rest: TypeTree): Doc {
  return ["[name: string]: ", typeDoc(rest)];
}

function nameDoc({ name, arguments: given }: Extract<TypeTree, { readonly kind: "name" }>): Doc {
  const [only, ...others] = given;
  if (only === undefined) return name;
  if (others.length === 0 && hugs(only)) return [name, "<", typeDoc(only), ">"];
  const docs = given.map((type) => unionIn(type) ?? typeDoc(type));
  return [name, bracketed(["<", ">"], join([",", line], docs))];
}

function objectDoc(members: readonly Member[], rest: TypeTree | undefined): Doc {
  const docs = [...members.map(memberDoc), ...(rest === undefined ? [] : [restDoc(rest)])];
  if (docs.length === 0) return "{}";
  return bracketed(["{", "}"], [join([";", line], docs), ifBreak(";")], { spaced: true });
}

/** Whether `type`, as the only argument of another, stays where it is. */
function hugs(type: TypeTree): boolean {
  if (type.kind === "union" || type.kind === "intersection") {
    const parts = partsOf(type);
    const [only = never, ...others] = parts;
    return others.length === 0 ? hugs(only) : type.kind === "union" && isOneOrNull(parts);
  }
  return (
    type.kind === "literal" || type.kind === "object" || (type.kind === "name" && type.arguments.length === 0)
  );
}

/** One object or named type beside null: it never breaks between the two. */
function isOneOrNull(parts: readonly TypeTree[]): boolean {
  const one = parts.find(
    (part) => part.kind === "object" || (part.kind === "name" && !keywords.has(part.name)),
  );
  return one !== undefined && parts.every((part) => part === one || isNull(part));
}

const keywords: ReadonlySet<string> = new Set(
  "any bigint boolean never null number object string symbol undefined unknown void".split(" "),
);

function isNull(type: TypeTree): boolean {
  return (type.kind === "literal" && type.value === null) || (type.kind === "name" && type.name === "void");
}

/** The parts of a union, those of unions within it among them. */
function partsOf(type: Extract<TypeTree, { readonly kind: "union" | "intersection" }>): readonly TypeTree[] {
  if (type.kind === "intersection") return type.parts;
  return type.parts.flatMap((part) => (part.kind === "union" ? partsOf(part) : [part]));
}

function unionPartsDoc(parts: readonly TypeTree[]): Doc {
  const [only, ...others] = parts;
  if (only === undefined) return "never";
  if (others.length === 0) return typeDoc(only);
  return isOneOrNull(parts) ? unionDoc(parts) : group(indent([softline, unionDoc(parts)]));
}

function unionDoc(parts: readonly TypeTree[]): Doc {
  if (isOneOrNull(parts)) return join(" | ", parts.map(typeDoc));
  return group(
    parts.map((part, index) => [index === 0 ? ifBreak("| ") : [line, "| "], align(2, partDoc(part))]),
  );
}

/** prettier puts an intersection in parentheses there. */
function partDoc(part: TypeTree): Doc {
  return part.kind === "intersection" ? operand(part) : typeDoc(part);
}

/** `type` without an indentation of its own, if it is a union that may break. */
function unionIn(type: TypeTree): Doc | undefined {
  const parts = type.kind === "union" ? partsOf(type) : [];
  return parts.length > 1 && !isOneOrNull(parts) ? unionDoc(parts) : undefined;
}

/** An item of a tuple: one among others stands in parentheses where it is a union that breaks. */
function itemDoc(type: TypeTree, alone: boolean): Doc {
  const union = unionIn(type);
  if (union === undefined) return typeDoc(type);
  return alone ? union : group([indent([ifBreak(["(", softline]), union]), softline, ifBreak(")")]);
}

function intersectionDoc(parts: readonly TypeTree[]): Doc {
  let indented = false;
  return group(
    parts.map((part, index) => {
      const doc = part.kind === "union" ? operand(part) : typeDoc(part);
      if (index === 0) return doc;
      const [isObject, wasObject] = [part.kind === "object", parts[index - 1]?.kind === "object"];
      if (!isObject && !wasObject) return indent([" &", line, doc]);
      if (isObject !== wasObject) indented ||= index > 1;
      return [" & ", (isObject && wasObject ? indented : index > 1) ? indent(doc) : doc];
    }),
  );
}

/** A type where something follows that binds closer. */
function operand(type: TypeTree): Doc {
  if (type.kind === "union" || type.kind === "intersection") {
    const [only = never, ...others] = partsOf(type);
    if (others.length === 0) return operand(only);
  }
  const union = unionIn(type);
  if (union !== undefined) return ["(", group([indent([softline, union]), softline]), ")"];
  const binds =
    type.kind === "array" || type.kind === "tuple" ? type.readonly !== true : !loose.has(type.kind);
  return binds ? typeDoc(type) : ["(", typeDoc(type), ")"];
}

const never: TypeTree = { kind: "name", name: "never", arguments: [] };

const loose: ReadonlySet<TypeTree["kind"]> = new Set(["union", "intersection", "keyof"]);
