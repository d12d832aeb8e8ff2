import type { Diagnostic } from "../model/diagnostic.js";
import { listed, quoted } from "./openapi-fault.js";
import type { Json } from "./spec-types.js";

/** What there is to say about schemas that are read as anything, each place once. */
export interface SchemaNotes {
  /** What stands there multiplies without end. */
  readonly tooMuch: (pointer: string) => void;
  /** What stands there is no schema. */
  readonly noSchema: (pointer: string, value: Json) => void;
  /** What the schema there has for members is none. */
  readonly noMembers: (pointer: string, value: Json) => void;
  /** The types that are stated there are none of JSON Schema's. */
  readonly unknownTypes: (pointer: string, types: readonly string[]) => void;
  readonly all: () => readonly Diagnostic[];
}

const mostNotes = 10;

/** Notes of one reading. */
export function createSchemaNotes(): SchemaNotes {
  const notes = new Map<string, Diagnostic>();
  const add = (pointer: string, said: Pick<Diagnostic, "code" | "message" | "hint">): void => {
    notes.set(pointer, { severity: "warning", pointer, ...said });
  };
  return {
    tooMuch: (pointer) => {
      add(pointer, {
        code: "schema/too-many",
        message: "The schema multiplies beyond what can be written down; its values are of any kind.",
        hint: "State the alternatives in fewer words.",
      });
    },
    noSchema: (pointer, value) => {
      add(pointer, {
        code: "schema/none",
        message: `Here stands ${quoted(value)}, which is no schema; values are of any kind.`,
        hint: "Write a schema such as { type: string }, or {} for any value.",
      });
    },
    noMembers: (pointer, value) => {
      add(`${pointer}/properties`, {
        code: "schema/no-members",
        message: `The "properties" are ${quoted(value)}, which names no members; they are left out.`,
        hint: "Write each member's name with its schema, such as { size: { type: number } }.",
      });
    },
    unknownTypes: (pointer, types) => {
      add(pointer, {
        code: "schema/unknown-type",
        message: `JSON Schema does not know the type ${listed(types)}; values are of any kind.`,
        hint: "Its types are string, number, integer, boolean, array, object and null.",
      });
    },
    all: () => [...notes.values()].slice(0, mostNotes),
  };
}
