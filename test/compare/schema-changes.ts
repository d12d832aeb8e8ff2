import { kindChanges } from "./kind-changes.js";
import { listChanges } from "./list-changes.js";
import { memberChanges } from "./member-changes.js";
import type { SchemaChange } from "./schemas.js";

/** All changes of schemas. */
export const schemaChanges: readonly SchemaChange[] = [...memberChanges, ...kindChanges, ...listChanges];
