/** Where a package's changelog stands: a file that its users may write into. */
export const changelogPath = "CHANGELOG.md";

/** A changelog with `entry` above the earlier ones; all else is kept as it stands, line ends included. */
export function addEntry(standing: string | undefined, entry: string): string {
  if (standing === undefined || standing.trim() === "") return `# Changelog\n\n${entry}\n`;
  const end = standing.includes("\r\n") ? "\r\n" : "\n";
  const own = entry.replaceAll("\n", end);
  const first = firstEntry(standing);
  if (first === undefined) return `${standing.trimEnd()}${end}${end}${own}${end}`;
  return `${standing.slice(0, first)}${own}${end}${end}${standing.slice(first)}`;
}

/** Where the first heading of the second level is that stands in no block of code. */
function firstEntry(text: string): number | undefined {
  let fenced = false;
  let at = 0;
  for (const line of text.split("\n")) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && /^ {0,3}##\s/.test(line)) return at;
    at += line.length + 1;
  }
  return undefined;
}
