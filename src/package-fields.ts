/**
 * The fields of a `package.json` that follow from the description alone: regenerating writes them anew. All others,
 * version and licence among them, are the user's to change.
 */
export const generatedFields: ReadonlySet<string> = new Set([
  "name",
  "description",
  "type",
  "sideEffects",
  "engines",
  "exports",
  "imports",
  "files",
  "dependencies",
]);
