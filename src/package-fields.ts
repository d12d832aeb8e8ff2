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

/** The fields of a `package.json`; null where there is none, or none that parses, which is as good as none. */
export function parsePackage(text: string | undefined): Readonly<Record<string, unknown>> | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
