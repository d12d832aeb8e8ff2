/*
 * Changes come in; the words of terminals, pull requests and changelogs go out. Names are a stranger's: each change is
 * one line, and nothing in it is Markdown.
 */
import type { Change, ChangeKind, Comparison } from "../compare/change.js";
import { markdownText } from "../emit/safe-text.js";
import { toOneLine } from "./terminal.js";

/** The kinds of change, the gravest first, each with its heading. */
const headings: readonly (readonly [ChangeKind, string])[] = [
  ["breaking", "Breaking"],
  ["additive", "Additive"],
  ["documentation", "Documentation"],
];

/** The gravest changes as lines for a terminal, each after its kind; of many, how many there are besides. */
export function changeLines(changes: readonly Change[]): readonly string[] {
  const several = ofSeveral(changes);
  const lines = headings.flatMap(([kind]) =>
    changes.filter((change) => change.kind === kind).map((change) => `${kind}: ${wordsOf(change, several)}`),
  );
  const most = 20;
  return lines.length > most ? [...lines.slice(0, most), `… and ${lines.length - most} more`] : lines;
}

/** How many changes there are of each kind. */
export function countChanges(changes: readonly Change[]): string {
  const counts = headings.flatMap(([kind]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return counts.join(", ");
}

/** Changes as a report for a terminal: grouped, the gravest first, the step of the version last. */
export function changeText({ changes, verdict }: Comparison): string {
  if (verdict === "none") return "Nothing changed for callers.";
  const groups = grouped(changes).map(([heading, lines]) =>
    [`${heading}:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
  return [...groups, `Version: ${verdict}`].join("\n");
}

/** Changes as a table in Markdown, for a pull request. */
export function changeTable({ changes, verdict }: Comparison): string {
  if (verdict === "none") return "Nothing changed for callers.";
  const rows = headings.flatMap(([kind]) =>
    changes.filter((change) => change.kind === kind).map((change) => rowOf(change)),
  );
  return [
    "| kind | operation | side | change |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    `Version: **${verdict}**`,
  ].join("\n");
}

/** Changes as the entry of a changelog for `version`, without a date: the same input gives the same text. */
export function changelogEntry(version: string, changes: readonly Change[]): string {
  const groups = grouped(changes).map(([heading, lines]) =>
    [`### ${heading}`, "", ...lines.map((line) => `- ${markdownText(line)}`)].join("\n"),
  );
  return [`## ${version}`, ...groups].join("\n\n");
}

function grouped(changes: readonly Change[]): readonly (readonly [string, readonly string[]])[] {
  const several = ofSeveral(changes);
  return headings.flatMap(([kind, heading]) => {
    const lines = changes.filter((change) => change.kind === kind).map((change) => wordsOf(change, several));
    return lines.length === 0 ? [] : [[heading, lines] as const];
  });
}

/** Whether changes are of several operations: then each names its own. */
function ofSeveral(changes: readonly Change[]): boolean {
  return new Set(changes.flatMap(({ operation }) => operation ?? [])).size > 1;
}

function wordsOf({ side, operation, message }: Change, several: boolean): string {
  const place = [
    ...(several && operation !== null && side !== "deployment" ? [operation] : []),
    ...(side === "deployment" ? [] : [side]),
  ];
  return toOneLine(place.length === 0 ? message : `${place.join(", ")}: ${message}`);
}

function rowOf({ kind, operation, side, message }: Change): string {
  const cells = [
    kind === "breaking" ? `**${kind}**` : kind,
    markdownText(toOneLine(operation ?? "")),
    side === "deployment" ? "" : side,
    markdownText(toOneLine(message)),
  ];
  return `| ${cells.join(" | ")} |`;
}
