/*
 * A program of its own: what comes in by standard input, a list of renames on each line, is carried out, and each list
 * is answered by a line; one more, the first, says that it is ready. It belongs to no group of processes but its own:
 * whoever kills the run that has started it leaves it to end what it was told, so that no package is left between old and
 * new. The end of its input is its own.
 */
import process from "node:process";
import { renameAllSync, type Rename } from "../disk/rename-all.js";

let rest = "";
process.stdin.setEncoding("utf8");
// The run may be gone before the answer.
process.stdout.on("error", () => undefined);
process.stdin.on("data", (text: string) => {
  const lines = (rest + text).split("\n");
  // A run that was killed amid a line has told nothing.
  rest = lines.pop() ?? "";
  for (const line of lines) process.stdout.write(`${answer(line)}\n`);
});
process.stdout.write("ready\n");

function answer(line: string): string {
  try {
    renameAllSync(parseRenames(line));
    return "{}";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    return JSON.stringify({ code, message: String(error) });
  }
}

function parseRenames(line: string): readonly Rename[] {
  const list: unknown = JSON.parse(line);
  if (!Array.isArray(list)) throw new Error("not a list of renames");
  return list.map((item: unknown) => {
    const [from, to, kept] = ["from", "to", "kept"].map((name): unknown => Reflect.get(Object(item), name));
    if (typeof from !== "string" || typeof to !== "string") throw new Error("not a rename");
    return { from, to, kept: typeof kept === "string" ? kept : undefined };
  });
}
