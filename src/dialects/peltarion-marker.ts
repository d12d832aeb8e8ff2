import { isObject, ownMember } from "../spec/pointer.js";
import type { Json, ResolvedSpec } from "../spec/spec-types.js";

/** The flag of a path item: true where arrays are `{"shape", "data"}`, absent where they are `.npy` data URLs. */
export const tensorFlag = "x-peltarion-tensorjson";

/**
 * What Peltarion says of a feature, in the newer form or nested under `extensions` in the older, and where that
 * stands below the feature; undefined where it says nothing.
 */
export function extensionOf(
  feature: Json,
): { readonly value: Json; readonly path: readonly string[] } | undefined {
  const plain = ownMember(feature, "x-peltarion");
  if (plain !== undefined) return { value: plain, path: ["x-peltarion"] };
  const nested = ownMember(ownMember(feature, "extensions"), "x-peltarion");
  return nested === undefined ? undefined : { value: nested, path: ["extensions", "x-peltarion"] };
}

/** Whether a mark of Peltarion's own stands where its descriptions have them. Looks no deeper: it must stay cheap. */
export function recognisesPeltarion(spec: ResolvedSpec): boolean {
  const paths = [
    ...membersOf(ownMember(spec.root, "paths")),
    ...spec.operations.map(({ pathItem }) => pathItem.value),
  ];
  if (paths.some((item) => ownMember(item, tensorFlag) !== undefined)) return true;
  return membersOf(ownMember(ownMember(spec.root, "components"), "schemas")).some(isMarkedSchema);
}

function isMarkedSchema(schema: Json): boolean {
  const rows = ownMember(ownMember(schema, "properties"), "rows");
  const places: readonly (Json | undefined)[] = [schema, rows, ownMember(rows, "items")];
  return (
    extensionOf(schema) !== undefined ||
    places.some((place) =>
      membersOf(ownMember(place, "properties")).some((member) => extensionOf(member) !== undefined),
    )
  );
}

function membersOf(value: Json | undefined): readonly Json[] {
  return isObject(value) ? Object.values(value) : [];
}
