/*
 * Type-checks packages of the corpus in one program, as `tsc --strict --noEmit` would with declarations checked too.
 * Started with the numbers of their models; answers with what it has to say of each package and of its example.
 */
import { join } from "node:path";
import ts from "typescript";
import { packageFolder } from "./dataset.mjs";

const indices = process.argv.slice(2).map(Number);
const folders = new Map(indices.map((index) => [index, join(packageFolder(index), "src")]));
const roots = [...folders.values()].flatMap((folder) => [
  join(folder, "index.ts"),
  join(folder, "example.ts"),
]);
const program = ts.createProgram(roots, {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
});

const faults = new Map();
const elsewhere = [];
for (const { file, code, messageText } of ts.getPreEmitDiagnostics(program)) {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  const index = indices.find((each) => file?.fileName.startsWith(`${folders.get(each)}/`));
  const place = file?.fileName.split("/").at(-1);
  const fault = `TS${code} in ${place}: ${text[0]} ${text.at(-1)}`;
  if (index === undefined) elsewhere.push(fault);
  else {
    const known = faults.get(index) ?? {};
    faults.set(index, place === "example.ts" ? { ...known, example: fault } : { ...known, package: fault });
  }
}
process.send({ elsewhere, faults: indices.map((index) => ({ index, ...faults.get(index) })) }, () =>
  process.disconnect(),
);
