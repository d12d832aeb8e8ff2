/*
 * Loaded before a run: kills it, as `kill -9` would, just before its KILL_AT-th change of the disk, and says how many
 * there were where it comes to its end.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const at = Number(process.env["KILL_AT"]);
let count = 0;

function counted(object, name) {
  const original = object[name];
  object[name] = (...given) => {
    count += 1;
    if (count === at) process.kill(process.pid, "SIGKILL");
    return original.apply(object, given);
  };
}

for (const name of ["mkdir", "rename", "writeFile", "rm", "rmdir", "link", "copyFile"])
  counted(fs.promises, name);
for (const name of ["renameSync", "rmSync"]) counted(fs, name);
syncBuiltinESMExports();
process.on("exit", () => fs.writeSync(2, `changes: ${count}\n`));
