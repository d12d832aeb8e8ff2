import type { TypeTree } from "./package-plan.js";

/** The names that a type mentions, once or more often each. */
export function namesIn(type: TypeTree): readonly string[] {
  switch (type.kind) {
    case "name":
      return [type.name, ...type.arguments.flatMap(namesIn)];
    case "literal":
      return [];
    case "tuple":
      return [...type.items.flatMap(namesIn), ...(type.rest === undefined ? [] : namesIn(type.rest))];
    case "array":
      return namesIn(type.item);
    case "union":
    case "intersection":
      return type.parts.flatMap(namesIn);
    case "object":
      return [
        ...type.members.flatMap((member) => namesIn(member.type)),
        ...(type.rest === undefined ? [] : namesIn(type.rest)),
      ];
    case "keyof":
      return [type.name];
    case "indexed":
      return [type.object];
  }
}
