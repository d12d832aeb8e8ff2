/** Where a package's changelog stands: a file that its users may write into. */
export const changelogPath = "CHANGELOG.md";

/**
 * A changelog with `entry` above the earlier ones, or at the head of that of the same version; all else is kept as it
 * stands, line ends included.
 */
export function addEntry(standing: string | undefined, entry: string): string {
  if (standing === undefined || standing.trim() === "") return `# Changelog\n\n${entry}\n`;
  const end = standing.includes("\r\n") ? "\r\n" : "\n";
  const own = entry.replaceAll("\n", end);
  const first = firstEntry(standing);
  if (first === undefined) return `${standing.trimEnd()}${end}${end}${own}${end}`;
  const [heading = ""] = own.split(end, 1);
  const below = standing.slice(first);
  if (below.split(end, 1)[0] === heading)
    return `${standing.slice(0, first)}${own}${below.slice(heading.length).replace(/^(?:\r?\n)*/, end + end)}`;
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
