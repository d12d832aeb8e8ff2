import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Everything below a folder, by path: folders, links with their targets, files with their texts. */
export function snapshot(folder: string, prefix = ""): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const name of readdirSync(folder).sort()) {
    const place = join(folder, name);
    const status = lstatSync(place);
    if (status.isSymbolicLink()) entries.push([`${prefix}${name}@`, readlinkSync(place)]);
    else if (status.isDirectory())
      entries.push([`${prefix}${name}/`, ""], ...Object.entries(snapshot(place, `${prefix}${name}/`)));
    else entries.push([`${prefix}${name}`, readFileSync(place, "latin1")]);
  }
  return Object.fromEntries(entries);
}
