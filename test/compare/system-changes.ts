import { cogChanges, functionChanges } from "./function-changes.js";
import { peltarionChanges } from "./peltarion-changes.js";
import { serviceChanges } from "./service-changes.js";
import type { SystemChange } from "./system-change.js";
import { tfChanges } from "./tf-serving-changes.js";

/** All changes of whole descriptions, system by system. */
export const systemChanges: readonly SystemChange[] = [
  ...peltarionChanges,
  ...tfChanges,
  ...functionChanges,
  ...cogChanges,
  ...serviceChanges,
];
