import { missingFeature, rowMembers } from "../client/row-members.js";
import { ownMember } from "../own-member.js";
import type { JsonShape, MemberShape } from "../shapes/json-shape.js";
import { readFiles } from "../shapes/read-files.js";
import { writeShaped } from "../shapes/write-shape.js";

/** What a model takes. */
export interface ModelInputs {
  readonly inputs: Readonly<Record<string, MemberShape>>;
  readonly shapes: Readonly<Record<string, JsonShape>>;
  /** False leaves bounds and labels to the model. */
  readonly validate: boolean;
}

/**
 * The JSON text of one input, its files read. Members that the model does not state go out as they are, for it takes
 * them; `missing-feature` and the errors of values name the input at fault.
 */
export async function writeInput(given: unknown, { inputs, shapes, validate }: ModelInputs): Promise<string> {
  const row = rowMembers(given, undefined);
  for (const [name, { optional }] of Object.entries(inputs)) {
    if (optional !== true && ownMember(row, name) === undefined) throw missingFeature(name);
  }
  const texts: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const shape: JsonShape = (Object.hasOwn(inputs, name) ? inputs[name]?.shape : undefined) ?? {
      type: "any",
    };
    const context = { shapes, feature: name, validate };
    const ready = await readFiles(value, shape, context);
    texts.push(`${JSON.stringify(name)}:${writeShaped(ready, shape, context)}`);
  }
  return `{${texts.join(",")}}`;
}
